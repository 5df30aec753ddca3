package dev.pgattest.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.evidence.CaseEvidence;
import dev.pgattest.evidence.LatencySummary;
import dev.pgattest.evidence.ModeEvidence;
import dev.pgattest.evidence.ModeEvidence.OtherPlan;
import dev.pgattest.evidence.SequentialQuantileTest.Decision;
import dev.pgattest.evidence.StateEvidence;
import dev.pgattest.evidence.Verdict;
import dev.pgattest.pipeline.PlanRedraws.CaseName;
import dev.pgattest.plan.PlanParser;
import dev.pgattest.plan.PlanShape;
import dev.pgattest.postgres.CaseSession;
import dev.pgattest.postgres.CaseStatement;
import dev.pgattest.postgres.Connections;
import dev.pgattest.postgres.Session;
import dev.pgattest.postgres.StatisticsSample;
import dev.pgattest.sql.NamedSql;
import dev.pgattest.testing.ShopProject;
import dev.pgattest.testing.TestCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/**
 * Plans under fresh statistics. Chance is put aside: rows change after they were analyzed, so that the next ANALYZE certainly leads to
 * another plan.
 */
class PlanRedrawsTest {

    private static final CaseName TYPICAL = new CaseName("Q1_orders", "typical");

    @TempDir
    Path folder;

    private final Connections connections = TestCluster.freshDatabase();
    private final PlanRedraws redraws = new PlanRedraws(connections, Progress.SILENT);
    private List<CaseRun> runs = List.of();

    @BeforeEach
    void load() throws IOException {
        LoadedProject loaded = LoadedProject.read(new ShopProject().writeTo(folder));
        CaseStatements statements = new CaseStatements(loaded.dataset(new ProveRequest.Size(null, null, 1)));
        runs = CaseRun.of(loaded.project(), loaded.project().firstState(), statements);
        execute(
                "create table orders (id bigint, owner bigint)",
                "insert into orders select i, i from generate_series(1, 40000) as i",
                "create index orders_owner on orders (owner)",
                "create table owners as select i as id from generate_series(1, 30000) as i",
                "vacuum (analyze) orders",
                "vacuum (analyze) owners");
    }

    @Test
    void only_tables_with_more_rows_than_the_sample_are_drawn_by_lot() {
        try (Session session = connections.open()) {
            assertThat(StatisticsSample.tables(session)).containsExactly("public.orders");
            session.execute("alter table orders alter column owner set statistics 200");
            assertThat(StatisticsSample.tables(session)).isEmpty();
            session.execute("alter table orders alter column owner set statistics 10");
            session.execute("set default_statistics_target = 10");
            assertThat(StatisticsSample.tables(session)).containsExactly("public.orders", "public.owners");
        }
    }

    @Test
    void a_plan_that_fresh_statistics_lead_to_is_noted_once_with_its_buffers() {
        StateEvidence measured = measured();
        execute("update orders set owner = 3");

        StateEvidence drawn = redraws.redraw(measured, runs);

        assertThat(drawn.queries().get(0).modes().get(0).otherPlans())
                .singleElement()
                .satisfies(other -> {
                    assertThat(shape(other)).contains("Seq Scan on orders");
                    assertThat(other.buffers()).isGreaterThan(200);
                });
        assertThat(drawn.queries().get(1)).isEqualTo(measured.queries().get(1));
    }

    @Test
    void statistics_that_lead_to_the_same_plan_add_nothing() {
        StateEvidence measured = measured();

        assertThat(redraws.redraw(measured, runs)).isEqualTo(measured);
    }

    @Test
    void a_case_in_doubt_is_run_again_until_it_is_not_and_the_others_are_left_alone() {
        StateEvidence measured = measured();
        execute("update orders set owner = 3");
        List<Integer> asked = new ArrayList<>();

        StateEvidence confirmed = redraws.confirm(measured, runs, known -> {
            int plans = known.queries().get(0).modes().get(0).otherPlans().size();
            asked.add(plans);
            return plans == 0 ? Set.of(TYPICAL) : Set.of();
        });

        assertThat(asked).containsExactly(0, 1);
        assertThat(confirmed.queries().get(1).modes().get(0).otherPlans()).isEmpty();
    }

    @Test
    void a_case_that_stays_in_doubt_is_given_up_after_eight_draws() {
        List<Integer> asked = new ArrayList<>();

        redraws.confirm(measured(), runs, known -> {
            asked.add(0);
            return Set.of(TYPICAL);
        });

        assertThat(asked).hasSize(9);
    }

    @Test
    void the_buffers_of_a_parallel_plan_are_those_of_the_leader_alone_under_the_same_plan() {
        NamedSql sql = (NamedSql) NamedSql.parse("select count(*) from orders where id <> 7");
        Map<String, String> parallel =
                Map.of("parallel_setup_cost", "0", "parallel_tuple_cost", "0", "min_parallel_table_scan_size", "0");
        CaseStatement statement = new CaseStatement("q.sql", sql, Map.of(), null, parallel, false);
        try (CaseSession session = CaseSession.open(connections.open(), statement, "auto");
                Session other = connections.open()) {
            String planJson = session.explainJson();
            assertThat(PlanShape.of(PlanParser.parse(planJson)).text()).contains("Gather", "Parallel Seq Scan");

            assertThat(ExactBuffers.serial(session, planJson))
                    .isEqualTo(
                            other.query("select relpages from pg_class where relname = 'orders'", row -> row.getLong(1))
                                    .get(0));
            assertThat(PlanShape.of(PlanParser.parse(session.explainSerialJson())))
                    .isEqualTo(PlanShape.of(PlanParser.parse(planJson)));
        }
    }

    private StateEvidence measured() {
        List<CaseEvidence> cases = runs.stream().map(this::measured).toList();
        return new StateEvidence(
                "plain",
                "",
                "",
                List.of(),
                List.of(),
                List.of(),
                new StateEvidence.Calibration(1, 1),
                cases,
                Verdict.PASS,
                List.of());
    }

    private CaseEvidence measured(CaseRun run) {
        try (CaseSession session = CaseSession.open(connections.open(), run.statement(), "force_custom_plan")) {
            ExactBuffers.run(session);
            ExactBuffers.Run exact = ExactBuffers.run(session);
            ModeEvidence.Planned planned = new ModeEvidence.Planned(
                    exact.buffers(),
                    0,
                    0,
                    0,
                    0,
                    List.of(),
                    List.of(),
                    JsonMapper.shared().readTree(exact.planJson()),
                    "");
            LatencySummary latency = new LatencySummary(1, 1, 1, null, null, 1, 1);
            ModeEvidence mode = new ModeEvidence("custom", Decision.WITHIN, latency, List.of(1.0), planned, List.of());
            CaseEvidence.Subject subject =
                    new CaseEvidence.Subject("P0", "", false, "", Map.of(), null, "p95 < 1 s", 1000);
            return new CaseEvidence(
                    run.query().name(), run.each().name(), subject, List.of(mode), Verdict.PASS, List.of());
        }
    }

    private static String shape(OtherPlan plan) {
        return PlanShape.of(PlanParser.parse(plan.json().toString())).text();
    }

    private void execute(String... statements) {
        try (Session session = connections.open()) {
            for (String statement : statements) {
                session.execute(statement);
            }
        }
    }
}
