package dev.pgattest.postgres;

import static dev.pgattest.postgres.FactLab.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The second halves of the facts of docs/deployment.md: what builds are made of, what interrupted ones leave behind, who is in whose way.
 */
class OnlineIndexTraceFactsTest {

    private final FactLab lab = new FactLab();
    private final Session builder = lab.builder;
    private final Session other = lab.other;
    private final Session look = lab.look;

    @AfterEach
    void close() {
        lab.close();
    }

    private static int backend(Session session) {
        return session.query("select pg_backend_pid()", row -> row.getInt(1)).get(0);
    }

    private String transactionOf(int backend) {
        return lab.text("select virtualtransaction from pg_locks where pid = " + backend
                + " and locktype = 'virtualxid'" + " and granted and mode = 'ExclusiveLock'");
    }

    @Test
    void fact_1_a_build_waits_for_writers_before_each_scan_and_each_wait_is_another_transaction() {
        int backend = backend(builder);
        Set<String> transactions = new HashSet<>();
        try (Session before = lab.connections.open();
                Session between = lab.connections.open()) {
            before.execute("begin; insert into t values (101, 'before')");
            CompletableFuture<Void> build = lab.inBackground("create index concurrently i on t (a)");
            lab.awaitPhase("waiting for writers before build");
            transactions.add(transactionOf(backend));
            between.execute("begin; insert into t values (102, 'between')");
            other.execute("begin isolation level repeatable read; select count(*) from unrelated");
            before.execute("commit");
            lab.awaitPhase("waiting for writers before validation");
            transactions.add(transactionOf(backend));
            between.execute("commit");
            lab.awaitPhase("waiting for old snapshots");
            transactions.add(transactionOf(backend));
            other.execute("commit");
            build.join();
        }
        assertThat(transactions).hasSize(3);
    }

    @Test
    void fact_1_a_concurrent_build_reads_the_table_twice() {
        long before = scansAfter("create index i on t (a)");
        long plain = scansAfter("create index j on t (a)");
        long concurrent = scansAfter("create index concurrently k on t (a)");
        assertThat(plain - before).isEqualTo(1);
        assertThat(concurrent - plain).isEqualTo(2);
    }

    /** A session counts its scans at its end. */
    private long scansAfter(String sql) {
        long before = lab.number("select seq_scan from pg_stat_user_tables where relname = 't'");
        try (Session own = lab.connections.open()) {
            own.execute(sql);
        }
        lab.await("select seq_scan > " + before + " from pg_stat_user_tables where relname = 't'");
        return lab.number("select seq_scan from pg_stat_user_tables where relname = 't'");
    }

    @Test
    void fact_3_a_transaction_timeout_ends_the_session_and_inside_a_transaction_only_0_disarms_it() {
        boolean known = lab.number("select count(*) from pg_settings where name = 'transaction_timeout'") == 1;
        if (!known) {
            assertThat(lab.number("select current_setting('server_version_num')::int"))
                    .isLessThan(170_000);
            return;
        }
        other.execute("begin; update t set b = 'x' where a = 1");
        builder.execute("set transaction_timeout = '100ms'");
        assertThat(refusal(builder, "create index concurrently i on t (a)")).isEqualTo("25P04");
        assertThat(lab.standing("i")).containsExactly(false, false);

        try (Session longer = lab.connections.open();
                Session none = lab.connections.open()) {
            longer.execute("set transaction_timeout = '200ms'");
            assertThat(refusal(longer, "begin; set transaction_timeout = '1h'; select pg_sleep(60)"))
                    .isEqualTo("25P04");
            none.execute("set transaction_timeout = '1s'");
            none.execute("begin; set transaction_timeout = 0; select pg_sleep(1.1)");
        }
    }

    @Test
    void fact_5_a_leftover_of_the_first_scan_costs_nothing_and_one_of_the_second_grows() {
        assertThat(refusal(builder, "create index concurrently early on t ((1 / (a - 50)))"))
                .isEqualTo("22012");
        assertThat(lab.standing("early")).containsExactly(false, false);
        look.execute("insert into t values (50, 'would fail if it were maintained')");

        other.execute("begin isolation level repeatable read; select count(*) from unrelated");
        builder.execute("set lock_timeout = '100ms'");
        assertThat(refusal(builder, "create index concurrently late on t (b)")).isEqualTo("55P03");
        assertThat(lab.standing("late")).containsExactly(false, true);
        long before = lab.number("select pg_relation_size('late')");
        look.execute("insert into t select n, n::text from generate_series(1000, 5000) n");
        assertThat(lab.number("select pg_relation_size('late')")).isGreaterThan(before);
    }

    @Test
    void fact_6_a_batch_is_refused_too() throws SQLException {
        try (Statement batch = builder.connection().createStatement()) {
            batch.addBatch("set lock_timeout = '1s'");
            batch.addBatch("create index concurrently i on t (a)");
            assertThatThrownBy(batch::executeBatch)
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            failure -> assertThat(failure.getSQLState()).isEqualTo("25001"));
        }
    }

    @Test
    void fact_7_a_transaction_of_the_driver_that_is_idle_after_a_query_blocks_the_build() throws SQLException {
        other.connection().setAutoCommit(false);
        other.query("select count(*) from unrelated", row -> row.getInt(1));
        assertThat(lab.text("select state from pg_stat_activity where pid = " + backendOfOther()))
                .isEqualTo("idle in transaction");
        CompletableFuture<Void> build = lab.inBackground("create index concurrently i on t (a)");
        lab.awaitPhase("waiting for old snapshots");
        assertThat(build).isNotDone();
        other.connection().rollback();
        build.join();
    }

    private int backendOfOther() {
        return other.with(
                "backend pid",
                connection ->
                        connection.unwrap(org.postgresql.PGConnection.class).getBackendPID());
    }

    @Test
    void fact_8_a_lock_of_a_transaction_that_stays_open_hangs_the_build() throws SQLException {
        other.connection().setAutoCommit(false);
        other.query("select pg_advisory_xact_lock(1)", row -> row.getString(1));
        CompletableFuture<Void> build = lab.inBackground("create index concurrently i on t (a)");
        lab.awaitPhase("waiting for old snapshots");
        assertThat(build).isNotDone();
        other.connection().commit();
        build.join();
    }

    @Test
    void fact_9_a_build_that_is_the_victim_leaves_an_invalid_index() {
        builder.execute("set deadlock_timeout = '100ms'");
        other.execute("set deadlock_timeout = '1h'");
        try (Session writer = lab.connections.open()) {
            writer.execute("begin; update t set b = 'x' where a = 1");
            CompletableFuture<Void> build = lab.inBackground("create index concurrently i on t (a)");
            lab.awaitPhase("waiting for writers before build");
            other.execute("begin isolation level repeatable read; select count(*) from t");
            CompletableFuture<Void> alter = FactLab.inBackground(other, "alter table t add column c int");
            awaitAlter();
            writer.execute("commit");
            assertThat(FactLab.victim(build, alter)).hasMessageContaining("create index concurrently i");
            alter.join();
        }
        assertThat(lab.standing("i")).containsExactly(false, true);
    }

    @Test
    void fact_9_or_the_other_one_is_the_victim_and_the_build_goes_on() {
        builder.execute("set deadlock_timeout = '1h'");
        other.execute("set deadlock_timeout = '100ms'");
        other.execute("begin isolation level repeatable read; select count(*) from t");
        CompletableFuture<Void> build = lab.inBackground("create index concurrently i on t (a)");
        lab.awaitPhase("waiting for old snapshots");
        assertThat(refusal(other, "alter table t add column c int")).isEqualTo("40P01");
        build.join();
        assertThat(lab.standing("i")).containsExactly(true, true);
    }

    private void awaitAlter() {
        lab.await("select exists (select from pg_locks where mode = 'AccessExclusiveLock' and not granted"
                + " and relation = 't'::regclass)");
    }

    @Test
    void fact_10_a_client_that_is_gone_does_not_stop_the_build() throws SQLException {
        other.execute("begin; update t set b = 'x' where a = 1");
        CompletableFuture<Void> build = lab.inBackground("create index concurrently i on t (a)");
        lab.awaitPhase("waiting for writers before build");
        builder.connection().abort(Runnable::run);
        assertThatThrownBy(build::join).hasCauseInstanceOf(SqlFailure.class);
        assertThat(lab.number("select count(*) from pg_stat_progress_create_index where index_relid = 'i'::regclass"))
                .isEqualTo(1);
        other.execute("commit");
        lab.await("select indisvalid from pg_index where indexrelid = 'i'::regclass");
    }

    @Test
    void fact_11_what_an_interrupted_drop_left_can_be_restored() {
        look.execute("create index i on t (a)");
        other.execute("begin; select count(*) from t");
        builder.execute("set lock_timeout = '100ms'");
        assertThat(refusal(builder, "drop index concurrently i")).isEqualTo("55P03");
        other.execute("commit");
        builder.execute("reindex index concurrently i");
        assertThat(lab.standing("i")).containsExactly(true, true);
    }

    @Test
    void fact_11_a_failed_rebuild_leaves_the_new_one_or_the_old_one() {
        look.execute("create index i on t (a)");
        other.execute("begin isolation level repeatable read; select count(*) from unrelated");
        builder.execute("set lock_timeout = '100ms'");
        assertThat(refusal(builder, "reindex index concurrently i")).isEqualTo("55P03");
        assertThat(lab.standing("i")).containsExactly(true, true);
        assertThat(lab.standing("i_ccnew")).containsExactly(false, true);
        other.execute("commit");
        builder.execute("drop index concurrently i_ccnew");
        builder.execute("reindex index concurrently i");

        // A reader without a snapshot: the names are exchanged before it is waited for.
        other.execute("begin; lock table t in access share mode");
        assertThat(refusal(builder, "reindex index concurrently i")).isEqualTo("55P03");
        assertThat(lab.standing("i")).containsExactly(true, true);
        assertThat(lab.standing("i_ccold").get(0)).isFalse();
        other.execute("commit");
        builder.execute("drop index concurrently i_ccold");
        assertThat(lab.standing("i_ccold")).isEmpty();
    }

    @Test
    void fact_12_a_leftover_is_dropped_while_an_old_snapshot_is_open() {
        other.execute("begin isolation level repeatable read; select count(*) from unrelated");
        builder.execute("set lock_timeout = '100ms'");
        assertThat(refusal(builder, "create index concurrently i on t (a)")).isEqualTo("55P03");
        builder.execute("drop index concurrently i");
        assertThat(lab.standing("i")).isEmpty();

        look.execute("create index valid on t (a)");
        builder.execute("drop index concurrently valid");
        assertThat(lab.standing("valid")).isEmpty();

        other.execute("select count(*) from t");
        look.execute("create index j on t (a)");
        assertThat(refusal(builder, "drop index concurrently j")).isEqualTo("55P03");
    }

    @Test
    void fact_13_the_index_of_a_partitioned_table_turns_valid_with_its_last_part() {
        look.execute("create table p (a int) partition by range (a);"
                + "create table p1 partition of p for values from (0) to (10);"
                + "create table p2 partition of p for values from (10) to (20);"
                + "create index i on only p (a)");
        builder.execute("create index concurrently i1 on p1 (a)");
        builder.execute("create index concurrently i2 on p2 (a)");
        builder.execute("alter index i attach partition i1");
        assertThat(lab.standing("i").get(0)).isFalse();
        builder.execute("alter index i attach partition i2");
        assertThat(lab.standing("i").get(0)).isTrue();

        long files = lab.number("select pg_relation_filenode('i1')::bigint + pg_relation_filenode('i2')::bigint");
        builder.execute("reindex index concurrently i");
        assertThat(lab.number("select pg_relation_filenode('i1')::bigint + pg_relation_filenode('i2')::bigint"))
                .isNotEqualTo(files);
        assertThat(refusal(builder, "drop index concurrently i1")).isEqualTo("2BP01");
        builder.execute("drop index i");
        assertThat(lab.standing("i1")).isEmpty();
    }

    @Test
    void fact_16_one_build_or_vacuum_of_a_table_at_a_time() {
        try (Session writer = lab.connections.open()) {
            writer.execute("begin; update t set b = 'x' where a = 1");
            CompletableFuture<Void> build = lab.inBackground("create index concurrently i on t (a)");
            lab.awaitPhase("waiting for writers before build");
            other.execute("set lock_timeout = '100ms'");
            assertThat(refusal(other, "create index concurrently j on t (b)")).isEqualTo("55P03");
            assertThat(lab.standing("j")).isEmpty();
            // Autovacuum takes the same lock as VACUUM; when it begins is not for a test to say.
            assertThat(refusal(other, "vacuum t")).isEqualTo("55P03");
            assertThat(refusal(other, "analyze t")).isEqualTo("55P03");
            writer.execute("commit");
            build.join();
        }
    }

    /** The build runs these tests twice; a mistake in the second class path must not have them run on the same server. */
    @Test
    void the_server_is_of_the_major_version_that_this_run_is_for() {
        String wanted = System.getProperty("pgattest.test.major", "");
        assertThat(lab.text("select (current_setting('server_version_num')::int / 10000)::text"))
                .startsWith(wanted);
    }
}
