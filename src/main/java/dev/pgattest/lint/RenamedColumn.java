package dev.pgattest.lint;

import dev.pgattest.sql.ParseNode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The definition of an index after a column of its table got another name. */
final class RenamedColumn {

    private RenamedColumn() {}

    /** An {@code IndexStmt} or {@code Constraint} as it would be written now. */
    static ParseNode in(ParseNode definition, String from, String to) {
        JsonNode copy = definition.fields().deepCopy();
        rename(copy, from, to);
        return new ParseNode(definition.kind(), copy);
    }

    private static void rename(JsonNode json, String from, String to) {
        json.path("keys").forEach(key -> renameText(key.path("String"), "sval", from, to));
        json.path("including").forEach(column -> renameText(column.path("String"), "sval", from, to));
        renameText(json.path("IndexElem"), "name", from, to);
        if (json.path("ColumnRef").path("fields") instanceof ArrayNode parts && !parts.isEmpty()) {
            renameText(parts.get(parts.size() - 1).path("String"), "sval", from, to);
        }
        json.forEach(child -> rename(child, from, to));
    }

    private static void renameText(JsonNode node, String field, String from, String to) {
        if (node instanceof ObjectNode object && object.path(field).asString("").equals(from)) {
            object.put(field, to);
        }
    }
}
