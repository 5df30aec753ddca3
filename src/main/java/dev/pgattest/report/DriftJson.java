package dev.pgattest.report;

import dev.pgattest.ObjectFinding;
import dev.pgattest.Severity;
import dev.pgattest.drift.Counterpart;
import dev.pgattest.drift.DriftReport;
import dev.pgattest.evidence.IndexUse;
import dev.pgattest.workload.PlannedIndex;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A comparison of an index plan with a database for programs, by {@code docs/schema/drift.schema.json}. */
public final class DriftJson {

    private static final JsonMapper JSON = JsonMapper.shared();

    private DriftJson() {}

    /**
     * The report as one JSON object.
     *
     * @param version of pgattest
     */
    public static String of(DriftReport report, String version) {
        ObjectNode root = JSON.createObjectNode();
        root.put("pgattest", version);
        root.put("project", report.project());
        root.put("subject", report.subject());
        ObjectNode counts = root.putObject("counts");
        for (Severity severity : Severity.values()) {
            counts.put(severity.word(), report.count(severity));
        }
        ArrayNode notes = root.putArray("notes");
        report.notes().forEach(notes::add);
        ArrayNode indexes = root.putArray("indexes");
        report.input()
                .plan()
                .forEach(each -> add(indexes.addObject(), each, report.input().use()));
        ArrayNode findings = root.putArray("findings");
        report.findings().forEach(finding -> add(findings.addObject(), finding));
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
    }

    private static void add(ObjectNode node, Counterpart each, @org.jspecify.annotations.Nullable IndexUse use) {
        PlannedIndex planned = each.planned();
        node.put("name", planned.name());
        node.put("table", each.existingTable().orElse(planned.table()).sql());
        node.put("decision", planned.decision().word());
        node.put("planned", planned.statement().named(planned.name()));
        node.put("found", each.existing().map(found -> found.index().sql()).orElse(null));
        node.put(
                "valid",
                each.existing().map(found -> found.index().standing().valid()).orElse(null));
        ArrayNode serves = node.putArray("serves");
        planned.purpose().serves().forEach(serves::add);
        ArrayNode used = node.putArray("used_by");
        if (use != null) {
            use.uses().stream()
                    .filter(one -> one.index().equals(planned.name()))
                    .forEach(one -> used.addObject().put("query", one.query()).put("case", one.caseName()));
        }
    }

    private static void add(ObjectNode node, ObjectFinding finding) {
        node.put("rule", finding.rule());
        node.put("severity", finding.severity().word());
        node.put("object", finding.object());
        node.put("message", finding.message());
        node.put("remedy", finding.remedy());
    }
}
