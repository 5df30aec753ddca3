package dev.pgattest.postgres;

import dev.pgattest.deploy.LogCompression;
import dev.pgattest.deploy.Step;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The session that changes the database. It holds the lock of the deployment from {@link #tryLock} until it is closed, and commits each
 * statement by itself unless a step is one transaction.
 */
public final class DeploymentSession implements AutoCloseable {

    /** What a step changes in its session, or what could end it halfway. */
    private static final List<String> SETTINGS = List.of(
            "lock_timeout",
            "statement_timeout",
            "idle_in_transaction_session_timeout",
            "idle_session_timeout",
            "transaction_timeout",
            "search_path",
            "TimeZone",
            "max_parallel_maintenance_workers",
            "max_parallel_workers_per_gather");

    private static final List<String> BUILD_SETTINGS = List.of(
            "server_version",
            "maintenance_work_mem",
            "max_parallel_maintenance_workers",
            "max_wal_size",
            "wal_level",
            "synchronous_commit");

    private static final List<String> TIMEOUTS = SETTINGS.subList(1, 5);

    /** Of a build, and of a query that fills a table or a materialized view. */
    private static final List<String> WORKERS = SETTINGS.subList(7, 9);

    private final Session session;
    private final int backend;
    private final Map<String, String> saved = new LinkedHashMap<>();

    private DeploymentSession(Session session) {
        this.session = session;
        this.backend = session.query("select pg_catalog.pg_backend_pid()", row -> row.getInt(1))
                .get(0);
        for (String name : SETTINGS) {
            session.query(
                            "select pg_catalog.current_setting(?, true)",
                            row -> Optional.ofNullable(row.getString(1)),
                            name)
                    .get(0)
                    .ifPresent(value -> saved.put(name, value));
        }
        makeDurable();
        compressLog();
    }

    /** What the journal says has to survive a crash of the server. Whether to wait for standbys too stays the server's choice. */
    private void makeDurable() {
        String name = "synchronous_commit";
        if (session.text("select pg_catalog.current_setting(?)", name).equals("off")) {
            saved.put(name, "local");
            set(name, "local");
        }
    }

    private void compressLog() {
        String may = session.serverVersion().major() < 15 ? LogCompression.BY_SUPERUSER : LogCompression.BY_RIGHT;
        session.query(
                        "select " + LogCompression.METHOD + " " + LogCompression.OF_SERVER_WITHOUT + " and " + may,
                        row -> row.getString(1))
                .forEach(method -> {
                    saved.put("wal_compression", method);
                    set("wal_compression", method);
                });
    }

    /**
     * Opens one, under an application name that says who it is.
     *
     * @throws dev.pgattest.PgattestException of bad input for a standby, and behind a pooler that shares server processes
     */
    public static DeploymentSession open(Connections connections) {
        Session session = DirectSession.toPrimary(connections, DatabaseLock.holderName());
        try {
            return new DeploymentSession(session);
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /** For reading, and for writing the journal. */
    public Session session() {
        return session;
    }

    /** Process number of its backend. */
    public int backend() {
        return backend;
    }

    /** Takes the lock of the deployment unless somebody else has it. Asking again is safe; waiting for it inside the server is not. */
    public boolean tryLock() {
        return DatabaseLock.tryDeployment(session);
    }

    /** Who has the lock of the deployment. */
    public static Optional<String> lockHolder(Session session) {
        return DatabaseLock.deploymentHolder(session);
    }

    /** The settings of the server that decide how long a build takes, its version first. */
    public static Map<String, String> serverSettings(Session session) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String name : BUILD_SETTINGS) {
            settings.put(name, session.text("select pg_catalog.current_setting(?)", name));
        }
        return settings;
    }

    /** Runs a statement that may not stand in a transaction. */
    public void alone(String statement, Step.Limits limits) {
        prepare(limits);
        try {
            session.execute(statement);
        } finally {
            restore();
        }
    }

    /**
     * Runs statements that may not stand in a transaction, the last of which is the one that matters: the others make settings for it.
     */
    public void alone(List<String> statements, Step.Limits limits) {
        prepare(limits);
        try {
            statements.forEach(session::execute);
        } finally {
            restore();
        }
    }

    /**
     * Runs statements in one transaction.
     *
     * @param last what is written in the same transaction
     */
    public void transaction(List<String> statements, Step.Limits limits, Runnable last) {
        prepare(limits);
        try {
            session.execute("begin");
            statements.forEach(session::execute);
            session.execute("reset session authorization");
            session.execute("reset role");
            last.run();
            session.execute("commit");
        } catch (SqlFailure failure) {
            if (!isLost(failure)) {
                session.execute("rollback");
            }
            throw failure;
        } finally {
            restore();
        }
    }

    /** Each setting is a statement of its own: in one call with a concurrent build they would make a transaction block of it. */
    private void prepare(Step.Limits limits) {
        set("lock_timeout", milliseconds(limits.lockTimeout()));
        WORKERS.forEach(name -> set(name, String.valueOf(limits.workers())));
        for (String timeout : TIMEOUTS) {
            if (saved.containsKey(timeout)) {
                set(timeout, "0");
            }
        }
    }

    private static String milliseconds(Duration duration) {
        return duration.toMillis() + "ms";
    }

    /** Back to what the session was like, whatever a script has left. */
    private void restore() {
        try {
            session.execute("reset session authorization");
            session.execute("reset role");
            session.execute("reset all");
            saved.forEach(this::set);
        } catch (SqlFailure failure) {
            // A session that is lost needs no settings; what it was lost at is on its way already.
            if (!isLost(failure)) {
                throw failure;
            }
        }
    }

    private static boolean isLost(SqlFailure failure) {
        String state = failure.sqlState();
        return state.startsWith("08") || state.startsWith("57P") || state.equals("unknown");
    }

    private void set(String name, String value) {
        session.query("select pg_catalog.set_config(?, ?, false)", row -> row.getString(1), name, value);
    }

    /** Ends the transaction that a failure may have left, so that the session can be used again. */
    public void settle() {
        session.execute("select 1");
    }

    @Override
    public void close() {
        session.close();
    }
}
