package dev.pgattest.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgattest.PgattestException;
import dev.pgattest.load.LoadSamples;
import dev.pgattest.load.StreamSamples;
import dev.pgattest.postgres.LoadStream.Ending;
import dev.pgattest.postgres.OpenLoop.Timing;
import dev.pgattest.sql.NamedSql;
import dev.pgattest.testing.TestCluster;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OpenLoopTest {

    private static final Timing SHORT =
            new Timing(Duration.ZERO, Duration.ofMillis(600), Duration.ofMillis(100), Duration.ofSeconds(30));

    private static Connections database = TestCluster.freshDatabase();

    @BeforeAll
    static void makeTables() {
        run(
                "create table noted (what text, tenant text default current_setting('app.tenant', true), by text default current_user)");
        run("create role load_writer; grant insert, select on noted to load_writer");
    }

    @Test
    void rolled_back_writes_leave_no_row_and_committed_ones_leave_one_for_each_execution() {
        String insert = "insert into noted (what) values (:what)";
        LoadStream back = stream("back", 60, 2, Ending.ROLLBACK, statement(insert, Map.of("what", "back")));
        LoadStream stays = stream("stays", 60, 2, Ending.COMMIT, statement(insert, Map.of("what", "stays")));

        LoadSamples samples = measure(List.of(back, stays), SHORT);

        assertThat(of(samples, "back").latencies().count()).isPositive();
        assertThat(of(samples, "back").failed()).isZero();
        assertThat(count("what = 'back'")).isZero();
        assertThat(count("what = 'stays'"))
                .isEqualTo(of(samples, "stays").latencies().count())
                .isPositive();
    }

    @Test
    void each_execution_has_its_role_and_the_settings_of_its_own_draw() {
        String insert = "insert into noted (what) values (:what)";
        LoadStream drawn = new LoadStream(
                "drawn",
                60,
                2,
                List.of(
                        written(insert, Map.of("what", "drawn"), "load_writer", Map.of("app.tenant", "a's")),
                        written(insert, Map.of("what", "drawn"), "load_writer", Map.of("app.tenant", "b"))),
                Ending.COMMIT);

        long executions = measure(List.of(drawn), SHORT).offeredCount();

        assertThat(count("what = 'drawn' and by = 'load_writer' and tenant = 'a''s'"))
                .isEqualTo((executions + 1) / 2);
        assertThat(count("what = 'drawn' and by = 'load_writer' and tenant = 'b'"))
                .isEqualTo(executions / 2);
    }

    @Test
    void errors_are_counted_by_state_and_have_no_latency() {
        LoadStream broken =
                stream("broken", 50, 1, Ending.ROLLBACK, reading("select 1 / :zero::int", Map.of("zero", "0")));

        LoadSamples samples = measure(List.of(broken), SHORT);

        long executions = samples.offeredCount();
        assertThat(of(samples, "broken").errors()).isEqualTo(Map.of("22012", executions));
        assertThat(of(samples, "broken").latencies().failed())
                .isEqualTo(executions)
                .isPositive();
    }

    @Test
    void a_statement_that_reads_cannot_write() {
        LoadStream sly =
                stream("sly", 50, 1, Ending.COMMIT, reading("insert into noted (what) values ('sly')", Map.of()));

        LoadSamples samples = measure(List.of(sly), SHORT);

        assertThat(of(samples, "sly").errors()).isEqualTo(Map.of("25006", samples.offeredCount()));
    }

    /** One connection serves 33 a second, whatever the machine; 70 arrive. */
    @Test
    void what_waits_for_a_connection_is_late_from_its_intended_start_although_each_execution_is_short() {
        LoadStream busy = stream("busy", 70, 1, Ending.ROLLBACK, reading("select pg_sleep(0.03)", Map.of()));

        LoadSamples samples = measure(List.of(busy), SHORT);

        StreamSamples measured = of(samples, "busy");
        assertThat(samples.offeredCount()).isGreaterThan(30);
        assertThat(samples.achievedCount()).isLessThanOrEqualTo(20);
        assertThat(measured.latencies().count()).isEqualTo(samples.offeredCount());
        assertThat(measured.latencies().longest()).isGreaterThan(300_000_000L);
        assertThat(measured.waits().max()).isGreaterThan(270_000_000L);
        assertThat(measured.executions().p50()).isLessThan(measured.latencies().percentile(0.5));
    }

    @Test
    void queries_do_not_wait_for_each_others_connections() {
        LoadStream slow = stream("slow", 12, 1, Ending.ROLLBACK, reading("select pg_sleep(0.3)", Map.of()));
        LoadStream other = stream("other", 50, 1, Ending.ROLLBACK, reading("select 1", Map.of()));

        LoadSamples samples = measure(List.of(slow, other), SHORT);

        assertThat(of(samples, "slow").waits().max()).isGreaterThan(300_000_000L);
        assertThat(of(samples, "other").waits().p50())
                .isLessThan(of(samples, "slow").waits().p50());
    }

    @Test
    void an_open_run_ends_when_it_is_told_and_counts_what_was_waiting_for_a_lock() {
        run("create table guarded (id int); insert into guarded values (1)");
        Timing open = new Timing(Duration.ZERO, null, Duration.ofMillis(100), Duration.ofSeconds(30));
        LoadStream writer =
                stream("writer", 50, 2, Ending.COMMIT, written("update guarded set id = id", Map.of(), null, Map.of()));
        try (Session blocker = database.open();
                OpenLoop loop = OpenLoop.start(database, List.of(writer), open)) {
            blocker.execute("begin; lock table guarded in share mode");
            until(blocker, "2 = (select count(*) from pg_locks where relation = 'guarded'::regclass and not granted)");
            blocker.execute("select pg_sleep(0.3); commit");

            StreamSamples samples = of(loop.stop(), "writer");

            assertThat(samples.failed() + samples.unfinished()).isZero();
            assertThat(samples.latencies().longest()).isGreaterThan(299_000_000L);
        }
    }

    /** What a deployment avoids, and what it does instead, by locks and rows and not by times. */
    @Test
    void writers_wait_for_a_plain_build_and_go_on_during_a_concurrent_one() {
        run("create table counted (id int primary key, n int); insert into counted values (1, 0)");
        Timing open = new Timing(Duration.ZERO, null, Duration.ofMillis(100), Duration.ZERO);
        LoadStream writer = stream(
                "writer", 50, 2, Ending.COMMIT, written("update counted set n = n + 1", Map.of(), null, Map.of()));
        try (Session builder = database.open();
                Session holder = database.open();
                Session look = database.open();
                OpenLoop loop = OpenLoop.start(database, List.of(writer), open)) {
            builder.execute("begin; create index plainly on counted (n)");
            until(
                    look,
                    "2 = (select count(*) from pg_locks where relation = 'counted'::regclass and not granted"
                            + " and mode = 'RowExclusiveLock')");
            builder.execute("commit");

            holder.execute("begin isolation level repeatable read; select 1 from noted");
            Thread build = new Thread(() -> builder.execute("create index concurrently online on counted (n)"));
            build.start();
            String waits = "exists (select from pg_stat_progress_create_index where datname = current_database()"
                    + " and phase = 'waiting for old snapshots')";
            until(look, waits);
            long before = number(look, "select n from counted");
            until(look, "(select n from counted) > " + (before + 5));
            assertThat(number(look, "select (" + waits + ")::int")).isOne();
            holder.execute("commit");
            join(build);

            StreamSamples samples = of(loop.stop(), "writer");
            assertThat(samples.failed() + samples.unfinished()).isZero();
            assertThat(number(look, "select n from counted"))
                    .isEqualTo(samples.latencies().count());
        }
    }

    private static void until(Session session, String condition) {
        while (number(session, "select (" + condition + ")::int") == 0) {
            session.execute("select pg_sleep(0.01)");
        }
    }

    private static long number(Session session, String sql) {
        return session.query(sql, row -> row.getLong(1)).get(0);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_connection_that_is_ended_is_replaced_and_counted_once() {
        LoadStream ended = stream(
                "ended",
                50,
                1,
                Ending.ROLLBACK,
                reading(
                        "select pg_terminate_backend(pid) from pg_stat_activity where :number = 1 and pid = pg_backend_pid()",
                        Map.of("number", "0")),
                reading(
                        "select pg_terminate_backend(pid) from pg_stat_activity where :number = 1 and pid = pg_backend_pid()",
                        Map.of("number", "1")));

        LoadSamples samples = measure(List.of(ended), SHORT);

        assertThat(of(samples, "ended").errors()).containsOnlyKeys("57P01");
        assertThat(of(samples, "ended").failed())
                .isEqualTo(samples.offeredCount() / 2)
                .isPositive();
    }

    @Test
    void a_warm_up_is_not_recorded() {
        Timing warmed = new Timing(
                Duration.ofSeconds(1), Duration.ofMillis(200), Duration.ofMillis(100), Duration.ofSeconds(30));
        LoadStream stays = stream(
                "warm",
                100,
                1,
                Ending.COMMIT,
                written("insert into noted (what) values ('warm')", Map.of(), null, Map.of()));

        LoadSamples samples = measure(List.of(stays), warmed);

        assertThat(count("what = 'warm'")).isGreaterThan(3 * samples.offeredCount());
        assertThat(of(samples, "warm").latencies().count()).isEqualTo(samples.offeredCount());
    }

    @Test
    void a_role_that_is_not_there_ends_it_at_once() {
        LoadStream nobody = stream("x", 1, 1, Ending.ROLLBACK, written("select 1", Map.of(), "nobody_there", Map.of()));

        assertThatThrownBy(() -> OpenLoop.start(database, List.of(nobody), SHORT))
                .isInstanceOf(PgattestException.class)
                .hasMessageContaining("nobody_there");
    }

    private static LoadSamples measure(List<LoadStream> streams, Timing timing) {
        try (OpenLoop loop = OpenLoop.start(database, streams, timing)) {
            return loop.finish();
        }
    }

    private static StreamSamples of(LoadSamples samples, String name) {
        return samples.streams().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static LoadStream stream(
            String name, double perSecond, int connections, Ending ending, CaseStatement... draws) {
        return new LoadStream(name, perSecond, connections, List.of(draws), ending);
    }

    private static CaseStatement reading(String sql, Map<String, @Nullable String> values) {
        return new CaseStatement("q.sql", (NamedSql) NamedSql.parse(sql), values, null, Map.of(), false);
    }

    private static CaseStatement statement(String sql, Map<String, @Nullable String> values) {
        return written(sql, values, null, Map.of());
    }

    private static CaseStatement written(
            String sql, Map<String, @Nullable String> values, @Nullable String role, Map<String, String> settings) {
        return new CaseStatement("q.sql", (NamedSql) NamedSql.parse(sql), values, role, settings, true);
    }

    private static long count(String condition) {
        try (Session session = database.open()) {
            return session.query("select count(*) from noted where " + condition, row -> row.getLong(1))
                    .get(0);
        }
    }

    private static void run(String sql) {
        try (Session session = database.open()) {
            session.execute(sql);
        }
    }
}
