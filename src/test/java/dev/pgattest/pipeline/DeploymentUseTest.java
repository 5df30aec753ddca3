package dev.pgattest.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgattest.deploy.Hazard;
import dev.pgattest.deploy.PreflightLimits;
import dev.pgattest.deploy.Step;
import dev.pgattest.deploy.UseOfIndex;
import dev.pgattest.pipeline.ApplyRequest.UseDemand;
import dev.pgattest.pipeline.DeployLab.Live;
import dev.pgattest.postgres.Session;
import dev.pgattest.testing.ProvenProject;
import dev.pgattest.testing.ShopProject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether queries use the indexes that a deployment makes for them. */
class DeploymentUseTest {

    private static final String MANY_ROWS = "insert into owners select n from generate_series(1, 5000) n;"
            + " insert into orders (id, owner) select n, 1 + n % 5000 from generate_series(1, 20000) n;"
            + " analyze owners; analyze orders;";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    /** Hears what was seen. */
    private static final class Ear implements DeploymentListener {

        private final List<String> seen = new ArrayList<>();
        private final List<UseOfIndex> unused = new ArrayList<>();

        @Override
        public void looked(Step step, List<UseOfIndex> uses) {
            uses.forEach(use -> seen.add(use.text()));
        }

        @Override
        public void unused(List<UseOfIndex> cases) {
            unused.addAll(cases);
        }
    }

    private static ShopProject project() {
        return new ShopProject()
                .with(
                        "workload.yaml",
                        "    owner: shop\n",
                        "    owner: shop\n    indexes: {indexed: [orders_owner]}\n");
    }

    private DeployLab lab(ShopProject project) throws IOException {
        return DeployLab.of(project.writeTo(folder));
    }

    private static ApplyRequest request(UseDemand demand) {
        return new ApplyRequest(Set.of(Hazard.values()), PreflightLimits.DEFAULT, Duration.ofSeconds(30), demand);
    }

    private void apply(Live live, UseDemand demand, DeploymentListener listener) {
        new ApplyDeployment(request(demand), listener).plan(live.plan("indexed"), folder, live.connections());
    }

    @Test
    void an_index_is_used_by_the_cases_that_it_was_made_for() throws IOException {
        Live live = lab(project()).with(MANY_ROWS).database();
        Ear ear = new Ear();
        apply(live, UseDemand.REQUIRE, ear);
        assertThat(ear.seen)
                .containsExactly(
                        "public.orders_owner is used by Q1_orders (typical)",
                        "public.orders_owner is used by Q1_orders (worst)");
        assertThat(ear.unused).isEmpty();
    }

    @Test
    void a_plan_that_does_without_the_index_is_told_with_what_it_would_cost() throws IOException {
        Live live = lab(project())
                .with("insert into owners values (1), (3);"
                        + "insert into orders select n, 1 + n % 2 * 2 from generate_series(1, 50) n; analyze orders")
                .database();
        Ear ear = new Ear();
        apply(live, UseDemand.REPORT, ear);
        assertThat(ear.unused).hasSize(2);
        assertThat(ear.unused.get(0).text())
                .startsWith("public.orders_owner is not used by Q1_orders (typical): its plan reads public.orders by a"
                        + " sequential scan at the planner's cost ")
                .contains(", with the index ")
                .endsWith("; rows of the table: about 50");
        assertThat(live.history().unfinished()).isEmpty();
    }

    @Test
    void evidence_says_more_than_what_the_workload_declares() throws IOException {
        Path proven = ProvenProject.writeTo(folder);
        LoadedProject loaded = LoadedProject.read(proven);
        List<ExpectedUse> expected = ExpectedUse.of(
                loaded.project(),
                "indexed",
                FoundEvidence.usual(loaded)
                        .orElseThrow()
                        .use(loaded.project().state("indexed").orElseThrow())
                        .orElseThrow());
        assertThat(expected).isNotEmpty().allSatisfy(use -> {
            assertThat(use.query().name()).isEqualTo("Q1_orders");
            assertThat(use.index()).startsWith("orders_");
        });
        assertThat(ExpectedUse.of(loaded.project(), "indexed", null))
                .extracting(use -> use.index() + " " + use.each().name())
                .containsExactly("orders_owner typical", "orders_owner worst");
    }

    @Test
    void nothing_is_dropped_when_use_is_required_and_missing() throws IOException {
        Live live = lab(project()
                        .withFile("migrations/V2__old.sql", "create index old_one on owners (id, (id + 1));")
                        .withFile(
                                "states/apply.sql",
                                "create index orders_owner on orders (id) where owner < 0; drop index old_one;")
                        .withFile(
                                "states/undo.sql",
                                "create index old_one on owners (id, (id + 1)); drop index orders_owner;"))
                .with(MANY_ROWS)
                .database();
        assertThatThrownBy(() -> apply(live, UseDemand.REQUIRE, DeploymentListener.SILENT))
                .isInstanceOf(DeploymentRefused.class)
                .hasMessageContaining("public.orders_owner is not used by Q1_orders (typical)");
        assertThat(live.texts("select to_regclass('old_one')")).containsExactly("old_one");
        assertThat(live.history().unfinished()).isPresent();

        live.rollback(DeploymentListener.SILENT);
        assertThat(live.steps("plain")).isEmpty();
    }

    @Test
    void a_query_may_go_on_with_the_old_index_until_that_is_dropped() throws IOException {
        Live live = lab(project()
                        .withFile("migrations/V2__old.sql", "create index a_first_one on orders (owner, id);")
                        .withFile(
                                "states/apply.sql",
                                "create index orders_owner on orders (owner); drop index a_first_one;")
                        .withFile(
                                "states/undo.sql",
                                "create index a_first_one on orders (owner, id); drop index orders_owner;"))
                .with(MANY_ROWS)
                .database()
                .run("vacuum orders");
        Ear ear = new Ear();
        apply(live, UseDemand.REQUIRE, ear);
        assertThat(ear.seen)
                .anyMatch(text -> text.contains("is not used by Q1_orders (typical): its plan reads"
                        + " public.orders by a_first_one at the planner's cost "));
        assertThat(ear.unused).isEmpty();
    }

    @Test
    void the_parts_of_a_partitioned_index_stand_for_it() throws IOException {
        Live live = lab(project().withFile("migrations/V1__tables.sql", """
                                create table owners (id bigint primary key);
                                create table orders (id bigint not null, owner bigint not null) partition by hash (id);
                                create table orders_0 partition of orders for values with (modulus 2, remainder 0);
                                create table orders_1 partition of orders for values with (modulus 2, remainder 1);
                                """))
                .with(MANY_ROWS)
                .database();
        Ear ear = new Ear();
        apply(live, UseDemand.REQUIRE, ear);
        assertThat(ear.seen)
                .containsExactly(
                        "public.orders_owner is used by Q1_orders (typical)",
                        "public.orders_owner is used by Q1_orders (worst)");
    }

    @Test
    void a_variant_that_a_later_script_makes_possible_is_looked_at_again() throws IOException {
        Live live = lab(project()
                        .with(
                                "workload.yaml",
                                "    priority: P0\n",
                                "    priority: P0\n    variants: {indexed: {sql: queries/indexed.sql}}\n")
                        .withFile(
                                "queries/indexed.sql",
                                "select id from orders where owner = :owner and (select count(*) from later) = 0\n")
                        .withFile(
                                "states/apply.sql",
                                "create index orders_owner on orders (owner); create table later ();")
                        .withFile("states/undo.sql", "drop table later; drop index orders_owner;"))
                .with(MANY_ROWS)
                .database();
        Ear ear = new Ear();
        apply(live, UseDemand.REQUIRE, ear);
        assertThat(ear.seen)
                .contains("public.orders_owner is not used by Q1_orders (typical): relation \"later\" does not exist");
        assertThat(ear.unused).isEmpty();
    }

    @Test
    void rows_of_the_dataset_and_a_role_that_is_missing_are_named() throws IOException {
        Live live = lab(project()
                        .with(
                                "workload.yaml",
                                "worst: {slo: p95 < 30 s, parameters: {owner: 1}}",
                                "worst: {slo: p95 < 30 s, parameters: {owner: {table: orders, column: owner, row: 7}}}")
                        .with("workload.yaml", "    priority: P0\n", "    priority: P0\n    role: nobody_here\n"))
                .database();
        Ear ear = new Ear();
        apply(live, UseDemand.REPORT, ear);
        assertThat(ear.unused)
                .extracting(UseOfIndex::detail)
                .contains("its session cannot be set up: role \"nobody_here\" does not exist");
    }

    @Test
    void planning_changes_nothing_and_holds_nothing() throws IOException {
        DeployLab lab = lab(project());
        Live live = lab.with(MANY_ROWS).database();
        LoadedProject loaded = LoadedProject.read(folder);
        try (Session session = live.connections().openAs("pgattest (plans)")) {
            assertThat(QueryPlans.on(session, loaded.project(), loaded.statements())
                            .of(
                                    loaded.project().workload().queries().get(0),
                                    loaded.project()
                                            .workload()
                                            .queries()
                                            .get(0)
                                            .cases()
                                            .get(0),
                                    "plain"))
                    .singleElement()
                    .satisfies(plan -> {
                        assertThat(plan.cost().orElseThrow()).isPositive();
                        assertThat(plan.scans())
                                .singleElement()
                                .satisfies(scan -> assertThat(scan.relation()).isEqualTo("orders"));
                        assertThat(plan.refusal()).isEmpty();
                    });
            assertThat(live.texts("select state || ' ' || coalesce(backend_xmin::text, '') from pg_stat_activity"
                            + " where application_name = 'pgattest (plans)' and datname = current_database()"))
                    .containsExactly("idle ");
        }
    }
}
