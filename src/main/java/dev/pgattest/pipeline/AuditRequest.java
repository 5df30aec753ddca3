package dev.pgattest.pipeline;

import dev.pgattest.ChosenSeverities;
import dev.pgattest.PgattestException;
import dev.pgattest.postgres.LibpqEnvironment;
import dev.pgattest.postgres.OwnServer;
import dev.pgattest.postgres.ServerChoice;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to audit and how.
 *
 * @param project folder of the project; null for a database without one
 * @param server a server of our own, on which a state is made; or a running one, whose database is looked at
 * @param state the state to make; null for the project's gate
 * @param tenants what the user says about tenants and the application
 * @param proof whether to try it in a running database too
 * @param severities what findings weigh
 */
public record AuditRequest(
        @Nullable Path project,
        ServerChoice server,
        @Nullable String state,
        Tenants tenants,
        Proof proof,
        ChosenSeverities severities) {

    /** Whether anything is tried in a database that is not our own. Our own is always tried. */
    public enum Proof {
        /** Its catalog is read, nothing else. */
        READ_ONLY,
        /** Rows are made, read and changed in transactions that are rolled back. */
        ROLLED_BACK
    }

    /**
     * What the user says about tenants and the application; the rest is found out.
     *
     * @param column null for unknown
     * @param setting null for unknown
     * @param roles empty for unknown
     */
    public record Tenants(@Nullable String column, @Nullable String setting, List<String> roles) {
        public Tenants {
            roles = List.copyOf(roles);
        }
    }

    /**
     * The server as a user writes it.
     *
     * @throws PgattestException of bad input when it is none, or when there is neither a project nor a running server
     */
    public static ServerChoice server(@Nullable Path project, @Nullable String text) {
        ServerChoice server = ServerChoice.parse(text == null ? "embedded" : text, LibpqEnvironment.ofProcess());
        if (project == null && server instanceof OwnServer) {
            throw PgattestException.badInput(
                    "there is nothing to audit: neither a project nor a database is named",
                    "name the folder of a project, or a database: --server postgresql://me@db.example:5432/shop");
        }
        return server;
    }
}
