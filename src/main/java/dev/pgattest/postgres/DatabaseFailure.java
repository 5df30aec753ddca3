package dev.pgattest.postgres;

import dev.pgattest.PgattestException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** The one place where a {@code SQLException} becomes a {@link PgattestException}, without any password in it. */
final class DatabaseFailure {

    private static final int LONGEST_STATEMENT = 300;

    private DatabaseFailure() {}

    /** A statement failed. */
    static SqlFailure ofStatement(SQLException cause, String statement, ConnectionSettings settings) {
        Redaction redaction = new Redaction(settings.secrets());
        String state = stateOf(cause);
        String said = redaction.clean(serverMessage(cause));
        String message = "the server at " + settings.address() + " failed: " + said + " (SQLSTATE " + state + ")"
                + (statement.isBlank() ? "" : "\n  statement: " + redaction.clean(shortened(statement)));
        ServerErrorMessage server = cause instanceof PSQLException psql ? psql.getServerErrorMessage() : null;
        int position = server == null ? 0 : server.getPosition();
        boolean within = server != null && server.getWhere() != null;
        return new SqlFailure(
                new SqlFailure.Report(state, position, said, within),
                message,
                remedy(state, settings),
                redaction.clean(cause));
    }

    /** A connection could not be opened. */
    static PgattestException ofConnecting(SQLException cause, ConnectionSettings settings) {
        Redaction redaction = new Redaction(settings.secrets());
        String state = stateOf(cause);
        String message = "cannot connect to " + settings.display() + ": " + redaction.clean(serverMessage(cause))
                + " (SQLSTATE " + state + ")";
        return PgattestException.environment(message, connectingRemedy(state, settings), redaction.clean(cause));
    }

    private static String stateOf(SQLException cause) {
        String state = cause.getSQLState();
        return state == null ? "unknown" : state;
    }

    private static String serverMessage(SQLException cause) {
        ServerErrorMessage server = cause instanceof PSQLException psql ? psql.getServerErrorMessage() : null;
        if (server == null) {
            String message = cause.getMessage();
            return message == null ? cause.getClass().getSimpleName() : message;
        }
        return Stream.of(
                        part("", server.getMessage()),
                        part("detail: ", server.getDetail()),
                        part("hint: ", server.getHint()),
                        part("where: ", server.getWhere()))
                .flatMap(Optional::stream)
                .collect(Collectors.joining("; "));
    }

    private static Optional<String> part(String label, @Nullable String text) {
        return Optional.ofNullable(text).map(present -> label + present.strip().replace("\n", " "));
    }

    private static String shortened(String statement) {
        String line = statement.strip().replaceAll("\\s+", " ");
        return line.length() <= LONGEST_STATEMENT
                ? line
                : line.substring(0, LONGEST_STATEMENT) + "... (" + line.length() + " characters)";
    }

    private static String remedy(String state, ConnectionSettings settings) {
        return switch (state) {
            case "53100" -> "the disk of the server is full: free space, or use a smaller --scale";
            case "53200" -> "the server is out of memory: lower work_mem or shared_buffers";
            case "53300" -> "the server has no free connections: close some or raise max_connections";
            case "55P03" -> "another session holds a lock on it: look into pg_locks, or run the command again later";
            case "42501" ->
                "the user " + settings.user() + " lacks the privilege: grant it, or connect as another user";
            default ->
                lostConnection(state)
                        ? "the connection was lost: look into the server's log, then run the command again"
                        : "look the SQLSTATE up in appendix A of PostgreSQL's manual";
        };
    }

    private static boolean lostConnection(String state) {
        return state.startsWith("08") || state.startsWith("57P0");
    }

    private static String connectingRemedy(String state, ConnectionSettings settings) {
        return switch (state) {
            case "28P01", "28000", "08004" -> authenticationRemedy(settings);
            case "3D000" -> "create the database " + settings.database() + ", or name one that exists in the URL";
            case "53300" -> "the server has no free connections: close some or raise max_connections";
            default ->
                "check that PostgreSQL listens at " + settings.address() + " and that the network lets you through";
        };
    }

    private static String authenticationRemedy(ConnectionSettings settings) {
        String remedy =
                "check the user name, and give its password in PGPASSWORD or ~/.pgpass; the server's pg_hba.conf must"
                        + " admit user " + settings.user();
        return settings.passwordFileIgnored().isEmpty() ? remedy : settings.passwordFileIgnored();
    }
}
