package dev.pgattest.plan;

import java.util.Map;

/** The one-line name of a node, worded as the text form of {@code EXPLAIN} does, without any figure. */
final class NodeLabel {

    private static final Map<String, String> AGGREGATES =
            Map.of("Sorted", "GroupAggregate", "Hashed", "HashAggregate", "Mixed", "MixedAggregate");

    private NodeLabel() {}

    static String of(PlanNode node) {
        String index =
                node.text(PlanKey.INDEX_NAME).map(name -> " using " + name).orElse("");
        return operation(node) + index + target(node);
    }

    /** {@code  on relation alias}, or nothing; the alias only where it differs. */
    static String target(PlanNode node) {
        String name = node.text(PlanKey.RELATION_NAME)
                .or(() -> node.text(PlanKey.CTE_NAME))
                .or(() -> node.text(PlanKey.FUNCTION_NAME))
                .or(() -> node.text(PlanKey.ALIAS))
                .orElse("");
        if (name.isEmpty()) {
            return "";
        }
        return " on " + name
                + node.text(PlanKey.ALIAS)
                        .filter(alias -> !alias.equals(name))
                        .map(alias -> " " + alias)
                        .orElse("");
    }

    static String operation(PlanNode node) {
        String type = node.nodeType();
        String operation =
                switch (type) {
                    case "Aggregate" ->
                        AGGREGATES.getOrDefault(node.text(PlanKey.STRATEGY).orElse(""), "Aggregate");
                    case "ModifyTable" -> node.text(PlanKey.OPERATION).orElse(type);
                    case "SetOp" ->
                        ("Hashed".equals(node.text(PlanKey.STRATEGY).orElse("")) ? "HashSetOp " : "SetOp ")
                                + node.text(PlanKey.COMMAND).orElse("");
                    default -> type;
                };
        return partial(node) + parallel(node) + joined(operation, node) + backward(node);
    }

    private static String partial(PlanNode node) {
        return node.text(PlanKey.PARTIAL_MODE)
                .filter(mode -> !mode.equals("Simple"))
                .map(mode -> mode + " ")
                .orElse("");
    }

    private static String parallel(PlanNode node) {
        return node.isTrue(PlanKey.PARALLEL_AWARE) ? "Parallel " : "";
    }

    private static String joined(String operation, PlanNode node) {
        String join = node.text(PlanKey.JOIN_TYPE).orElse("Inner");
        if (join.equals("Inner")) {
            return operation;
        }
        return operation.endsWith(" Join")
                ? operation.substring(0, operation.length() - "Join".length()) + join + " Join"
                : operation + " " + join + " Join";
    }

    private static String backward(PlanNode node) {
        return node.text(PlanKey.SCAN_DIRECTION).filter("Backward"::equals).isPresent() ? " Backward" : "";
    }
}
