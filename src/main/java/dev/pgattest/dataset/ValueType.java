package dev.pgattest.dataset;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The type of a member of a JSON document that does not name it. */
final class ValueType {

    static final ColumnType TEXT = new ColumnType(ColumnType.Kind.TEXT, 0, 0);

    private static final ColumnType BIGINT = new ColumnType(ColumnType.Kind.BIGINT, 0, 0);
    private static final ColumnType BOOLEAN = new ColumnType(ColumnType.Kind.BOOLEAN, 0, 0);
    private static final ColumnType JSONB = new ColumnType(ColumnType.Kind.JSONB, 0, 0);
    private static final int DIGITS = 18;

    private ValueType() {}

    /** The type of all the values: truth, whole numbers, decimals with the digits that they have, otherwise text. */
    static ColumnType of(List<JsonNode> values) {
        if (values.stream().allMatch(JsonNode::isBoolean)) {
            return BOOLEAN;
        } else if (values.stream().allMatch(JsonNode::isIntegralNumber)) {
            return BIGINT;
        } else if (values.stream().allMatch(JsonNode::isNumber)) {
            int scale = values.stream()
                    .mapToInt(value -> value.decimalValue().scale())
                    .max()
                    .orElse(0);
            return new ColumnType(ColumnType.Kind.NUMERIC, DIGITS, Math.min(15, Math.max(0, scale)));
        }
        return TEXT;
    }

    /** The type that a generator without one makes. */
    static ColumnType ofGenerator(JsonNode node) {
        if (node.has("parent") || node.has("column") || node.has("reference")) {
            return ColumnType.COPIED;
        } else if (node.has("json") || node.has("array")) {
            return JSONB;
        } else if (node.has("identifier")) {
            return node.path("identifier").has("prefix") ? TEXT : BIGINT;
        } else if (node.has("uniform")) {
            return of(List.of(
                    node.path("uniform").path("min"), node.path("uniform").path("max")));
        } else if (node.has("constant")) {
            return of(List.of(node.path("constant")));
        }
        List<JsonNode> values = new ArrayList<>();
        for (JsonNode list : List.of(
                node.path("choice"), node.path("cycle"), node.path("zipf").path("values"))) {
            if (list.isArray()) {
                list.forEach(values::add);
            }
        }
        return values.isEmpty() ? TEXT : of(values);
    }
}
