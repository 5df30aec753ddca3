package dev.pgattest.pipeline;

import dev.pgattest.workload.Priority;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A query to add to a project.
 *
 * @param project folder of the project
 * @param name name of the query
 * @param priority what its failure means
 * @param said values of its entry by key, such as {@code owner}; what is missing is left to fill in
 * @param slo latency that every case must keep; null to fill in
 * @param cases names of its cases
 * @param indexes names of the indexes that are to serve it in the gate
 * @param sql where its SQL comes from
 */
public record AddQueryRequest(
        Path project,
        String name,
        Priority priority,
        Map<String, String> said,
        @Nullable String slo,
        List<String> cases,
        List<String> indexes,
        Sql sql) {

    public AddQueryRequest {
        said = Collections.unmodifiableMap(new LinkedHashMap<>(said));
        cases = List.copyOf(cases);
        indexes = List.copyOf(indexes);
    }

    /** Where the SQL of a new query comes from. */
    public sealed interface Sql {

        /** It is still to write. */
        record Missing() implements Sql {}

        /** A text. */
        record Given(String text) implements Sql {}

        /** A file: named where it is when it lies in the project, copied otherwise. */
        record InFile(Path file) implements Sql {}
    }
}
