package dev.pgattest.report;

import dev.pgattest.evidence.StoredEvidence;
import dev.pgattest.governance.Readiness;
import dev.pgattest.governance.ReadinessItem;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The readiness list as the JSON that {@code docs/schema/verify.schema.json} describes. */
public final class ReadinessJson {

    private static final JsonMapper JSON = JsonMapper.shared();

    private ReadinessJson() {}

    /**
     * The list as one JSON object.
     *
     * @param version of pgattest
     */
    public static String of(Readiness readiness, String version) {
        ObjectNode root = JSON.createObjectNode();
        root.put("pgattest", version);
        root.put("project", readiness.project());
        root.put("ready", readiness.isReady());
        StoredEvidence evidence = readiness.evidence();
        if (evidence == null) {
            root.putNull("evidence");
        } else {
            root.putObject("evidence")
                    .put("folder", readiness.folder())
                    .put("sha256", evidence.sha256())
                    .put("profile", evidence.data().profile())
                    .put("scale", evidence.data().scale())
                    .put("gate", evidence.gate())
                    .put("verdict", evidence.verdict().name());
        }
        ArrayNode items = root.putArray("items");
        readiness.items().forEach(item -> add(items.addObject(), item));
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
    }

    private static void add(ObjectNode node, ReadinessItem item) {
        node.put("id", item.id());
        node.put("title", item.title());
        node.put("passed", item.passed());
        node.put("found", item.found());
        ArrayNode problems = node.putArray("problems");
        item.problems()
                .forEach(problem -> problems.addObject()
                        .put("file", problem.file())
                        .put("line", problem.line())
                        .put("column", problem.column())
                        .put("message", problem.message())
                        .put("remedy", problem.remedy()));
    }
}
