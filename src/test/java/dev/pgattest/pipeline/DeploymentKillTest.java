package dev.pgattest.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pgattest.ExitCode;
import dev.pgattest.PgattestException;
import dev.pgattest.deploy.DeploymentPlan;
import dev.pgattest.deploy.Hazard;
import dev.pgattest.deploy.Step;
import dev.pgattest.pipeline.DeployLab.Live;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is killed at whatever point of a deployment or of a rollback: doing it again brings the database where it was to go. The
 * backend that changes the database is killed at every boundary of every step and inside builds.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeploymentKillTest {

    private static final String MIGRATION = """
            alter table orders add column status varchar(10) not null default 'open';
            create index orders_status on orders (status);
            create index unused on orders (owner, status);
            """;

    private static final String APPLY = """
            create index concurrently orders_owner on orders (owner) where status in ('open', 'late');
            drop index concurrently orders_status;
            create index concurrently orders_status on orders (status, id);
            create table totals (owner bigint primary key, orders bigint not null);
            create function total() returns bigint language sql as 'select sum(orders)::bigint from totals';
            insert into totals select owner, count(*) from orders group by owner;
            create unique index concurrently orders_once on orders (lower(status), id);
            drop index concurrently unused;
            """;

    private static final String UNDO = """
            drop function total();
            drop table totals;
            drop index concurrently orders_once, orders_status, orders_owner;
            create index concurrently orders_status on orders (status);
            create index concurrently unused on orders (owner, status);
            """.replace(
            "concurrently orders_once, orders_status, orders_owner", "orders_once, orders_status, orders_owner");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private static Path folder;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private DeployLab lab;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private List<String> target;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private List<String> origin;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private DeploymentPlan plan;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private DeploymentPlan back;

    @BeforeAll
    void makeLab() throws IOException {
        lab = DeployLab.of(DeployLab.project(folder, MIGRATION, APPLY, UNDO))
                .with("insert into owners select n from generate_series(1, 10) n;"
                        + "insert into orders select n, 1 + n % 10 from generate_series(1, 500) n");
        Live live = lab.database();
        origin = live.schema().lines();
        plan = live.plan("indexed");
        live.apply("indexed");
        target = live.schema().lines();
        back = live.rollbackPlan();
    }

    /** A moment of a step. */
    private enum Moment {
        BEGINS,
        STARTS,
        EXECUTED,
        ENDS
    }

    private static final class At implements DeploymentListener {

        private final int number;
        private final Moment moment;
        private final Runnable act;
        private int current;

        At(int number, Moment moment, Runnable act) {
            this.number = number;
            this.moment = moment;
            this.act = act;
        }

        private void at(Moment now) {
            if (current == number && now == moment) {
                act.run();
            }
        }

        @Override
        public void begins(int step, int count, Step next) {
            current = step;
            at(Moment.BEGINS);
        }

        @Override
        public void starts(Step step) {
            at(Moment.STARTS);
        }

        @Override
        public void executed(Step step) {
            at(Moment.EXECUTED);
        }

        @Override
        public void ends(Step step, Duration elapsed) {
            at(Moment.ENDS);
        }
    }

    @TestFactory
    Stream<DynamicTest> a_killed_backend_is_gone_on_from() {
        List<DynamicTest> tests = new ArrayList<>();
        for (int step = 1; step <= plan.steps().size(); step++) {
            for (Moment moment : Moment.values()) {
                int number = step;
                if (moment == Moment.ENDS && step < plan.steps().size()) {
                    // The next step's beginning is the same moment.
                    continue;
                }
                tests.add(
                        DynamicTest.dynamicTest("apply, step " + step + " " + moment, () -> killApply(number, moment)));
            }
        }
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> a_killed_rollback_is_gone_on_from() {
        List<DynamicTest> tests = new ArrayList<>();
        for (int step = 1; step <= back.steps().size(); step++) {
            for (Moment moment : List.of(Moment.STARTS, Moment.EXECUTED)) {
                int number = step;
                tests.add(DynamicTest.dynamicTest(
                        "rollback, step " + step + " " + moment, () -> killRollback(number, moment)));
            }
        }
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> an_interrupted_deployment_can_be_taken_back() {
        List<DynamicTest> tests = new ArrayList<>();
        for (int step = 1; step <= plan.steps().size(); step++) {
            int number = step;
            tests.add(DynamicTest.dynamicTest("apply, step " + step + ", then rollback", () -> {
                Live live = lab.database();
                fails(() -> live.apply("indexed", new At(number, Moment.EXECUTED, () -> terminate(live))));
                live.rollback(DeploymentListener.SILENT);
                assertThat(live.schema().lines()).isEqualTo(origin);
                assertUnharmed(live);
            }));
        }
        return tests.stream();
    }

    private void killApply(int step, Moment moment) {
        Live live = lab.database();
        // After the last step only the end of the deployment is left to be written.
        fails(() -> live.carryOut(plan(live), new At(step, moment, () -> terminate(live)), Hazard.values()));
        assertThat(live.history().last().orElseThrow().isUnfinished()).isTrue();

        live.apply("indexed");

        assertThat(live.schema().lines()).isEqualTo(target);
        assertThat(live.history().unfinished()).isEmpty();
        assertThat(live.texts("select total()")).containsExactly("500");
        assertUnharmed(live);
    }

    private static DeploymentPlan plan(Live live) {
        return live.plan("indexed");
    }

    private void killRollback(int step, Moment moment) {
        Live live = lab.database().apply("indexed");
        fails(() -> live.rollback(new At(step, moment, () -> terminate(live))));

        live.rollback(DeploymentListener.SILENT);

        assertThat(live.schema().lines()).isEqualTo(origin);
        assertUnharmed(live);
    }

    private static void assertUnharmed(Live live) {
        assertThat(live.invalidIndexes()).isEmpty();
        assertThat(live.texts("select count(*) || ' ' || sum(id) || ' ' || sum(owner) from orders"))
                .containsExactly("500 125250 2750");
    }

    private static void fails(Runnable deployment) {
        PgattestException failure = catchThrowableOfType(PgattestException.class, deployment::run);
        assertThat(failure).as("nothing failed").isNotNull();
        assertThat(failure.exitCode()).isEqualTo(ExitCode.ENVIRONMENT);
    }

    /** Ends the backend that changes the database, and waits until it is gone. */
    static void terminate(Live live) {
        live.run("""
                do $$
                declare
                    builder int := (
                        select pid from pg_locks
                        where locktype = 'advisory' and granted
                          and database = (select oid from pg_database where datname = current_database()));
                begin
                    perform pg_terminate_backend(builder);
                    while exists (select from pg_stat_activity where pid = builder) loop
                        perform pg_sleep(0.005);
                        perform pg_stat_clear_snapshot();
                    end loop;
                end $$
                """);
    }
}
