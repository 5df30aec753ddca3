package dev.pgattest.postgres;

import static dev.pgattest.postgres.FactLab.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What deployments rely on, as docs/deployment.md numbers it: each fact on a real server. */
class OnlineIndexFactsTest {

    private final FactLab lab = new FactLab();
    private final Connections connections = lab.connections;
    private final Session builder = lab.builder;
    private final Session other = lab.other;
    private final Session look = lab.look;

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void fact_1_a_build_waits_for_older_snapshots_of_other_tables() {
        other.execute("begin isolation level repeatable read; select count(*) from unrelated");
        CompletableFuture<Void> build = lab.inBackground("create index concurrently i on t (a)");
        lab.awaitPhase("waiting for old snapshots");
        assertThat(build).isNotDone();
        other.execute("commit");
        build.join();
        assertThat(lab.standing("i")).containsExactly(true, true);
    }

    @Test
    void fact_2_a_lock_timeout_bounds_that_wait_and_leaves_an_invalid_index() {
        other.execute("begin isolation level repeatable read; select count(*) from unrelated");
        builder.execute("set lock_timeout = '100ms'");
        assertThat(refusal(builder, "create index concurrently i on t (a)")).isEqualTo("55P03");
        assertThat(lab.standing("i")).containsExactly(false, true);

        other.execute("rollback; begin; lock table t in access exclusive mode");
        assertThat(refusal(builder, "create index concurrently j on t (a)")).isEqualTo("55P03");
        assertThat(lab.standing("j")).isEmpty();
    }

    @Test
    void fact_3_a_statement_timeout_leaves_an_invalid_index() {
        other.execute("begin; update t set b = 'x' where a = 1");
        builder.execute("set statement_timeout = '100ms'");
        assertThat(refusal(builder, "create index concurrently i on t (a)")).isEqualTo("57014");
        assertThat(lab.standing("i")).containsExactly(false, false);
    }

    @Test
    void fact_4_if_not_exists_is_content_with_anything_of_that_name() {
        look.execute(
                "create index i on t (b); update pg_index set indisvalid = false where indexrelid = 'i'::regclass");
        builder.execute("create index concurrently if not exists i on t (a)");
        assertThat(lab.standing("i")).containsExactly(false, true);
        builder.execute("create index concurrently if not exists unrelated on t (a)");
        String sixtyThree = "n".repeat(63);
        look.execute("create table " + sixtyThree + " (a int)");
        builder.execute("create index concurrently if not exists " + sixtyThree + "_and_more on t (a)");
        assertThat(look.query("select count(*) from pg_index where indrelid = 't'::regclass", row -> row.getInt(1)))
                .containsExactly(1);
    }

    @Test
    void fact_5_an_unfinished_unique_index_refuses_rows_already() {
        other.execute("begin isolation level repeatable read; select count(*) from unrelated");
        builder.execute("set lock_timeout = '100ms'");
        assertThat(refusal(builder, "create unique index concurrently i on t (a)"))
                .isEqualTo("55P03");
        assertThat(lab.standing("i")).containsExactly(false, true);
        assertThat(refusal(look, "insert into t values (1, 'again')")).isEqualTo("23505");
    }

    @Test
    void fact_6_a_build_stands_alone() {
        assertThat(refusal(builder, "set lock_timeout = '1s'; create index concurrently i on t (a)"))
                .isEqualTo("25001");
        assertThat(refusal(builder, "do $$ begin execute 'create index concurrently i on t (a)'; end $$"))
                .isEqualTo("25001");
        builder.execute("begin");
        assertThat(refusal(builder, "create index concurrently i on t (a)")).isEqualTo("25001");
        builder.execute("rollback");
    }

    @Test
    void fact_7_a_transaction_that_looks_on_blocks_the_build_and_the_own_watch_does_not() {
        other.execute("begin isolation level repeatable read; select * from pg_stat_progress_create_index");
        CompletableFuture<Void> build = lab.inBackground("create index concurrently i on t (a)");
        lab.awaitPhase("waiting for old snapshots");
        other.execute("rollback");
        build.join();

        try (BackendWatch watch = new BackendWatch(connections)) {
            int backend = builder.query("select pg_backend_pid()", row -> row.getInt(1))
                    .get(0);
            assertThat(watch.look(backend)).isPresent();
            builder.execute("set lock_timeout = '5s'");
            builder.execute("create index concurrently j on t (a)");
            assertThat(watch.look(backend)).isPresent();
        }
    }

    @Test
    void fact_8_waiting_for_the_lock_inside_the_server_would_block_the_build_of_who_has_it() {
        try (DeploymentSession first = DeploymentSession.open(connections)) {
            assertThat(first.tryLock()).isTrue();
            try (DeploymentSession second = DeploymentSession.open(connections)) {
                assertThat(second.tryLock()).isFalse();
                first.session().execute("create index concurrently i on t (a)");
            }
        }
        builder.execute("select pg_advisory_lock(1)");
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> other.execute("select pg_advisory_lock(1)"));
        lab.await("select exists (select from pg_locks where locktype = 'advisory' and not granted)");
        CompletableFuture<Void> build = lab.inBackground("create index concurrently j on t (a)");
        FactLab.victim(waiting, build);
        lab.endAllOthers();
    }

    @Test
    void fact_9_a_writer_that_wants_a_stronger_lock_and_the_build_block_each_other() {
        other.execute("begin; update t set b = 'x' where a = 1");
        CompletableFuture<Void> build = lab.inBackground("create index concurrently i on t (a)");
        lab.awaitPhase("waiting for writers before build");
        CompletableFuture<Void> alter =
                CompletableFuture.runAsync(() -> other.execute("alter table t add column c int"));
        FactLab.victim(alter, build);
        lab.endAllOthers();
    }

    @Test
    void fact_11_an_interrupted_drop_is_repeated() {
        look.execute("create index i on t (a)");
        other.execute("begin; select count(*) from t");
        builder.execute("set lock_timeout = '100ms'");
        assertThat(refusal(builder, "drop index concurrently i")).isEqualTo("55P03");
        assertThat(lab.standing("i")).containsExactly(false, true);
        other.execute("commit");
        builder.execute("drop index concurrently i");
        assertThat(lab.standing("i")).isEmpty();
    }

    @Test
    void fact_12_a_drop_takes_one_index_that_no_constraint_owns() {
        look.execute("create index i on t (a); create index j on t (a); alter table t add constraint k unique (a)");
        assertThat(refusal(builder, "drop index concurrently i, j")).isEqualTo("0A000");
        assertThat(refusal(builder, "drop index concurrently i cascade")).isEqualTo("0A000");
        assertThat(refusal(builder, "drop index concurrently k")).isEqualTo("2BP01");
    }

    @Test
    void fact_13_a_partitioned_table_has_no_concurrent_build_and_no_concurrent_drop() {
        look.execute("create table p (a int) partition by range (a);"
                + "create table p1 partition of p for values from (0) to (10); create index i on p (a)");
        assertThat(refusal(builder, "create index concurrently j on p (a)")).isEqualTo("0A000");
        assertThat(refusal(builder, "create index concurrently j on only p (a)"))
                .isEqualTo("0A000");
        assertThat(refusal(builder, "drop index concurrently i")).isEqualTo("0A000");
    }

    @Test
    void fact_14_names_are_exchanged_while_somebody_reads() {
        look.execute("create index old on t (a); create index new on t (a, b)");
        other.execute("begin; select count(*) from t where a = 1");
        builder.execute("set lock_timeout = '1s'");
        builder.execute("begin; alter index old rename to older; alter index new rename to old; commit");
        other.execute("commit");
        assertThat(lab.standing("older")).containsExactly(true, true);
    }

    @Test
    void fact_15_a_plain_build_stops_writers_and_a_plain_drop_that_waits_stops_readers() {
        builder.execute("begin; create index i on t (a)");
        other.execute("set lock_timeout = '100ms'");
        other.execute("select count(*) from t");
        assertThat(refusal(other, "insert into t values (0, '')")).isEqualTo("55P03");
        builder.execute("commit");

        look.execute("begin; select count(*) from t");
        CompletableFuture<Void> drop = lab.inBackground("drop index i");
        try (Session eye = connections.open()) {
            while (!eye.query(
                            "select exists (select from pg_locks where mode = 'AccessExclusiveLock' and not granted"
                                    + " and relation = 't'::regclass)",
                            row -> row.getBoolean(1))
                    .get(0)) {
                Thread.onSpinWait();
            }
        }
        assertThat(refusal(other, "select count(*) from t")).isEqualTo("55P03");
        look.execute("commit");
        drop.join();
    }

    @Test
    void fact_16_a_read_only_session_builds_nothing() {
        builder.execute("set default_transaction_read_only = on");
        assertThat(refusal(builder, "create index concurrently i on t (a)")).isEqualTo("25006");
    }

    @Test
    void fact_17_the_watch_names_who_is_waited_for() {
        other.execute("set application_name = 'a slow job'");
        other.execute("begin; update t set b = 'x' where a = 1");
        int backend =
                builder.query("select pg_backend_pid()", row -> row.getInt(1)).get(0);
        CompletableFuture<Void> build = lab.inBackground("create index concurrently i on t (a)");
        lab.awaitPhase("waiting for writers before build");
        try (BackendWatch watch = new BackendWatch(connections)) {
            assertThat(watch.look(backend).orElseThrow().text())
                    .startsWith("waiting for writers before build")
                    .contains("a slow job, idle in transaction")
                    .endsWith("update t set b = 'x' where a = 1");
        }
        other.execute("commit");
        build.join();
    }

    @Test
    void fact_20_an_expression_has_no_statistics_before_it_is_analyzed() {
        String statistics = "select count(*) from pg_stats where tablename = 'i'";
        builder.execute("analyze t");
        builder.execute("create index concurrently i on t (lower(b))");
        assertThat(look.query(statistics, row -> row.getInt(1))).containsExactly(0);
        builder.execute("analyze t");
        assertThat(look.query(statistics, row -> row.getInt(1))).containsExactly(1);
    }
}
