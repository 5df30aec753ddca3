package dev.pgattest.workload;

import dev.pgattest.sql.SqlFile;
import java.util.List;

/**
 * Statements of a client that goes on with the rows that it was given. The first source runs once, each further one once for every
 * row of the one before it; the columns of a row are parameters of what comes next.
 *
 * @param form how the statement itself takes the rows of the last source
 * @param sources at least one statement that reads
 */
public record Repetition(Form form, List<SqlFile> sources) {

    public Repetition {
        sources = List.copyOf(sources);
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("a repetition has at least one source of rows");
        }
    }

    /** How many statements the rows of the last source lead to. */
    public enum Form {
        /** One a row. */
        FOR_EACH,
        /** One in all: every column is an array with a value for each row. */
        FOR_ALL
    }
}
