package dev.pgattest.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * A node of PostgreSQL's raw parse tree, by the names of parsenodes.h. Fields that hold zero, false or nothing are absent, so every
 * reading method has an answer for them.
 *
 * @param kind {@code IndexStmt}, {@code RangeVar}, ...; empty where the field's type says it
 * @param fields the node's fields
 */
public record ParseNode(String kind, JsonNode fields) {

    private static final ParseNode ABSENT = new ParseNode("", MissingNode.getInstance());

    /** A node as libpg_query writes it: {@code {"IndexStmt": {...}}}, or only the fields. */
    public static ParseNode of(JsonNode json) {
        if (json.isObject() && json.size() == 1) {
            String name = json.propertyNames().iterator().next();
            if (Character.isUpperCase(name.charAt(0)) && json.path(name).isObject()) {
                return new ParseNode(name, json.path(name));
            }
        }
        return new ParseNode("", json);
    }

    /** Whether it is of one of these kinds. */
    public boolean is(String... kinds) {
        return List.of(kinds).contains(kind);
    }

    /** Whether there is such a node at all. */
    public boolean isPresent() {
        return !fields.isMissingNode() && !fields.isNull();
    }

    /** Whether the field is there. */
    public boolean has(String field) {
        return fields.has(field);
    }

    /** A name or an enum's constant; empty when absent. */
    public String text(String field) {
        return fields.path(field).asString("");
    }

    /** A flag; false when absent. */
    public boolean flag(String field) {
        return fields.path(field).asBoolean(false);
    }

    /** A number; 0 when absent. */
    public int number(String field) {
        return fields.path(field).asInt(0);
    }

    /** The node in a field; one without fields when absent. */
    public ParseNode child(String field) {
        JsonNode child = fields.path(field);
        return child.isMissingNode() ? ABSENT : of(child);
    }

    /** The nodes of a list; empty when absent. */
    public List<ParseNode> list(String field) {
        JsonNode list = fields.path(field);
        if (list.path("List").has("items")) {
            list = list.path("List").path("items");
        } else if (list.has("items")) {
            list = list.path("items");
        }
        return list.valueStream().map(ParseNode::of).toList();
    }

    /** The strings of a list of names; empty when absent. */
    public List<String> names(String field) {
        return list(field).stream().map(ParseNode::name).toList();
    }

    /** What a {@code String} node holds; empty for other nodes. */
    public String name() {
        return text("sval");
    }

    /** The value of a constant as text, numbers and booleans too; empty for NULL and for every other node. */
    public Optional<String> constant() {
        if (is("TypeCast")) {
            return child("arg").constant();
        }
        if (is("Integer")) {
            return Optional.of(String.valueOf(number("ival")));
        }
        if (is("String")) {
            return Optional.of(name());
        }
        if (!is("A_Const") || flag("isnull")) {
            return Optional.empty();
        }
        JsonNode text = fields.has("sval")
                ? fields.path("sval").path("sval")
                : fields.path("fval").path("fval");
        if (fields.has("boolval")) {
            return Optional.of(
                    String.valueOf(fields.path("boolval").path("boolval").asBoolean(false)));
        }
        return Optional.of(
                fields.has("ival")
                        ? String.valueOf(fields.path("ival").path("ival").asInt(0))
                        : text.asString(""));
    }

    /** Where it stands in bytes of UTF-8 from the beginning of the parsed text; empty when the grammar does not say. */
    public Optional<Integer> location() {
        return has("location") || is("RangeVar", "A_Const", "ColumnRef", "TypeCast", "FuncCall", "ColumnDef")
                ? Optional.of(Math.max(number("location"), 0))
                : Optional.empty();
    }

    /** Calls {@code visitor} with this node and every one below it, parents first, in the order of the tree. */
    public void forEach(Consumer<ParseNode> visitor) {
        visitor.accept(this);
        for (JsonNode field : fields) {
            walk(field, visitor);
        }
    }

    /** This node and all below it of one of these kinds, parents first. */
    public List<ParseNode> all(String... kinds) {
        List<ParseNode> found = new ArrayList<>();
        forEach(node -> {
            if (node.is(kinds)) {
                found.add(node);
            }
        });
        return found;
    }

    private static void walk(JsonNode json, Consumer<ParseNode> visitor) {
        if (json.isArray()) {
            json.forEach(each -> walk(each, visitor));
        } else if (json.isObject()) {
            of(json).forEach(visitor);
        }
    }
}
