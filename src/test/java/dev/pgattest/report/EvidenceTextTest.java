package dev.pgattest.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.evidence.CaseEvidence;
import dev.pgattest.evidence.Evidence;
import dev.pgattest.evidence.LatencySummary;
import dev.pgattest.evidence.ModeEvidence;
import dev.pgattest.evidence.RedFlagEvidence;
import dev.pgattest.evidence.SequentialQuantileTest.Decision;
import dev.pgattest.evidence.ServerFacts;
import dev.pgattest.evidence.StateEvidence;
import dev.pgattest.evidence.Verdict;
import dev.pgattest.testing.GeneratedFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

class EvidenceTextTest {

    private static final LatencySummary FAST = new LatencySummary(72, 0.391, 0.44812, 0.4, 0.5123, 0.6, 0.71);
    private static final LatencySummary SLOW = new LatencySummary(2, 1203.5, 1522.25, 1100.0, null, 1522.25, 1522.25);
    private static final LatencySummary UNSURE = new LatencySummary(576, 9.1, 19.8, 12.4, 23.55, 30.1, 41.2);

    private static final RedFlagEvidence SEQUENTIAL = flag(
            "seq-scan-critical-table",
            "error",
            "node 0.0.1 Seq Scan on attribution_allocations",
            "reads attribution_allocations from end to end: 72,120 blocks and 5,000,000 rows to return 1,022",
            "create an index on attribution_allocations that leads with the columns of tenant_id");

    @Test
    void a_run_reads_as_the_golden_text() throws IOException {
        GeneratedFile.assertUpToDate(
                Path.of("src/test/resources/report/evidence.txt"), EvidenceText.of(evidence(), Paint.NONE));
    }

    @Test
    void no_line_is_wider_than_100_columns() {
        assertThat(EvidenceText.of(evidence(), Paint.NONE).lines())
                .allSatisfy(line ->
                        assertThat(line.codePointCount(0, line.length())).isLessThanOrEqualTo(100));
    }

    @Test
    void colour_adds_nothing_but_colour() {
        String coloured = EvidenceText.of(evidence(), Paint.ANSI);

        assertThat(coloured).contains("\u001b[31mFAIL\u001b[0m").contains("\u001b[1mbaseline\u001b[0m");
        assertThat(coloured.replaceAll("\u001b\\[[0-9]+m", "")).isEqualTo(EvidenceText.of(evidence(), Paint.NONE));
    }

    @Test
    void a_missed_objective_is_said_once() {
        assertThat(EvidenceText.of(evidence(), Paint.NONE))
                .contains("misses its SLO p95 < 500 ms")
                .doesNotContain("latency-over-slo");
    }

    @Test
    void scans_are_named_by_their_kind_alone() {
        assertThat(ScanKinds.of(List.of(
                        "Parallel Seq Scan on orders o",
                        "Seq Scan on customers",
                        "Index Scan Backward using on_using_idx on orders",
                        "Index Only Scan using \"a on b\" on orders",
                        "Bitmap Heap Scan on lines",
                        "Tid Range Scan on orders",
                        "Foreign Scan on remote")))
                .isEqualTo("Seq, Index, Index Only, Bitmap, Tid Range, Foreign");
        assertThat(ScanKinds.of(List.of())).isEqualTo("-");
    }

    static Evidence evidence() {
        StateEvidence baseline = state(
                "baseline",
                "What is deployed, with the indexes that drifted from the design, told at such a length that it has to wrap.",
                Verdict.FAIL,
                List.of("warning: 1 case of queries below P0 did not pass; they do not block"),
                baselineCases());
        StateEvidence proven = state("proven", "", Verdict.PASS, List.of(), provenCases());
        Evidence.Data data = new Evidence.Data(
                "b0.3_benchmark",
                0.0005,
                null,
                7,
                "0".repeat(64),
                List.of(
                        new Evidence.TableFingerprint("events", 50_000, "1".repeat(64)),
                        new Evidence.TableFingerprint("allocations", 250_000, "2".repeat(64))));
        return new Evidence(
                "1.0",
                "skeldir",
                data,
                new ServerFacts("18.6", "PostgreSQL 18.6", new TreeMap<>()),
                new Evidence.Measuring(0.95, 3, 576, List.of("custom", "generic")),
                List.of(baseline, proven),
                "proven",
                Verdict.PASS,
                List.of(),
                List.of(),
                List.of());
    }

    private static List<CaseEvidence> baselineCases() {
        return List.of(
                aCase(
                        "Q1_allocations_channel_performance",
                        "typical",
                        "P0",
                        Verdict.FAIL,
                        List.of(
                                "misses its SLO p95 < 500 ms: 2 of 2 executions took longer, median 1,204 ms",
                                "error[seq-scan-critical-table] " + SEQUENTIAL.node() + ": " + SEQUENTIAL.message()
                                        + "; " + SEQUENTIAL.remedy(),
                                "error[latency-over-slo]: p95 is 1,522.3 ms, 3.0 times the target of 500.0 ms"),
                        mode(
                                SLOW,
                                Decision.ABOVE,
                                72_120,
                                List.of("Parallel Seq Scan on attribution_allocations"),
                                SEQUENTIAL)),
                aCase(
                        "Q1_allocations_channel_performance",
                        "rolling-90-days",
                        "P0",
                        Verdict.INCONCLUSIVE,
                        List.of("undecided against its SLO p95 < 500 ms: 27 of 576 executions took longer"),
                        mode(
                                UNSURE,
                                Decision.UNDECIDED,
                                1_072_120,
                                List.of("Bitmap Heap Scan on attribution_allocations", "Seq Scan on channels"),
                                misestimate("too few"),
                                heapFetches(4_100))),
                aCase(
                        "Q5_revenue",
                        "typical",
                        "P0",
                        Verdict.PASS,
                        List.of(),
                        mode(
                                FAST,
                                Decision.WITHIN,
                                12,
                                List.of("Index Only Scan using i on t"),
                                heapFetches(31),
                                small())),
                aCase(
                        "Q5_revenue",
                        "worst",
                        "P0",
                        Verdict.PASS,
                        List.of(),
                        mode(
                                FAST,
                                Decision.WITHIN,
                                812,
                                List.of("Index Only Scan using i on t"),
                                heapFetches(2_931),
                                misestimate("too few"),
                                misestimate("too many"),
                                small())),
                aCase(
                        "Q6_family",
                        "typical",
                        "P1",
                        Verdict.FAIL,
                        List.of("misses its SLO p95 < 500 ms: 2 of 2 executions took longer, median 1,204 ms"),
                        mode(SLOW, Decision.ABOVE, 9_120, List.of(), small())));
    }

    private static List<CaseEvidence> provenCases() {
        List<CaseEvidence> cases = new ArrayList<>();
        for (String name : List.of("typical", "worst")) {
            cases.add(new CaseEvidence(
                    "Q1_allocations_channel_performance",
                    name,
                    subject("P0", true),
                    List.of(mode(FAST, Decision.WITHIN, 40, List.of("Index Scan using k on daily"))),
                    Verdict.PASS,
                    List.of()));
        }
        return cases;
    }

    private static StateEvidence state(
            String name, String description, Verdict verdict, List<String> reasons, List<CaseEvidence> cases) {
        return new StateEvidence(
                name,
                description,
                "3".repeat(64),
                List.of(),
                List.of(),
                List.of(),
                new StateEvidence.Calibration(10, 11),
                cases,
                verdict,
                reasons);
    }

    private static CaseEvidence aCase(
            String query, String name, String priority, Verdict verdict, List<String> reasons, ModeEvidence mode) {
        return new CaseEvidence(query, name, subject(priority, false), List.of(mode, mode), verdict, reasons);
    }

    private static CaseEvidence.Subject subject(String priority, boolean variant) {
        return new CaseEvidence.Subject(priority, "team", variant, "select 1", Map.of(), null, "p95 < 500 ms", 500);
    }

    private static ModeEvidence mode(
            LatencySummary latency, Decision decision, long buffers, List<String> scans, RedFlagEvidence... flags) {
        ModeEvidence.Planned planned = new ModeEvidence.Planned(
                buffers, 0.1, 1, 1, 1, List.of(), scans, JsonNodeFactory.instance.arrayNode(), "");
        return new ModeEvidence("custom", decision, latency, List.of(), planned, List.of(flags));
    }

    private static RedFlagEvidence heapFetches(int rows) {
        return flag(
                "heap-fetches",
                "warning",
                "node 0.0",
                String.format(java.util.Locale.ROOT, "visited the table for %,d of %,d rows", rows, 2 * rows),
                "VACUUM");
    }

    private static RedFlagEvidence misestimate(String direction) {
        return flag("row-misestimate", "warning", "node 0", "expected 1 row, 4,210 came: " + direction, "ANALYZE");
    }

    private static RedFlagEvidence small() {
        return flag(
                "no-index-used",
                "not-applicable",
                "",
                "not applicable at this scale: events has 12 pages, under 1,000 a sequential scan is right",
                "");
    }

    private static RedFlagEvidence flag(String id, String severity, String node, String message, String remedy) {
        return new RedFlagEvidence(id, severity, node, message, remedy);
    }
}
