package dev.pgattest.report;

import dev.pgattest.ObjectFinding;
import dev.pgattest.Severity;
import dev.pgattest.health.HealthReport;
import dev.pgattest.health.HealthSummary;
import dev.pgattest.health.Metric;
import dev.pgattest.health.ServerFacts;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How a database is doing, for programs, by {@code docs/schema/health.schema.json}. */
public final class HealthJson {

    private static final JsonMapper JSON = JsonMapper.shared();

    private HealthJson() {}

    /**
     * The report as one JSON object.
     *
     * @param version of pgattest
     */
    public static String of(HealthReport report, String version) {
        ObjectNode root = JSON.createObjectNode();
        root.put("pgattest", version);
        server(root, report.server());
        summary(root.putObject("summary"), report.summary());
        ObjectNode counts = root.putObject("counts");
        for (Severity severity : Severity.values()) {
            counts.put(severity.word(), report.count(severity));
        }
        ArrayNode findings = root.putArray("findings");
        report.findings().forEach(finding -> finding(findings.addObject(), finding));
        ArrayNode metrics = root.putArray("metrics");
        report.metrics().forEach(metric -> metric(metrics.addObject(), metric));
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
    }

    private static void server(ObjectNode root, ServerFacts server) {
        root.put("address", server.address());
        root.put("database", server.database());
        root.put("server_version", server.version());
        root.put("standby", server.standby());
        root.put("read_at", server.counters().now().toString());
        root.put("counters_since", server.counters().since().toString());
    }

    private static void summary(ObjectNode node, HealthSummary summary) {
        amount(node.putObject("tables"), summary.tables());
        amount(node.putObject("indexes"), summary.indexes());
        share(node.putObject("large_table_index_scans"), summary.largeTables());
        share(node.putObject("index_scans"), summary.allTables());
        share(node.putObject("table_cache_hits"), summary.tableCache());
        share(node.putObject("index_cache_hits"), summary.indexCache());
    }

    private static void amount(ObjectNode node, HealthSummary.Amount amount) {
        node.put("count", amount.count());
        node.put("size_bytes", amount.bytes());
    }

    private static void share(ObjectNode node, HealthSummary.Share share) {
        node.put("part", share.part());
        node.put("whole", share.whole());
        if (share.whole() == 0) {
            node.putNull("ratio");
        } else {
            node.put("ratio", share.value());
        }
    }

    private static void finding(ObjectNode node, ObjectFinding finding) {
        node.put("rule", finding.rule());
        node.put("severity", finding.severity().word());
        node.put("object", finding.object());
        node.put("message", finding.message());
        node.put("remedy", finding.remedy());
    }

    private static void metric(ObjectNode node, Metric metric) {
        node.put("name", metric.name());
        node.put("kind", metric.kind().name().toLowerCase(Locale.ROOT));
        node.put("unit", metric.unit());
        ArrayNode samples = node.putArray("samples");
        metric.samples().forEach(sample -> {
            ObjectNode each = samples.addObject();
            ObjectNode labels = each.putObject("labels");
            sample.labels().forEach(labels::put);
            each.put("value", sample.value());
        });
    }
}
