package dev.pgattest.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgattest.ExitCode;
import dev.pgattest.PgattestException;
import dev.pgattest.deploy.DeploymentPlan;
import dev.pgattest.deploy.DeploymentPlanJson;
import dev.pgattest.deploy.DeploymentRecord;
import dev.pgattest.deploy.Hazard;
import dev.pgattest.deploy.StatusReport;
import dev.pgattest.deploy.Step;
import dev.pgattest.deploy.StepKind;
import dev.pgattest.pipeline.DeployLab.Live;
import dev.pgattest.report.DeploymentStatusText;
import dev.pgattest.report.Paint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeploymentTest {

    private static final String MIGRATION = """
            alter table orders add column status varchar(10) not null default 'open';
            alter table orders add column note text;
            create index orders_status on orders (status);
            comment on index orders_status is 'To be replaced.';
            create index "Gehört weg" on orders (note);
            create table archive (id bigint);
            create index archive_id on archive (id);
            """;

    private static final String APPLY = """
            create index concurrently orders_owner on orders (owner) where status in ('open', 'late');
            drop index concurrently "Gehört weg";
            create index concurrently new_status on orders (status, id);
            drop index concurrently orders_status;
            alter index new_status rename to orders_status;
            comment on index orders_status is 'It''s replaced.';
            create unique index concurrently "Größe ""x"" y" on orders (lower(note));
            set lock_timeout = '1s';
            create table totals (owner bigint primary key, orders bigint not null);
            create index totals_orders on totals (orders);
            set role pg_database_owner;
            reset role;
            insert into totals select owner, count(*) from orders group by owner;
            analyze totals;
            """;

    private static final String UNDO = """
            drop table totals;
            drop index concurrently "Größe ""x"" y";
            drop index concurrently orders_status;
            create index concurrently orders_status on orders (status);
            comment on index orders_status is 'To be replaced.';
            create index concurrently "Gehört weg" on orders (note);
            drop index concurrently orders_owner;
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private static Path folder;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private DeployLab lab;

    @BeforeAll
    void makeLab() throws IOException {
        lab = DeployLab.of(DeployLab.project(folder, MIGRATION, APPLY, UNDO)).with("""
                        insert into owners select n from generate_series(1, 10) n;
                        insert into orders (id, owner, note) select n, 1 + n % 10, 'note ' || n from generate_series(1, 500) n;
                        create index by_hand on orders (id, owner);
                        """);
    }

    @Test
    void a_plan_makes_before_it_removes_and_leaves_the_rest_alone() {
        DeploymentPlan plan = lab.database().plan("indexed");

        assertThat(plan.steps().stream()
                        .map(step -> step.kind() + " " + step.subject().text()))
                .containsExactly(
                        "CREATE public.orders_owner",
                        "CREATE public.orders_status_pgattest_new",
                        "SWAP public.orders_status",
                        "CREATE public.\"Größe \"\"x\"\" y\"",
                        "ANALYZE public.orders",
                        "SCRIPT states/apply.sql:9",
                        "CREATE public.totals_orders",
                        "DATA states/apply.sql:13",
                        "ANALYZE states/apply.sql:14",
                        "DROP public.\"Gehört weg\"",
                        "CLEAN public.orders_status_pgattest_old");
        assertThat(plan.notes()).contains("not managed, so not touched: public.by_hand");
        assertThat(plan.hazards())
                .containsExactly(Hazard.DROP_INDEX, Hazard.REPLACE_INDEX, Hazard.UNIQUE_BUILD, Hazard.SCRIPT);
        assertThat(DeploymentPlanJson.read(DeploymentPlanJson.text(plan))).isEqualTo(plan);
    }

    @Test
    void a_state_is_reached_and_taken_back_without_a_trace() {
        Live live = lab.database();
        List<String> before = live.schema().lines();

        live.apply("indexed");

        assertThat(live.steps("indexed")).isEmpty();
        assertThat(live.invalidIndexes()).isEmpty();
        assertThat(live.texts("select sum(orders) from totals")).containsExactly("500");
        assertThat(live.texts("select obj_description('orders_status'::regclass)"))
                .containsExactly("It's replaced.");
        assertThat(live.history().last().orElseThrow().outcome()).isEqualTo(DeploymentRecord.Outcome.DONE);

        live.rollback(DeploymentListener.SILENT);

        assertThat(live.schema().lines()).isEqualTo(before);
        assertThat(live.steps("plain")).isEmpty();
        assertThat(live.history().deployments().get(0).outcome()).isEqualTo(DeploymentRecord.Outcome.UNDONE);
    }

    @Test
    void a_state_is_left_for_another_by_its_undo() {
        Live live = lab.database();
        List<String> before = live.schema().lines();
        live.apply("indexed").apply("plain");
        assertThat(live.schema().lines()).isEqualTo(before);
        assertThat(live.history().deployments()).hasSize(2);
    }

    @Test
    void a_query_is_never_without_the_index_that_is_replaced() {
        Live live = lab.database();
        List<String> seen = new ArrayList<>();

        live.apply("indexed", new DeploymentListener() {
            @Override
            public void executed(Step step) {
                seen.addAll(live.texts("""
                        select count(*) > 0 from pg_index
                        where indisvalid and indkey[0] = (
                            select attnum from pg_attribute where attrelid = 'orders'::regclass and attname = 'status')
                        """));
            }
        });

        assertThat(seen).hasSizeGreaterThan(5).containsOnly("t");
    }

    @Test
    void nothing_is_done_twice() {
        Live live = lab.database().apply("indexed");
        assertThat(live.carryOut(live.plan("indexed"), DeploymentListener.SILENT))
                .isEmpty();
        assertThat(live.history().deployments()).hasSize(1);
    }

    @Test
    void a_hazard_that_is_not_allowed_stops_everything() {
        Live live = lab.database();
        assertThatThrownBy(() -> live.carryOut(live.plan("indexed"), DeploymentListener.SILENT, Hazard.SCRIPT))
                .isInstanceOfSatisfying(PgattestException.class, failure -> {
                    assertThat(failure.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
                    assertThat(failure.problems().get(0).remedy())
                            .isEqualTo("look at the plan, then add --allow drop-index --allow replace-index"
                                    + " --allow unique-build");
                });
        assertThat(live.texts("select to_regnamespace('pgattest')")).containsOnlyNulls();
    }

    @Test
    void a_plan_is_refused_when_the_catalog_has_changed() {
        Live live = lab.database();
        DeploymentPlan plan = live.plan("indexed");
        live.run("create index orders_owner on orders (owner)");
        assertThatThrownBy(() -> live.carryOut(plan, DeploymentListener.SILENT, Hazard.values()))
                .hasMessageContaining("made for another state of the database");
    }

    @Test
    void an_index_that_says_the_same_in_other_words_is_left_alone() {
        Live live = lab.database();
        live.run("create index orders_owner on orders (owner) where status = any (array['late', 'open']::text[])");
        assertThat(live.steps("indexed")).noneMatch(step -> step.contains("orders_owner"));
    }

    @Test
    void a_drifted_index_is_replaced_and_comes_back_with_the_rollback() {
        Live live = lab.database().apply("indexed");
        live.run("drop index orders_owner; create index orders_owner on orders (owner, id)");
        assertThat(live.steps("indexed"))
                .containsExactly(
                        "create public.orders_owner_pgattest_new",
                        "swap public.orders_owner",
                        "clean public.orders_owner_pgattest_old");

        live.apply("indexed");
        assertThat(live.steps("indexed")).isEmpty();
        live.rollback(DeploymentListener.SILENT);

        assertThat(live.texts("select pg_get_indexdef('orders_owner'::regclass)"))
                .containsExactly("CREATE INDEX orders_owner ON public.orders USING btree (owner, id)");
        assertThat(live.texts("select count(*) from totals")).containsExactly("10");
    }

    @Test
    void an_invalid_index_that_nobody_knows_has_to_be_allowed() {
        Live live = lab.database();
        live.run("create index orders_owner on orders (owner) where status in ('open', 'late')");
        live.run("update pg_index set indisvalid = false where indexrelid = 'orders_owner'::regclass");
        DeploymentPlan plan = live.plan("indexed");
        assertThat(plan.steps().get(0).kind()).isEqualTo(StepKind.CREATE);
        assertThat(plan.steps().get(0).hazards()).containsExactly(Hazard.INVALID_INDEX);

        live.apply("indexed");
        assertThat(live.invalidIndexes()).isEmpty();
    }

    @Test
    void rows_that_are_equal_are_named_and_leave_nothing_behind() {
        Live live = lab.database();
        live.run(
                "update orders set note = 'Same' where id < 4; update orders set note = 'same too' where id in (10, 11);"
                        + "update orders set note = null where id > 490");
        assertThatThrownBy(() -> live.apply("indexed")).isInstanceOfSatisfying(DeploymentRefused.class, failure -> {
            assertThat(failure.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(failure)
                    .hasMessageContaining("(lower(note)) = (same), 3 rows; (lower(note)) = (same too), 2 rows");
        });
        assertThat(live.invalidIndexes()).isEmpty();
        DeploymentRecord last = live.history().last().orElseThrow();
        assertThat(last.isUnfinished()).isTrue();
        assertThat(last.steps().get(last.steps().size() - 1).outcome()).isEqualTo("failed");

        live.run("update orders set note = id::text").apply("indexed");
        assertThat(live.history().last().orElseThrow().isUnfinished()).isFalse();
    }

    @Test
    void what_the_server_refuses_in_a_script_leaves_nothing_of_its_transaction() {
        Live live = lab.database();
        DeploymentPlan plan = live.plan("indexed");
        live.run("create type totals as enum ('a')");
        assertThatThrownBy(() -> live.carryOut(plan, DeploymentListener.SILENT, Hazard.values()))
                .isInstanceOfSatisfying(
                        DeploymentRefused.class,
                        failure -> assertThat(failure)
                                .hasMessageContaining("script states/apply.sql:9 is refused by the server")
                                .hasMessageContaining("totals"));
        live.run("drop type totals").apply("indexed");
        assertThat(live.steps("indexed")).isEmpty();
    }

    @Test
    void rows_that_an_index_cannot_hold_leave_nothing_behind() {
        Live live = lab.database();
        live.run(
                "drop index \"Gehört weg\"; update orders set note = (select string_agg(md5(n::text), '') from generate_series(1, 2000) n) where id = 1");
        assertThatThrownBy(() -> live.apply("indexed"))
                .isInstanceOf(DeploymentRefused.class)
                .hasMessageContaining("index row requires");
        assertThat(live.invalidIndexes()).isEmpty();
    }

    @Test
    void two_deployments_at_once_are_one_after_the_other() {
        Live live = lab.database();
        DeploymentPlan plan = live.plan("indexed");
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        List<CompletableFuture<Void>> both = Stream.of(1, 2)
                .map(number -> CompletableFuture.runAsync(
                                () -> live.carryOut(plan, DeploymentListener.SILENT, Hazard.values()))
                        .exceptionally(failure -> {
                            failures.add(failure.getCause());
                            return null;
                        }))
                .toList();
        both.forEach(CompletableFuture::join);
        assertThat(failures).hasSize(1);
        assertThat(failures.get(0)).hasMessageContaining("the plan was made for another state of the database");
        assertThat(live.steps("indexed")).isEmpty();
        assertThat(live.history().deployments()).hasSize(1);
    }

    @Test
    void what_stands_in_the_way_is_listed_all() {
        Live live = lab.database();
        live.run("create view orders_owner as select 1; alter table orders rename to gone");
        assertThatThrownBy(() -> live.plan("indexed")).isInstanceOfSatisfying(PgattestException.class, failure -> {
            assertThat(failure.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
            assertThat(failure.problems())
                    .extracting(problem -> problem.message())
                    .contains(
                            "the name public.orders_owner is taken by a view",
                            "the table public.orders of the index public.orders_owner does not exist");
        });
    }

    @Test
    void an_unfinished_deployment_has_to_be_finished_or_taken_back_first() {
        Live live = lab.database();
        assertThatThrownBy(() -> live.apply("indexed", failingAt(StepKind.SCRIPT)))
                .hasMessage("stopped by the test");

        assertThat(live.history().last().orElseThrow().isUnfinished()).isTrue();
        assertThatThrownBy(() -> live.plan("plain")).hasMessageContaining("deployment 1 to indexed is unfinished");
        StatusReport status = new DeploymentStatus(folder, live.connections().settings()).run();
        assertThat(DeploymentStatusText.of(status, Paint.NONE))
                .contains("interrupted: script states/apply.sql:9")
                .contains("now: public.orders_status is valid")
                .contains("nobody is at work; the last deployment is unfinished");
        live.rollback(DeploymentListener.SILENT);
        assertThat(live.steps("plain")).isEmpty();
    }

    static DeploymentListener failingAt(StepKind kind) {
        return new DeploymentListener() {
            @Override
            public void starts(Step step) {
                if (step.kind() == kind) {
                    throw PgattestException.environment("stopped by the test", "");
                }
            }
        };
    }
}
