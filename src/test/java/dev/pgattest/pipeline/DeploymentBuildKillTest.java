package dev.pgattest.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgattest.ExitCode;
import dev.pgattest.PgattestException;
import dev.pgattest.deploy.BuildProgress;
import dev.pgattest.deploy.PlanSettings;
import dev.pgattest.deploy.Step;
import dev.pgattest.deploy.StepKind;
import dev.pgattest.pipeline.DeployLab.Live;
import dev.pgattest.postgres.Session;
import dev.pgattest.postgres.server.CrashingServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The backend is killed while a concurrent build or drop waits inside the server; and the whole server is shut down at once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeploymentBuildKillTest {

    private static final String MIGRATION = """
            alter table orders add column status varchar(10) not null default 'open';
            create index unused on orders (owner, status);
            """;

    private static final String APPLY = """
            create unique index concurrently orders_once on orders (status, id);
            create table totals (owner bigint primary key, orders bigint not null);
            insert into totals select owner, count(*) from orders group by owner;
            drop index concurrently unused;
            """;

    private static final String UNDO = """
            create index concurrently unused on orders (owner, status);
            drop table totals;
            drop index concurrently orders_once;
            """;

    private static final String ROWS = "insert into owners select n from generate_series(1, 10) n;"
            + "insert into orders select n, 1 + n % 10 from generate_series(1, 500) n";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private static Path folder;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private DeployLab lab;

    @BeforeAll
    void makeLab() throws IOException {
        lab = DeployLab.of(DeployLab.project(folder, MIGRATION, APPLY, UNDO)).with(ROWS);
    }

    /** What a build or a drop waits for, and how others make it wait. */
    private enum Wait {
        /** The first scan has not begun: the leftover is not ready. */
        BEFORE_BUILD(StepKind.CREATE, "begin; update orders set status = 'late' where id = 1"),
        /** Both scans are done: the leftover is maintained, and refuses rows already. */
        OLD_SNAPSHOT(StepKind.CREATE, "begin isolation level repeatable read; select count(*) from owners"),
        /** The index is no longer valid, but still maintained. */
        DROP(StepKind.DROP, "begin; select count(*) from orders");

        private final StepKind kind;
        private final String blocker;

        Wait(StepKind kind, String blocker) {
            this.kind = kind;
            this.blocker = blocker;
        }
    }

    @ParameterizedTest
    @EnumSource(Wait.class)
    void a_backend_that_is_killed_while_it_waits_leaves_what_the_next_run_mends(Wait wait) {
        Live live = lab.database();
        try (Session blocker = live.connections().open()) {
            AtomicBoolean killed = new AtomicBoolean();
            assertThatThrownBy(() -> live.apply("indexed", new DeploymentListener() {
                        @Override
                        public void starts(Step step) {
                            if (step.kind() == wait.kind) {
                                blocker.execute(wait.blocker);
                            }
                        }

                        @Override
                        public void watched(Step step, BuildProgress progress) {
                            if (progress.blocker() != null
                                    && step.kind() == wait.kind
                                    && killed.compareAndSet(false, true)) {
                                DeploymentKillTest.terminate(live);
                            }
                        }
                    }))
                    .isInstanceOfSatisfying(
                            PgattestException.class,
                            failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.ENVIRONMENT));
            assertThat(killed).isTrue();
            assertThat(live.invalidIndexes()).hasSize(1);
            blocker.execute("rollback");
        }

        live.apply("indexed");
        assertReached(live);
    }

    private static void assertReached(Live live) {
        assertThat(live.steps("indexed")).isEmpty();
        assertThat(live.invalidIndexes()).isEmpty();
        assertThat(live.texts("select sum(orders) from totals")).containsExactly("500");
        assertThat(live.texts("select count(*) || ' ' || sum(id) || ' ' || sum(owner) from orders"))
                .containsExactly("500 125250 2750");
    }

    @Test
    void a_lock_timeout_inside_a_build_is_tried_again_from_a_clean_state() {
        Live live = lab.database();
        List<String> retried = new ArrayList<>();
        try (Session blocker = live.connections().open()) {
            blocker.execute("begin; update orders set status = 'late' where id = 1");
            DeployRequest patient = live.request("indexed");
            DeployRequest request = new DeployRequest(
                    patient.project(),
                    patient.database(),
                    patient.reference(),
                    patient.states(),
                    new PlanSettings(Duration.ofMillis(300), Duration.ofMillis(300), Duration.ZERO, 3, 0));
            live.apply(request, new DeploymentListener() {
                @Override
                public void retries(Step step, int attempt, Duration pause, String why) {
                    retried.add(step.kind().word() + " " + attempt + " " + why);
                    blocker.execute("rollback");
                }
            });
        }
        assertThat(retried).hasSize(1);
        assertThat(retried.get(0)).startsWith("create 1 canceling statement due to lock timeout");
        assertReached(live);
    }

    @Test
    void a_deadline_cancels_the_own_backend_alone() {
        Live live = lab.database();
        try (Session blocker = live.connections().open()) {
            blocker.execute("begin; update orders set status = 'late' where id = 1");
            DeployRequest patient = live.request("indexed");
            DeployRequest request = new DeployRequest(
                    patient.project(),
                    patient.database(),
                    patient.reference(),
                    patient.states(),
                    new PlanSettings(Duration.ofMillis(300), Duration.ofMinutes(5), Duration.ofMillis(700), 3, 0));
            assertThatThrownBy(() -> live.apply(request, DeploymentListener.SILENT))
                    .hasMessageContaining("create public.orders_once was cancelled");
            blocker.execute("commit");
        }
        assertThat(live.history().last().orElseThrow().steps().get(0).outcome()).isEqualTo("failed");
        live.run("update orders set status = 'open' where id = 1").apply("indexed");
        assertReached(live);
    }

    @Test
    void a_server_that_is_shut_down_at_once_is_gone_on_with() {
        try (CrashingServer server = new CrashingServer()) {
            DeployLab crashing = DeployLab.on(folder, server.connections()).with(ROWS);
            for (StepKind kind : List.of(StepKind.CREATE, StepKind.SCRIPT, StepKind.DATA, StepKind.DROP)) {
                for (boolean executed : List.of(false, true)) {
                    Live live = crashing.database();
                    assertThatThrownBy(() -> live.apply("indexed", crashAt(kind, executed, server)))
                            .isInstanceOfSatisfying(
                                    PgattestException.class,
                                    failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.ENVIRONMENT));
                    live.apply("indexed");
                    assertReached(live);
                }
            }
            crashInsideABuild(crashing, server);
        }
    }

    private static DeploymentListener crashAt(StepKind kind, boolean executed, CrashingServer server) {
        return new DeploymentListener() {
            @Override
            public void starts(Step step) {
                if (step.kind() == kind && !executed) {
                    server.crash();
                }
            }

            @Override
            public void executed(Step step) {
                if (step.kind() == kind && executed) {
                    server.crash();
                }
            }
        };
    }

    private static void crashInsideABuild(DeployLab crashing, CrashingServer server) {
        Live live = crashing.database();
        Session blocker = live.connections().open();
        blocker.execute("begin isolation level repeatable read; select count(*) from owners");
        AtomicBoolean crashed = new AtomicBoolean();
        assertThatThrownBy(() -> live.apply("indexed", new DeploymentListener() {
                    @Override
                    public void watched(Step step, BuildProgress progress) {
                        if (progress.blocker() != null && crashed.compareAndSet(false, true)) {
                            server.crash();
                        }
                    }
                }))
                .isInstanceOf(PgattestException.class);
        assertThat(live.invalidIndexes()).containsExactly("orders_once");
        live.apply("indexed");
        assertReached(live);
    }
}
