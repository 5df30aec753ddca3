package dev.pgattest.report;

import dev.pgattest.ObjectFinding;
import dev.pgattest.Severity;
import dev.pgattest.audit.Attempt;
import dev.pgattest.audit.AuditReport;
import dev.pgattest.audit.AuditScope;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How well tenants are kept apart, for programs, by {@code docs/schema/audit.schema.json}. */
public final class AuditJson {

    private static final JsonMapper JSON = JsonMapper.shared();

    private AuditJson() {}

    /**
     * The report as one JSON object.
     *
     * @param version of pgattest
     */
    public static String of(AuditReport report, String version) {
        ObjectNode root = JSON.createObjectNode();
        root.put("pgattest", version);
        root.put("address", report.server().address());
        root.put("database", report.server().database());
        root.put("server_version", report.server().version());
        root.put("read_as", report.server().role());
        root.put("tenant_tables", report.tables());
        scope(root.putObject("scope"), report.scope());
        ObjectNode counts = root.putObject("counts");
        for (Severity severity : Severity.values()) {
            counts.put(severity.word(), report.count(severity));
        }
        ObjectNode verdicts = root.putObject("attempt_counts");
        for (Attempt.Verdict verdict : Attempt.Verdict.values()) {
            verdicts.put(verdict.word(), report.count(verdict));
        }
        ArrayNode attempts = root.putArray("attempts");
        report.attempts().forEach(attempt -> attempt(attempts.addObject(), attempt));
        ArrayNode findings = root.putArray("findings");
        report.findings().forEach(finding -> finding(findings.addObject(), finding));
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
    }

    private static void scope(ObjectNode node, AuditScope scope) {
        node.put("tenant_column", scope.tenantColumn());
        scope.setting()
                .ifPresentOrElse(setting -> node.put("tenant_setting", setting), () -> node.putNull("tenant_setting"));
        ArrayNode roles = node.putArray("roles");
        scope.roles().forEach(roles::add);
        ArrayNode sources = node.putArray("sources");
        scope.sources().forEach(sources::add);
    }

    private static void attempt(ObjectNode node, Attempt attempt) {
        node.put("object", attempt.object());
        node.put("role", attempt.role());
        node.put("action", attempt.action().word());
        node.put("constraint", attempt.constraint());
        node.put("session", attempt.session().word());
        node.put("expected", attempt.expected());
        node.put("outcome", attempt.outcome());
        node.put("verdict", attempt.verdict().word());
    }

    private static void finding(ObjectNode node, ObjectFinding finding) {
        node.put("rule", finding.rule());
        node.put("severity", finding.severity().word());
        node.put("object", finding.object());
        node.put("message", finding.message());
        node.put("remedy", finding.remedy());
    }
}
