package dev.pgattest.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.Problem;
import dev.pgattest.evidence.BaselineComparison;
import dev.pgattest.evidence.BaselineComparison.Change;
import dev.pgattest.evidence.BaselineComparison.Outcome;
import dev.pgattest.evidence.CaseEvidence;
import dev.pgattest.evidence.Evidence;
import dev.pgattest.evidence.EvidenceJson;
import dev.pgattest.evidence.IndexEvidence;
import dev.pgattest.evidence.LatencySummary;
import dev.pgattest.evidence.ModeEvidence;
import dev.pgattest.evidence.ModeEvidence.OtherPlan;
import dev.pgattest.evidence.RedFlagEvidence;
import dev.pgattest.evidence.SequentialQuantileTest.Decision;
import dev.pgattest.evidence.ServerFacts;
import dev.pgattest.evidence.StateEvidence;
import dev.pgattest.evidence.Verdict;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BaselineTest {

    private static final String SEQUENTIAL =
            "{\"Node Type\": \"Seq Scan\", \"Relation Name\": \"t\", \"Alias\": \"t\"}";
    private static final String INDEX =
            "{\"Node Type\": \"Index Scan\", \"Index Name\": \"i\", \"Relation Name\": \"t\", \"Alias\": \"t\"}";
    private static final String PARALLEL = "{\"Node Type\": \"Gather\", \"Plans\": [" + SEQUENTIAL + "]}";

    @Test
    void the_same_evidence_has_no_changes() {
        Evidence evidence = evidence(mode(INDEX, 100));

        BaselineComparison comparison = baseline(evidence).compare(evidence, 0);

        assertThat(comparison.changes()).isEmpty();
        assertThat(comparison.compared()).isEqualTo(1);
        assertThat(comparison.failed()).isFalse();
    }

    @Test
    void buffers_may_grow_by_the_tolerance_and_no_further() {
        assertThat(outcomes(mode(INDEX, 100), mode(INDEX, 102))).isEmpty();
        assertThat(outcomes(mode(INDEX, 100), mode(INDEX, 103))).containsExactly(Outcome.WORSE);
        assertThat(outcomes(mode(INDEX, 4), mode(INDEX, 5))).containsExactly(Outcome.WORSE);
        assertThat(outcomes(mode(INDEX, 0), mode(INDEX, 1))).containsExactly(Outcome.WORSE);
        assertThat(outcomes(mode(INDEX, 0), mode(INDEX, 0))).isEmpty();
        assertThat(outcomes(mode(INDEX, 100), mode(INDEX, 98))).isEmpty();
        assertThat(outcomes(mode(INDEX, 100), mode(INDEX, 97))).containsExactly(Outcome.BETTER);
    }

    @Test
    void what_became_worse_says_by_how_much_and_how_the_plan_differs() {
        Change change = only(mode(INDEX, 4), mode(SEQUENTIAL, 4_000));

        assertThat(change.outcome()).isEqualTo(Outcome.WORSE);
        assertThat(change.buffersBefore()).isEqualTo(4);
        assertThat(change.buffersAfter()).isEqualTo(4_000);
        assertThat(change.reason()).isEqualTo("buffers grew by 99,900 %, 2 % are allowed");
        assertThat(change.plan()).containsExactly("Index Scan using i on t → Seq Scan on t");
        assertThat(only(mode(INDEX, 0), mode(INDEX, 7)).reason()).isEqualTo("buffers grew from none to 7");
        assertThat(only(mode(INDEX, 1_000), mode(INDEX, 1_021)).reason())
                .isEqualTo("buffers grew by 2.1 %, 2 % are allowed");
    }

    @Test
    void another_plan_that_costs_the_same_is_named_and_fails_nothing() {
        Change change = only(mode(INDEX, 100), mode(SEQUENTIAL, 101));

        assertThat(change.outcome()).isEqualTo(Outcome.OTHER_PLAN);
        assertThat(change.outcome().fails()).isFalse();
    }

    @Test
    void a_plan_that_the_baseline_drew_too_is_no_change() {
        ModeEvidence before = mode(INDEX, 100).withOtherPlans(List.of(other(SEQUENTIAL, 400)));

        assertThat(outcomes(before, mode(SEQUENTIAL, 400))).isEmpty();
        assertThat(outcomes(before, mode(SEQUENTIAL, 409))).containsExactly(Outcome.WORSE);
    }

    @Test
    void a_case_whose_old_plan_still_comes_up_is_not_worse() {
        ModeEvidence after = mode(SEQUENTIAL, 400).withOtherPlans(List.of(other(INDEX, 100)));

        assertThat(outcomes(mode(INDEX, 100), after)).isEmpty();
    }

    @Test
    void a_case_is_better_only_when_its_dearest_plan_is() {
        ModeEvidence lucky = mode(INDEX, 10).withOtherPlans(List.of(other(SEQUENTIAL, 100)));

        assertThat(outcomes(mode(SEQUENTIAL, 100), lucky)).isEmpty();
        assertThat(outcomes(mode(SEQUENTIAL, 101), mode(INDEX, 10))).containsExactly(Outcome.BETTER);
    }

    @Test
    void a_critical_table_that_is_now_read_from_end_to_end_fails_whatever_the_buffers() {
        RedFlagEvidence flag =
                new RedFlagEvidence("seq-scan-critical-table", "error", "node 0", "reads all", "index it");
        RedFlagEvidence unsure =
                new RedFlagEvidence("seq-scan-critical-table", "not-applicable", "", "a small table", "");

        assertThat(only(mode(INDEX, 100), mode(SEQUENTIAL, 90, flag)).reason())
                .isEqualTo("a critical table is read from end to end");
        assertThat(outcomes(mode(INDEX, 100), mode(SEQUENTIAL, 99, unsure))).containsExactly(Outcome.OTHER_PLAN);
        assertThat(outcomes(mode(SEQUENTIAL, 100, flag), mode(SEQUENTIAL, 100, flag)))
                .isEmpty();
    }

    @Test
    void buffers_of_parallel_workers_are_compared_only_by_what_the_leader_reads_alone() {
        assertThat(outcomes(parallel(900, 1_000L), parallel(1_300, 1_000L))).isEmpty();
        assertThat(outcomes(parallel(900, 1_000L), parallel(900, 1_030L))).containsExactly(Outcome.WORSE);
        Change unknown = only(parallel(900, null), parallel(1_300, 1_000L));
        assertThat(unknown.outcome()).isEqualTo(Outcome.NEW);
        assertThat(unknown.reason()).contains("no exact buffers");
    }

    @Test
    void an_index_that_is_built_by_lot_may_vary_more() {
        Evidence before = evidence(List.of(indexed("gist", 100)));

        assertThat(baseline(before)
                        .compare(evidence(List.of(indexed("gist", 120))), 0.02)
                        .changes())
                .isEmpty();
        assertThat(baseline(before)
                        .compare(evidence(List.of(indexed("gist", 126))), 0.02)
                        .changes())
                .singleElement()
                .satisfies(change -> assertThat(change.reason()).isEqualTo("buffers grew by 26 %, 25 % are allowed"));
        assertThat(baseline(evidence(List.of(indexed("btree", 100))))
                        .compare(evidence(List.of(indexed("btree", 120))), 0.02)
                        .failed())
                .isTrue();
    }

    @Test
    void what_writes_to_the_catalog_may_vary_more() {
        assertThat(outcomes(refreshing(100, true), refreshing(120, true))).isEmpty();
        assertThat(outcomes(refreshing(100, true), refreshing(126, true))).containsExactly(Outcome.WORSE);
        assertThat(outcomes(refreshing(100, false), refreshing(120, false))).containsExactly(Outcome.WORSE);
    }

    private static ModeEvidence refreshing(long buffers, boolean writesCatalog) {
        return mode(new ModeEvidence.Planned(
                buffers, 0, 0, 0, 0, List.of(), List.of(), json(SEQUENTIAL), "", null, writesCatalog));
    }

    private static StateEvidence indexed(String method, long buffers) {
        StateEvidence state = state("plain", aCase("Q1", mode(INDEX, buffers)));
        IndexEvidence index = new IndexEvidence(
                "public", "i", "public.t", "CREATE INDEX i ON public.t USING " + method + " (r)", 8192, true, null);
        return new StateEvidence(
                state.name(),
                "",
                state.schema(),
                List.of(),
                List.of(index),
                List.of(),
                state.calibration(),
                state.queries(),
                state.verdict(),
                List.of());
    }

    @Test
    void new_cases_and_states_are_named_and_vanished_ones_fail() {
        Evidence one = evidence(mode(INDEX, 1));
        Evidence two = evidence(List.of(
                state("plain", aCase("Q1", mode(INDEX, 1)), aCase("Q2", mode(INDEX, 1))),
                state("indexed", aCase("Q1", mode(INDEX, 1)))));

        BaselineComparison grown = baseline(one).compare(two, 0.02);
        assertThat(grown.changes())
                .extracting(change -> change.outcome() + " " + change.state() + " " + change.query())
                .containsExactly("NEW indexed ", "NEW plain Q2");
        assertThat(grown.failed()).isFalse();

        BaselineComparison shrunk = baseline(two).compare(one, 0.02);
        assertThat(shrunk.changes())
                .extracting(change -> change.outcome() + " " + change.state() + " " + change.query())
                .containsExactly("VANISHED indexed ", "VANISHED plain Q2");
        assertThat(shrunk.failed()).isTrue();
    }

    @Test
    void what_cannot_be_compared_is_listed() {
        Baseline baseline = baseline(evidence(mode(INDEX, 1)));
        Evidence.Data data = new Evidence.Data("small", 2, 5L, 1, "0".repeat(64), List.of());
        Evidence.Data redeclared = new Evidence.Data("small", 1, null, 1, "f".repeat(64), List.of());

        assertThat(baseline.foreignTo("shop")).isEmpty();
        assertThat(baseline.foreignTo("other"))
                .extracting(Problem::message)
                .containsExactly("it is of the project shop, not of other");
        assertThat(baseline.unlike(data, List.of("custom", "generic")))
                .extracting(Problem::message)
                .containsExactly(
                        "its dataset is small at scale 1, this run's is small at scale 2 with 5 members",
                        "it was measured with the plan modes custom, this run with custom, generic");
        assertThat(baseline.unlike(redeclared, List.of("custom")))
                .extracting(Problem::message)
                .singleElement()
                .asString()
                .startsWith("its dataset was declared otherwise: 000");
        assertThat(baseline.unlike(server("17.2", Map.of("work_mem", "64MB", "fsync", "on"))))
                .extracting(Problem::message)
                .containsExactly(
                        "it was measured on PostgreSQL 18.6, this server is 17.2",
                        "the setting random_page_cost is at its default, was 1.1",
                        "the setting work_mem is 64MB, was 4MB");
        assertThat(baseline.unlike(server("18.9", Map.of("work_mem", "4MB", "random_page_cost", "1.1"))))
                .isEmpty();
    }

    static final List<String> WRONG = List.of(
            "",
            "[]",
            "{}",
            "null",
            "{\"states\": 1}",
            "not json",
            "{\"states\": [{\"name\": 7}]}",
            "{\"project\": \"shop\"}");

    @ParameterizedTest
    @FieldSource("WRONG")
    void a_file_that_is_no_evidence_is_a_problem_with_its_name(String text) {
        assertThat(Baseline.read("base.json", text).problems()).singleElement().satisfies(problem -> {
            assertThat(problem.file()).isEqualTo("base.json");
            assertThat(problem.message()).startsWith("it is ");
            assertThat(problem.remedy()).contains("evidence.json");
        });
    }

    @Test
    void evidence_with_a_broken_part_is_a_problem_wherever_it_is_broken() {
        String right = EvidenceJson.text(evidence(mode(INDEX, 1)));
        for (String key : List.of(
                "project",
                "profile",
                "scale",
                "version",
                "settings",
                "plan_modes",
                "query",
                "mode",
                "buffers",
                "plan")) {
            String wrong = right.replace("\"" + key + "\" :", "\"x\" :");
            assertThat(wrong).isNotEqualTo(right);
            assertThat(Baseline.read("b", wrong).problems()).as(key).hasSize(1);
        }
    }

    private static List<Outcome> outcomes(ModeEvidence before, ModeEvidence after) {
        return baseline(evidence(before)).compare(evidence(after), 0.02).changes().stream()
                .map(Change::outcome)
                .toList();
    }

    private static Change only(ModeEvidence before, ModeEvidence after) {
        List<Change> changes =
                baseline(evidence(before)).compare(evidence(after), 0.02).changes();
        assertThat(changes).hasSize(1);
        return changes.get(0);
    }

    private static Baseline baseline(Evidence evidence) {
        return Baseline.read("base.json", EvidenceJson.text(evidence)).orThrow();
    }

    private static ModeEvidence mode(String plan, long buffers, RedFlagEvidence... flags) {
        return mode(planned(plan, buffers, null), flags);
    }

    private static ModeEvidence parallel(long buffers, @org.jspecify.annotations.Nullable Long serial) {
        return mode(planned(PARALLEL, buffers, serial));
    }

    private static ModeEvidence mode(ModeEvidence.Planned planned, RedFlagEvidence... flags) {
        LatencySummary latency = new LatencySummary(2, 1, 1, null, null, 1, 1);
        return new ModeEvidence("custom", Decision.WITHIN, latency, List.of(1.0, 1.0), planned, List.of(flags));
    }

    private static ModeEvidence.Planned planned(
            String plan, long buffers, @org.jspecify.annotations.Nullable Long serial) {
        return new ModeEvidence.Planned(buffers, 0, 0, 0, 0, List.of(), List.of(), json(plan), "", serial, false);
    }

    private static OtherPlan other(String plan, long buffers) {
        return new OtherPlan(buffers, json(plan));
    }

    private static JsonNode json(String plan) {
        return JsonMapper.shared().readTree("[{\"Plan\": " + plan + "}]");
    }

    private static CaseEvidence aCase(String query, ModeEvidence mode) {
        CaseEvidence.Subject subject =
                new CaseEvidence.Subject("P0", "", false, "select 1", Map.of(), null, "p95 < 1 s", 1000);
        return new CaseEvidence(query, "typical", subject, List.of(mode), Verdict.PASS, List.of());
    }

    private static StateEvidence state(String name, CaseEvidence... cases) {
        return new StateEvidence(
                name,
                "",
                "0".repeat(64),
                List.of(),
                List.of(),
                List.of(),
                new StateEvidence.Calibration(1, 1),
                List.of(cases),
                Verdict.PASS,
                List.of());
    }

    private static Evidence evidence(ModeEvidence mode) {
        return evidence(List.of(state("plain", aCase("Q1", mode))));
    }

    private static ServerFacts server(String version, Map<String, String> settings) {
        return new ServerFacts(version, "PostgreSQL", new TreeMap<>(settings));
    }

    private static Evidence evidence(List<StateEvidence> states) {
        return new Evidence(
                "1",
                "shop",
                new Evidence.Data("small", 1, null, 1, "0".repeat(64), List.of()),
                server("18.6", Map.of("work_mem", "4MB", "random_page_cost", "1.1", "fsync", "off")),
                new Evidence.Measuring(0.95, 0, 100, List.of("custom")),
                states,
                "plain",
                Verdict.PASS,
                List.of(),
                List.of(),
                List.of());
    }
}
