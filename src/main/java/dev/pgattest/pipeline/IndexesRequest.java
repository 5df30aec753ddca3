package dev.pgattest.pipeline;

import dev.pgattest.postgres.LibpqEnvironment;
import dev.pgattest.postgres.ServerChoice;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Which index plan to compare with what.
 *
 * @param project folder of the project
 * @param server a server of our own, on which a state is made of empty tables; or a running one, whose database is read and never
 *     changed
 * @param state the state to make, and whose evidence is looked at; null for the project's gate
 * @param evidence folder of the evidence; null for {@code PROJECT/evidence/<profile>-<scale>}
 */
public record IndexesRequest(
        Path project,
        ServerChoice server,
        @Nullable String state,
        @Nullable Path evidence) {

    /**
     * A request as the command line writes it.
     *
     * @throws dev.pgattest.PgattestException of bad input when the server's text is none of {@code embedded}, {@code local} and a
     *     connection string
     */
    public static IndexesRequest parse(Path project, String server, @Nullable String state, @Nullable Path evidence) {
        return new IndexesRequest(project, ServerChoice.parse(server, LibpqEnvironment.ofProcess()), state, evidence);
    }
}
