package dev.pgattest.report;

import dev.pgattest.Lines;
import dev.pgattest.Place;
import dev.pgattest.Severity;
import dev.pgattest.lint.Edit;
import dev.pgattest.lint.Finding;
import dev.pgattest.lint.LintReport;
import dev.pgattest.lint.RuleFacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Findings in the Static Analysis Results Interchange Format, SARIF 2.1.0, which code hosts and editors read. */
public final class LintSarif {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Map<Severity, String> LEVELS =
            Map.of(Severity.ERROR, "error", Severity.WARNING, "warning", Severity.INFO, "note");

    private LintSarif() {}

    /**
     * The report as one log with one run.
     *
     * @param version of pgattest
     * @param texts text of each file, by its path
     */
    public static String of(LintReport report, String version, Map<String, String> texts) {
        ObjectNode root = JSON.createObjectNode();
        root.put("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        root.put("version", "2.1.0");
        ObjectNode run = root.putArray("runs").addObject();
        ObjectNode driver = run.putObject("tool").putObject("driver");
        driver.put("name", "pgattest");
        driver.put("version", version);
        driver.put("semanticVersion", version);
        List<String> ids = new ArrayList<>();
        ArrayNode rules = driver.putArray("rules");
        for (RuleFacts rule : RuleFacts.all()) {
            ids.add(rule.id());
            add(rules.addObject(), rule);
        }
        run.put("columnKind", "unicodeCodePoints");
        ArrayNode results = run.putArray("results");
        Map<String, Lines> lines = new HashMap<>();
        report.findings()
                .forEach(finding -> add(
                        results.addObject(),
                        finding,
                        ids,
                        lines.computeIfAbsent(finding.file(), file -> Lines.of(texts.getOrDefault(file, "")))));
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
    }

    private static void add(ObjectNode node, RuleFacts rule) {
        node.put("id", rule.id());
        node.putObject("shortDescription").put("text", rule.title());
        node.putObject("fullDescription").put("text", rule.effect());
        node.putObject("help").put("text", rule.remedy());
        node.putObject("defaultConfiguration")
                .put("level", LEVELS.get(rule.severity()))
                .put("enabled", rule.enabled());
    }

    private static void add(ObjectNode node, Finding finding, List<String> ids, Lines lines) {
        node.put("ruleId", finding.rule());
        node.put("ruleIndex", ids.indexOf(finding.rule()));
        node.put("level", LEVELS.get(finding.severity()));
        String help = finding.remedy().isEmpty() ? "" : "\n" + finding.remedy();
        node.putObject("message").put("text", finding.message() + help);
        ObjectNode physical = node.putArray("locations").addObject().putObject("physicalLocation");
        physical.putObject("artifactLocation").put("uri", uri(finding.file()));
        region(
                physical.putObject("region"),
                finding.range().from(),
                finding.range().to());
        if (!finding.fix().isEmpty()) {
            fix(node.putArray("fixes").addObject(), finding, lines);
        }
    }

    private static void fix(ObjectNode node, Finding finding, Lines lines) {
        int length = lines.text().length();
        node.putObject("description").put("text", "what `pgattest lint --fix` writes");
        ObjectNode change = node.putArray("artifactChanges").addObject();
        change.putObject("artifactLocation").put("uri", uri(finding.file()));
        ArrayNode replacements = change.putArray("replacements");
        for (Edit edit : finding.fix()) {
            ObjectNode replacement = replacements.addObject();
            region(
                    replacement.putObject("deletedRegion"),
                    lines.place(Math.min(edit.start(), length)),
                    lines.place(Math.min(edit.end(), length)));
            replacement.putObject("insertedContent").put("text", edit.text());
        }
    }

    private static void region(ObjectNode node, Place from, Place to) {
        node.put("startLine", from.line());
        node.put("startColumn", from.column());
        node.put("endLine", to.line());
        node.put("endColumn", to.column());
    }

    /** A path as a relative reference of RFC 3986. */
    private static String uri(String path) {
        StringBuilder uri = new StringBuilder();
        for (byte each : path.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
            char character = (char) (each & 0xFF);
            boolean plain =
                    character < 0x80 && (Character.isLetterOrDigit(character) || "/._-~".indexOf(character) >= 0);
            uri.append(
                    plain
                            ? String.valueOf(character)
                            : String.format(java.util.Locale.ROOT, "%%%02X", (int) character));
        }
        return uri.toString();
    }
}
