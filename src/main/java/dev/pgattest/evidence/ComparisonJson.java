package dev.pgattest.evidence;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The part {@code comparison} of the evidence's JSON. */
final class ComparisonJson {

    private ComparisonJson() {}

    static ObjectNode node(BaselineComparison comparison) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("tolerance", comparison.tolerance())
                .put("compared", comparison.compared())
                .put("failed", comparison.failed())
                .put("updated", comparison.updated());
        ArrayNode changes = node.putArray("changes");
        for (BaselineComparison.Change change : comparison.changes()) {
            ObjectNode each = changes.addObject()
                    .put("outcome", change.outcome().word())
                    .put("state", change.state())
                    .put("query", change.query())
                    .put("case", change.caseName())
                    .put("mode", change.mode())
                    .put("buffers_before", change.buffersBefore())
                    .put("buffers_after", change.buffersAfter());
            ArrayNode plan = each.putArray("plan");
            change.plan().forEach(plan::add);
            each.put("reason", change.reason());
        }
        return node;
    }
}
