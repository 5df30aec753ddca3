package dev.pgattest.postgres;

import dev.pgattest.PgattestException;
import dev.pgattest.deploy.DeploymentLock;
import java.util.List;
import java.util.Optional;

/** Session locks that keep two runs out of each other's way. The server frees them when the session ends, however it ends. */
final class DatabaseLock {

    /** "pgattest" in ASCII, as the bigint key of the advisory lock. */
    private static final long KEY = 0x7067_6174_7465_7374L;

    private static final long CREATION_KEY = KEY + 1;

    private static final long DEPLOYMENT_KEY = DeploymentLock.KEY;

    private static final String HOLDER = """
            select a.pid,
                   coalesce(pg_catalog.host(a.client_addr), 'this machine'),
                   pg_catalog.to_char(a.backend_start at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS'),
                   a.application_name
            from pg_catalog.pg_locks l
            join pg_catalog.pg_stat_activity a on a.pid = l.pid
            where l.locktype = 'advisory' and l.granted and l.objsubid = 1
              and l.database = (select oid from pg_catalog.pg_database where datname = pg_catalog.current_database())
              and (l.classid::bigint << 32) | l.objid::bigint = ?
            """;

    private DatabaseLock() {}

    /** The application name under which a run holds its lock: it tells the process and the machine to whoever waits. */
    static String holderName() {
        String host = System.getenv().getOrDefault("HOSTNAME", "");
        String name =
                "pgattest (process " + ProcessHandle.current().pid() + (host.isEmpty() ? "" : " on " + host) + ")";
        return name.length() <= 63 ? name : name.substring(0, 63);
    }

    /**
     * Takes the lock of the session's database for as long as the session lives.
     *
     * @throws PgattestException of the environment when another run has it, saying which
     */
    static void take(Session session) {
        boolean taken = session.query("select pg_catalog.pg_try_advisory_lock(?)", row -> row.getBoolean(1), KEY)
                .get(0);
        if (!taken) {
            throw PgattestException.environment(
                    "another pgattest works in the database "
                            + session.settings().database() + ": " + holder(session),
                    "wait until it ends, or name another database with --database");
        }
    }

    /** Waits for the other lock of the session's database, which is held for the moment that creating a database takes. */
    static void awaitCreation(Session session) {
        session.query("select pg_catalog.pg_advisory_lock(?)::text", row -> row.getString(1), CREATION_KEY);
    }

    /** Gives the lock of {@link #awaitCreation} back. */
    static void releaseCreation(Session session) {
        session.query("select pg_catalog.pg_advisory_unlock(?)", row -> row.getBoolean(1), CREATION_KEY);
    }

    /** Whether the session now has the lock that one deployment at a time holds in a database. */
    static boolean tryDeployment(Session session) {
        return session.query("select pg_catalog.pg_try_advisory_lock(?)", row -> row.getBoolean(1), DEPLOYMENT_KEY)
                .get(0);
    }

    /** Gives the lock of {@link #tryDeployment} back. */
    static void releaseDeployment(Session session) {
        session.query("select pg_catalog.pg_advisory_unlock(?)", row -> row.getBoolean(1), DEPLOYMENT_KEY);
    }

    /** Who has the lock of {@link #tryDeployment}; empty when nobody has. */
    static Optional<String> deploymentHolder(Session session) {
        List<String> holders = holders(session, DEPLOYMENT_KEY);
        return holders.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", holders));
    }

    private static String holder(Session session) {
        List<String> holders = holders(session, KEY);
        return holders.isEmpty() ? "it has just ended" : String.join("; ", holders);
    }

    private static List<String> holders(Session session, long key) {
        return session.query(
                HOLDER,
                row -> row.getString(4) + ", server process " + row.getInt(1) + ", from " + row.getString(2)
                        + ", since " + row.getString(3) + " UTC",
                key);
    }
}
