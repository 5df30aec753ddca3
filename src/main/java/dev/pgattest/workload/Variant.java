package dev.pgattest.workload;

import dev.pgattest.sql.SqlFile;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Another SQL text for a query in one state, accepted only when it returns the same rows.
 *
 * @param state the state that reads it
 * @param sql one statement, with parameters among those of the query's cases
 * @param description how it differs; empty when nothing is said
 * @param ordered whether its rows must come in the same order
 * @param ignoreColumns columns left out when rows are compared
 * @param writes whether each execution must be rolled back
 * @param repetition whose rows it takes; null when it runs once
 */
public record Variant(
        String state,
        SqlFile sql,
        String description,
        boolean ordered,
        List<String> ignoreColumns,
        boolean writes,
        @Nullable Repetition repetition) {

    public Variant {
        ignoreColumns = List.copyOf(ignoreColumns);
    }

    /** The files that run, in order. */
    public List<SqlFile> files() {
        return repetition == null
                ? List.of(sql)
                : Stream.concat(repetition.sources().stream(), Stream.of(sql)).toList();
    }
}
