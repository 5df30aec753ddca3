package dev.pgattest.lint;

import dev.pgattest.postgres.Connections;
import dev.pgattest.postgres.Session;
import dev.pgattest.postgres.SqlFailure;
import dev.pgattest.sql.SqlFile;
import dev.pgattest.sql.SqlScript;
import dev.pgattest.sql.SqlStatement;
import dev.pgattest.testing.TestCluster;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * Runs an example in a database of its own and watches the locks that it takes and the tables that it reads. What may run in a
 * transaction does, so that its locks can be looked at; what may not is looked at while it waits for somebody else.
 */
final class ExampleRun {

    private static final String OUTSIDE_OF_TRANSACTIONS = "25001";

    private final Connections database = TestCluster.freshDatabase();
    private final String relation;
    private final String scanned;
    private Optional<LockMode> strongest = Optional.empty();
    private boolean scannedUnderLock;
    private boolean lockedTogether;
    private boolean workedUnderLock;
    private final LockMode mode;
    private String failure = "";
    private long fileNodeBefore;
    private long fileNodeAfter;

    private ExampleRun(LockMode mode, String relation, String scanned) {
        this.mode = mode;
        this.relation = relation;
        this.scanned = scanned;
    }

    /** Runs the scripts and then the example; locks on {@code relation} and reads of {@code scanned} are watched. */
    static ExampleRun of(List<SqlFile> setup, SqlFile example, LockMode mode, String relation, String scanned) {
        ExampleRun run = new ExampleRun(mode, relation, scanned);
        try (Session session = run.database.open()) {
            setup.forEach(script -> run.runAlone(session, script));
        }
        run.fileNodeBefore = run.fileNode();
        run.run(example);
        run.fileNodeAfter = run.fileNode();
        return run;
    }

    /** The strongest lock seen on the relation; empty for none. */
    Optional<LockMode> strongestLock() {
        return strongest;
    }

    /** Whether the other relation was read from end to end while a lock of the mode was held on the first. */
    boolean scannedUnderLock() {
        return scannedUnderLock;
    }

    /** Whether locks of the mode were held on both relations. */
    boolean lockedTogether() {
        return lockedTogether;
    }

    /** Whether a statement began while a lock of the mode was held on the first relation. */
    boolean workedUnderLock() {
        return workedUnderLock;
    }

    /** SQLSTATE of the statement that failed; empty when none did. */
    String failure() {
        return failure;
    }

    boolean rewritten() {
        return fileNodeBefore != fileNodeAfter;
    }

    /** Whether the last of some statements returns true; one that fails shows nothing. */
    boolean shows(String statements) {
        List<SqlStatement> all = SqlScript.statements(statements);
        try (Session session = database.open()) {
            all.subList(0, all.size() - 1).forEach(each -> session.execute(each.text()));
            return session.query(all.get(all.size() - 1).text(), row -> row.getBoolean(1))
                    .contains(true);
        } catch (SqlFailure e) {
            return false;
        }
    }

    private void runAlone(Session session, SqlFile script) {
        SqlScript.statements(script.text()).forEach(statement -> session.execute(statement.text()));
    }

    private void run(SqlFile example) {
        try (Session session = database.open()) {
            boolean open = false;
            for (SqlStatement statement : SqlScript.statements(example.text())) {
                String first = statement.text().strip().toLowerCase(Locale.ROOT);
                if (first.startsWith("begin") || first.startsWith("start transaction")) {
                    open = true;
                    session.execute(statement.text());
                } else if (open) {
                    watched(session, statement.text());
                    open = !(first.startsWith("commit") || (first.startsWith("rollback") && !first.contains(" to ")));
                } else {
                    inTransactionOfItsOwn(session, statement.text());
                }
            }
        } catch (SqlFailure e) {
            failure = e.sqlState();
        }
    }

    private void inTransactionOfItsOwn(Session session, String sql) {
        // SET LOCAL and transaction commands mean something else in a transaction.
        String first = sql.strip().toLowerCase(Locale.ROOT);
        if (first.startsWith("set ")
                || first.startsWith("reset")
                || first.startsWith("commit")
                || first.startsWith("rollback")) {
            session.execute(sql);
            return;
        }
        session.execute("begin");
        try {
            watched(session, sql);
            session.execute("commit");
        } catch (SqlFailure e) {
            session.execute("rollback");
            if (!e.sqlState().equals(OUTSIDE_OF_TRANSACTIONS)) {
                throw e;
            }
            whileItWaits(session, sql);
        }
    }

    private void watched(Session session, String sql) {
        Map<String, Long> before = reads(session);
        boolean ends = List.of("commit", "rollback").contains(sql.strip().toLowerCase(Locale.ROOT));
        workedUnderLock |= !ends && holds(pid(session), relation);
        session.execute(sql);
        look(pid(session));
        lockedTogether |= holds(pid(session), relation) && holds(pid(session), scanned);
        long read = reads(session).getOrDefault(scanned, 0L) - before.getOrDefault(scanned, 0L);
        scannedUnderLock |= read > 0 && holds(pid(session), relation);
    }

    /** A writer that has not finished makes every such command wait, with the locks that it has and wants. */
    private void whileItWaits(Session session, String sql) {
        try (Session writer = database.openAs("writer")) {
            writer.execute("begin isolation level repeatable read");
            if (!relation.isEmpty()) {
                writer.execute("lock table " + relation + " in row exclusive mode");
            }
            writer.query("select count(*) from pg_class", row -> row.getLong(1));
            int pid = pid(session);
            CompletableFuture<Void> running = CompletableFuture.runAsync(() -> session.execute(sql));
            while (!running.isDone() && !waits(pid)) {
                Thread.onSpinWait();
            }
            look(pid);
            writer.execute("rollback");
            running.join();
        } catch (java.util.concurrent.CompletionException e) {
            if (e.getCause() instanceof SqlFailure failed) {
                throw failed;
            }
            throw e;
        }
    }

    private boolean waits(int pid) {
        return ask("select count(*) from pg_stat_activity where wait_event_type = 'Lock' and pid = " + pid) > 0;
    }

    private void look(int pid) {
        if (relation.isEmpty()) {
            return;
        }
        try (Session observer = database.open()) {
            List<String> modes = observer.query(
                    "select mode from pg_locks where locktype = 'relation' and pid = ? and relation = to_regclass(?)",
                    row -> row.getString(1),
                    pid,
                    relation);
            strongest = Stream.concat(
                            strongest.stream(), modes.stream().flatMap(each -> LockMode.ofCatalogName(each).stream()))
                    .max(Comparator.naturalOrder());
        }
    }

    private boolean holds(int pid, String locked) {
        if (locked.isEmpty()) {
            return false;
        }
        try (Session observer = database.open()) {
            return observer
                    .query(
                            "select mode from pg_locks where granted and locktype = 'relation' and pid = ?"
                                    + " and relation = to_regclass(?)",
                            row -> row.getString(1),
                            pid,
                            locked)
                    .stream()
                    .flatMap(each -> LockMode.ofCatalogName(each).stream())
                    .anyMatch(held -> held.compareTo(mode) >= 0);
        }
    }

    private long fileNode() {
        return relation.isEmpty()
                ? 0
                : ask("select coalesce(pg_relation_filenode(to_regclass('" + relation + "')), 0)");
    }

    private long ask(String query) {
        try (Session observer = database.open()) {
            return observer.query(query, row -> row.getLong(1)).get(0);
        }
    }

    private static int pid(Session session) {
        return session.query("select pg_backend_pid()", row -> row.getInt(1)).get(0);
    }

    private static Map<String, Long> reads(Session session) {
        Map<String, Long> reads = new HashMap<>();
        session.query(
                        "select relid::regclass::text, coalesce(seq_scan, 0) + coalesce(idx_scan, 0)"
                                + " from pg_stat_xact_user_tables",
                        row -> Map.entry(row.getString(1), row.getLong(2)))
                .forEach(entry -> reads.put(entry.getKey(), entry.getValue()));
        return reads;
    }
}
