package dev.pgattest.postgres;

import dev.pgattest.PgattestException;
import java.util.List;
import java.util.Optional;
import org.postgresql.PGConnection;

/**
 * Opens sessions whose settings and locks are theirs until they end. A pooler that gives its clients another server process for each
 * transaction would leave both with somebody else's session, so this is found out before the first of them is made.
 */
public final class DirectSession {

    /** Where somebody announces another process than the server does, chance could hide for a while that it is not always the same. */
    private static final int ROUNDS_BEHIND_POOLER = 20;

    private static final int ROUNDS = 2;

    private static final String SECONDS_TO_ANSWER = "10";

    private final Session first;
    private final Session second;
    private int process;

    private DirectSession(Session first, Session second) {
        this.first = first;
        this.second = second;
    }

    /**
     * Opens one.
     *
     * @throws PgattestException of bad input when the process behind it is not its own, of the environment when the server fails or does
     *     not give a second connection
     */
    public static Session open(Connections connections, String applicationName) {
        Session session = connections.openAs(applicationName);
        try (Session other = second(connections, applicationName)) {
            new DirectSession(session, other).sharing().ifPresent(sign -> {
                throw PgattestException.badInput(
                        connections.settings().address() + " gives its processes to other clients between two"
                                + " transactions, as PgBouncer in transaction mode does: " + sign,
                        "connect to the server itself, or to a pool in session mode: settings and locks of a session do not"
                                + " survive such a pooler");
            });
            return session;
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /**
     * Opens one to a server that can be changed.
     *
     * @throws PgattestException of bad input for a standby as well
     */
    public static Session toPrimary(Connections connections, String applicationName) {
        Session session = open(connections, applicationName);
        boolean standby = session.query("select pg_catalog.pg_is_in_recovery()", row -> row.getBoolean(1))
                .get(0);
        if (standby) {
            session.close();
            throw PgattestException.badInput(
                    "the server at " + connections.settings().address()
                            + " is a standby, which nothing can be deployed to",
                    "name the primary; what it gets, its standbys get");
        }
        return session;
    }

    private static Session second(Connections connections, String applicationName) {
        try {
            return connections.openImpatiently(applicationName, SECONDS_TO_ANSWER);
        } catch (PgattestException failure) {
            throw PgattestException.environment(
                    "no second connection within " + SECONDS_TO_ANSWER + " s: " + failure.getMessage(),
                    "allow at least three at once: one that works, one that watches it, one that plans queries",
                    failure);
        }
    }

    /** The first sign of a process that is not the session's own. */
    private Optional<String> sharing() {
        int rounds = isBehindPooler(first) || isBehindPooler(second) ? ROUNDS_BEHIND_POOLER : ROUNDS;
        process = process(first, "");
        for (int round = 0; round < rounds; round++) {
            Optional<String> sign = signOf("pgattest " + System.identityHashCode(this) + "." + round);
            if (sign.isPresent()) {
                return sign;
            }
        }
        return Optional.empty();
    }

    private Optional<String> signOf(String token) {
        int before = process;
        process = process(first, token);
        if (process != before) {
            return Optional.of("one session had the process " + before + " and then " + process);
        }
        try {
            second.execute("begin");
        } catch (SqlFailure refused) {
            return Optional.of("it allows no transaction: " + refused.serverMessage());
        }
        int other = process(second, "");
        String last = lastStatement(process);
        second.execute("commit");
        if (other == process) {
            return Optional.of("two sessions had the process " + other);
        }
        boolean foreign = !last.isEmpty() && !last.startsWith("<") && !last.contains(token);
        return foreign ? Optional.of("somebody else's statement ran in the process " + process) : Optional.empty();
    }

    private String lastStatement(int backend) {
        List<String> texts = second.statementTexts(
                "select coalesce(query, '') from pg_catalog.pg_stat_activity where pid = " + backend);
        return texts.isEmpty() ? "" : texts.get(0);
    }

    /** Not prepared: a pooler would lose that too. */
    private static int process(Session session, String token) {
        return Integer.parseInt(session.statementTexts("select pg_catalog.pg_backend_pid() /* " + token + " */")
                .get(0));
    }

    /** A pooler makes up the number that it tells its clients. */
    private static int announced(Session session) {
        return session.with(
                "backend pid",
                connection -> connection.unwrap(PGConnection.class).getBackendPID());
    }

    /** Whether something stands between a session and its server. */
    static boolean isBehindPooler(Session session) {
        return announced(session) != process(session, "");
    }
}
