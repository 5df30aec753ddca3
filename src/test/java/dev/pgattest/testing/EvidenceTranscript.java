package dev.pgattest.testing;

import dev.pgattest.evidence.CaseEvidence;
import dev.pgattest.evidence.Evidence;
import dev.pgattest.evidence.LatencySummary;
import dev.pgattest.evidence.ModeEvidence;
import dev.pgattest.evidence.SequentialQuantileTest.Decision;
import dev.pgattest.evidence.ServerFacts;
import dev.pgattest.evidence.StateEvidence;
import dev.pgattest.evidence.Verdict;
import dev.pgattest.report.EvidenceText;
import dev.pgattest.report.Paint;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Stored evidence as the terminal shows it, cut to some cases and without warnings. */
final class EvidenceTranscript {

    private EvidenceTranscript() {}

    static String of(JsonNode evidence, Predicate<JsonNode> shown) {
        JsonNode dataset = evidence.path("dataset");
        Evidence.Data data = new Evidence.Data(
                evidence.path("profile").asString(),
                evidence.path("scale").doubleValue(),
                evidence.path("members").isNull()
                        ? null
                        : (Long) evidence.path("members").longValue(),
                evidence.path("seed").longValue(),
                dataset.path("definition").asString(),
                dataset.path("tables")
                        .valueStream()
                        .map(table -> new Evidence.TableFingerprint(
                                table.path("table").asString(),
                                table.path("rows").longValue(),
                                table.path("sha256").asString()))
                        .toList());
        return EvidenceText.of(
                new Evidence(
                        evidence.path("pgattest").asString(),
                        evidence.path("project").asString(),
                        data,
                        new ServerFacts(evidence.at("/server/version").asString(), "", new TreeMap<>()),
                        new Evidence.Measuring(0.95, 0, 1, List.of()),
                        evidence.path("states")
                                .valueStream()
                                .map(state -> state(state, shown))
                                .toList(),
                        evidence.path("gate").asString(),
                        verdict(evidence),
                        texts(evidence.path("reasons")),
                        List.of(),
                        List.of()),
                Paint.NONE);
    }

    private static StateEvidence state(JsonNode state, Predicate<JsonNode> shown) {
        return new StateEvidence(
                state.path("name").asString(),
                state.path("description").asString(),
                "",
                List.of(),
                List.of(),
                List.of(),
                new StateEvidence.Calibration(1, 1),
                state.path("queries")
                        .valueStream()
                        .filter(shown)
                        .map(EvidenceTranscript::shown)
                        .toList(),
                verdict(state),
                List.of());
    }

    private static CaseEvidence shown(JsonNode each) {
        CaseEvidence.Subject subject = new CaseEvidence.Subject(
                each.path("priority").asString(),
                each.path("owner").asString(),
                each.path("variant").booleanValue(),
                "",
                Map.of(),
                null,
                each.path("slo").asString(),
                each.path("slo_ms").doubleValue());
        LatencySummary latency = new LatencySummary(
                each.path("samples").intValue(),
                each.path("p50_ms").doubleValue(),
                each.path("p95_ms").doubleValue(),
                number(each.path("p95_low_ms")),
                number(each.path("p95_high_ms")),
                each.path("p99_ms").doubleValue(),
                each.path("max_ms").doubleValue());
        ModeEvidence.Planned planned = new ModeEvidence.Planned(
                each.path("buffers").longValue(),
                0,
                0,
                0,
                0,
                List.of(),
                texts(each.path("scans")),
                each.path("plan"),
                "");
        return new CaseEvidence(
                each.path("query").asString(),
                each.path("case").asString(),
                subject,
                List.of(new ModeEvidence("", Decision.UNDECIDED, latency, List.of(), planned, List.of())),
                verdict(each),
                texts(each.path("reasons")).stream()
                        .filter(reason -> !reason.startsWith("warning"))
                        .toList());
    }

    private static Verdict verdict(JsonNode node) {
        return Verdict.valueOf(node.path("verdict").asString());
    }

    private static @Nullable Double number(JsonNode node) {
        return node.isNumber() ? (Double) node.doubleValue() : null;
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
    }
}
