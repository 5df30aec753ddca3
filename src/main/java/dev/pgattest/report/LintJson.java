package dev.pgattest.report;

import dev.pgattest.Place;
import dev.pgattest.Severity;
import dev.pgattest.lint.Finding;
import dev.pgattest.lint.LintReport;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Findings for programs, by {@code docs/schema/lint.schema.json}. */
public final class LintJson {

    private static final JsonMapper JSON = JsonMapper.shared();

    private LintJson() {}

    /**
     * The report as one JSON object.
     *
     * @param version of pgattest
     */
    public static String of(LintReport report, String version) {
        ObjectNode root = JSON.createObjectNode();
        root.put("pgattest", version);
        root.put("pg_version", report.pgVersion());
        root.put("files", report.files());
        root.put("statements", report.statements());
        ObjectNode counts = root.putObject("counts");
        for (Severity severity : Severity.values()) {
            counts.put(severity.word(), report.count(severity));
        }
        ArrayNode findings = root.putArray("findings");
        report.findings().forEach(finding -> add(findings.addObject(), finding));
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
    }

    private static void add(ObjectNode node, Finding finding) {
        Place from = finding.range().from();
        Place to = finding.range().to();
        node.put("rule", finding.rule());
        node.put("severity", finding.severity().word());
        node.put("file", finding.file());
        node.put("line", from.line());
        node.put("column", from.column());
        node.put("end_line", to.line());
        node.put("end_column", to.column());
        node.put("message", finding.message());
        node.put("remedy", finding.remedy());
        node.put("fixable", !finding.fix().isEmpty());
    }
}
