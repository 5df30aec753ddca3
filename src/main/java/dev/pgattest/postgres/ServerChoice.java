package dev.pgattest.postgres;

import dev.pgattest.PgattestException;

/** Where to measure: on a server of our own, or on one that is running already. */
public sealed interface ServerChoice permits OwnServer, ServerChoice.Running {

    /**
     * A server that somebody else runs.
     *
     * @param settings how to connect to it
     */
    record Running(ConnectionSettings settings) implements ServerChoice {}

    /**
     * Reads {@code embedded}, {@code local}, a {@code postgresql://} URL or a keyword/value string such as
     * {@code service=staging}.
     *
     * @throws PgattestException of bad input, with every problem found; it never repeats a password
     */
    static ServerChoice parse(String text, LibpqEnvironment environment) {
        String stripped = text.strip();
        if (stripped.equals("embedded")) {
            return OwnServer.EMBEDDED;
        }
        if (stripped.equals("local")) {
            return OwnServer.LOCAL;
        }
        if (ConnectionString.recognizes(stripped)) {
            return new Running(ConnectionSettings.parse(stripped, environment));
        }
        String seen = stripped.matches("[A-Za-z0-9_.-]{0,40}") ? ": " + stripped : "";
        throw PgattestException.badInput(
                "unknown server" + seen,
                "write embedded, local, a URL such as postgresql://user@host:5432/database, or service=name");
    }
}
