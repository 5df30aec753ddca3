package dev.pgattest.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.postgres.Connections;
import dev.pgattest.postgres.Session;
import dev.pgattest.postgres.SqlFailure;
import dev.pgattest.sql.SqlFile;
import dev.pgattest.sql.SqlScript;
import dev.pgattest.testing.TestCluster;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs an example beside another transaction that is in its way for two seconds, longer than the timeouts of examples. */
final class BlockedRun {

    private static final long IN_THE_WAY_MS = 2_000;
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final Connections database = TestCluster.freshDatabase();
    private final SqlFile example;

    private BlockedRun(RuleExample rule, SqlFile example) {
        this.example = example;
        try (Session session = database.open()) {
            rule.setup().forEach(script -> run(session, script));
        }
    }

    /** Whether an example does what the proof says of the bad one. */
    static boolean shows(RuleExample rule, SqlFile example, Proof proof) {
        BlockedRun run = new BlockedRun(rule, example);
        return proof instanceof Proof.Queues queue
                ? run.stopsReaders(queue.relation())
                : run.fails((Proof.FailsBesideWriter) proof);
    }

    private boolean stopsReaders(String relation) {
        try (Session reader = database.open();
                Session other = database.open()) {
            reader.execute("begin");
            reader.execute("lock table " + relation + " in access share mode");
            CompletableFuture<String> running = started();
            awaitEndOrTime(running);
            boolean stopped = isStopped(other, relation);
            reader.execute("rollback");
            running.join();
            return stopped;
        }
    }

    private static boolean isStopped(Session reader, String relation) {
        reader.execute("set lock_timeout = '100ms'");
        try {
            reader.query("select count(*) from " + relation, row -> row.getLong(1));
            return false;
        } catch (SqlFailure e) {
            return e.sqlState().equals(LOCK_NOT_AVAILABLE);
        }
    }

    private boolean fails(Proof.FailsBesideWriter proof) {
        try (Session writer = database.openAs("writer")) {
            writer.execute("begin");
            writer.execute("update orders set note = 'written' where id = 1");
            CompletableFuture<String> running = started();
            awaitEndOrTime(running);
            writer.execute("rollback");
            String failure = running.join();
            boolean left = writer.query(proof.query(), row -> row.getBoolean(1)).contains(true);
            assertThat(failure).isIn("", proof.sqlState());
            assertThat(left).as("what is left: %s", proof.what()).isEqualTo(!failure.isEmpty());
            return left;
        }
    }

    /** The example in another thread; its outcome is the SQLSTATE of a failure, empty for none. */
    private CompletableFuture<String> started() {
        return CompletableFuture.supplyAsync(() -> {
            try (Session session = database.open()) {
                run(session, example);
                return "";
            } catch (SqlFailure e) {
                return e.sqlState();
            }
        });
    }

    private static void awaitEndOrTime(CompletableFuture<String> running) {
        try {
            running.get(IN_THE_WAY_MS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // It waits, and that is what the test wants to know.
        } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void run(Session session, SqlFile script) {
        SqlScript.statements(script.text()).forEach(statement -> session.execute(statement.text()));
    }
}
