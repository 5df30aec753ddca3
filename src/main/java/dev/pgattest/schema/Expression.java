package dev.pgattest.schema;

import dev.pgattest.sql.ParseNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An expression over the columns of one table, without what does not change its meaning: places in the text, the table's name
 * before a column, {@code pg_catalog} before a function or a type, {@code IN (...)} for {@code = ANY (ARRAY[...])}. Two expressions
 * that are equal mean the same; two that are not may still mean the same.
 *
 * @param node what is left
 */
public record Expression(ParseNode node) {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Where something stands, and how a call was spelled. */
    private static final Set<String> NO_MEANING = Set.of(
            "location",
            "funcformat",
            "row_format",
            "rexpr_list_start",
            "rexpr_list_end",
            "list_start",
            "list_end",
            "typemod");

    private static final Set<String> MATCHES = Set.of("AEXPR_LIKE", "AEXPR_ILIKE", "AEXPR_SIMILAR");

    private static final Set<String> LISTS = Set.of("AEXPR_IN", "AEXPR_OP_ANY", "AEXPR_OP_ALL");

    private static final Set<String> QUALIFIED = Set.of("funcname", "names", "name", "collname");

    /** An expression as the grammar has it. */
    public static Expression of(ParseNode node) {
        ObjectNode wrapped = JSON.objectNode();
        wrapped.set(node.kind(), node.fields());
        return new Expression(ParseNode.of(simple(wrapped)));
    }

    /** A column of the table. */
    public static Expression column(String name) {
        ObjectNode fields = JSON.objectNode();
        fields.putArray("fields").addObject().putObject("String").put("sval", name);
        return new Expression(new ParseNode("ColumnRef", fields));
    }

    /** The column's name when the expression is nothing but a column. */
    public Optional<String> column() {
        List<String> names = node.is("ColumnRef") ? node.names("fields") : List.of();
        return names.stream().filter(name -> !name.isEmpty()).findFirst();
    }

    /** The names of all columns in it, in the order of the tree. */
    public List<String> columns() {
        return node.all("ColumnRef").stream()
                .flatMap(column -> new Expression(column).column().stream())
                .distinct()
                .toList();
    }

    /**
     * The same without any cast. The server adds casts to what a user writes, and which ones only the types of the columns tell: where
     * two expressions are equal without casts, the texts alone do not show whether they differ.
     */
    public Expression withoutCasts() {
        ObjectNode wrapped = JSON.objectNode();
        wrapped.set(node.kind(), node.fields());
        return new Expression(ParseNode.of(uncast(wrapped)));
    }

    private static JsonNode uncast(JsonNode json) {
        if (json.isArray()) {
            ArrayNode list = JSON.arrayNode();
            json.forEach(each -> list.add(uncast(each)));
            return list;
        }
        if (!json.isObject()) {
            return json;
        }
        if (json.size() == 1 && json.path("TypeCast").has("arg")) {
            return uncast(json.path("TypeCast").path("arg"));
        }
        ObjectNode plain = JSON.objectNode();
        json.properties().forEach(field -> plain.set(field.getKey(), uncast(field.getValue())));
        return plain.has("A_Expr") ? withSortedList(plain) : plain;
    }

    private static JsonNode simple(JsonNode json) {
        if (json.isArray()) {
            ArrayNode list = JSON.arrayNode();
            json.forEach(each -> list.add(simple(each)));
            return list;
        }
        if (!json.isObject()) {
            return json;
        }
        ObjectNode simpler = JSON.objectNode();
        for (var field : json.properties()) {
            if (!NO_MEANING.contains(field.getKey())) {
                JsonNode value = simple(field.getValue());
                simpler.set(field.getKey(), QUALIFIED.contains(field.getKey()) ? withoutCatalog(value) : value);
            }
        }
        if (simpler.path("ColumnRef").path("fields").isArray()) {
            return unqualified(simpler);
        }
        if (simpler.has("TypeCast")) {
            return withoutInnerCast(simpler);
        }
        return simpler.has("A_Expr") ? plainOperator(withSortedList(simpler)) : simpler;
    }

    /** {@code LIKE} and {@code SIMILAR TO} as the operators, and {@code BETWEEN} as the two comparisons, that the server stores. */
    private static JsonNode plainOperator(JsonNode operation) {
        ObjectNode fields = (ObjectNode) operation.path("A_Expr");
        String kind = fields.path("kind").asString("");
        if (MATCHES.contains(kind)) {
            fields.put("kind", "AEXPR_OP");
        }
        JsonNode bounds = fields.path("rexpr").path("List").path("items");
        if (!kind.equals("AEXPR_BETWEEN") || bounds.size() != 2) {
            return operation;
        }
        ObjectNode both = JSON.objectNode();
        both.putObject("BoolExpr")
                .put("boolop", "AND_EXPR")
                .putArray("args")
                .add(comparison(">=", fields.path("lexpr"), bounds.path(0)))
                .add(comparison("<=", fields.path("lexpr"), bounds.path(1)));
        return both;
    }

    private static ObjectNode comparison(String operator, JsonNode left, JsonNode right) {
        ObjectNode comparison = JSON.objectNode();
        ObjectNode fields = comparison.putObject("A_Expr").put("kind", "AEXPR_OP");
        fields.putArray("name").addObject().putObject("String").put("sval", operator);
        fields.set("lexpr", left);
        fields.set("rexpr", right);
        return comparison;
    }

    /** {@code ('x'::varchar)::text}, which the server stores of a list compared with a {@code varchar} column, is {@code 'x'::text}. */
    private static JsonNode withoutInnerCast(ObjectNode cast) {
        ObjectNode outer = (ObjectNode) cast.path("TypeCast");
        JsonNode inner = outer.path("arg").path("TypeCast");
        if (isType(outer, "text")
                && isType(inner, "varchar")
                && inner.path("arg").path("A_Const").has("sval")) {
            outer.set("arg", inner.path("arg"));
        }
        return cast;
    }

    /** Whether a cast is to this very type, without a length and no array. */
    private static boolean isType(JsonNode cast, String type) {
        JsonNode name = cast.path("typeName");
        return name.size() == 1
                && name.path("names").size() == 1
                && name.path("names")
                        .path(0)
                        .path("String")
                        .path("sval")
                        .asString("")
                        .equals(type);
    }

    private static JsonNode withoutCatalog(JsonNode names) {
        boolean system = names.isArray()
                && names.size() == 2
                && names.path(0).path("String").path("sval").asString("").equals("pg_catalog");
        return system ? JSON.arrayNode().add(names.path(1)) : names;
    }

    /** Only one table can be meant. */
    private static JsonNode unqualified(ObjectNode column) {
        JsonNode fields = column.path("ColumnRef").path("fields");
        ObjectNode last = JSON.objectNode();
        last.putObject("ColumnRef").putArray("fields").add(fields.path(fields.size() - 1));
        return last;
    }

    /** {@code IN} as transformAExprIn in parse_expr.c sees it; a list means the same in every order. */
    private static JsonNode withSortedList(ObjectNode operation) {
        ObjectNode fields = (ObjectNode) operation.path("A_Expr");
        String kind = fields.path("kind").asString("");
        JsonNode elements = kind.equals("AEXPR_IN")
                ? fields.path("rexpr").path("List").path("items")
                : fields.path("rexpr").path("A_ArrayExpr").path("elements");
        if (!LISTS.contains(kind) || !elements.isArray() || elements.isEmpty()) {
            return operation;
        }
        if (kind.equals("AEXPR_IN") && elements.size() == 1) {
            fields.put("kind", "AEXPR_OP").set("rexpr", elements.path(0));
            return operation;
        }
        List<JsonNode> sorted = new ArrayList<>();
        elements.forEach(sorted::add);
        sorted.sort(Comparator.comparing(JsonNode::toString));
        ObjectNode array = JSON.objectNode();
        array.putObject("A_ArrayExpr").putArray("elements").addAll(sorted);
        boolean negated = fields.path("name")
                .path(0)
                .path("String")
                .path("sval")
                .asString("")
                .equals("<>");
        String list = negated ? "AEXPR_OP_ALL" : "AEXPR_OP_ANY";
        fields.put("kind", kind.equals("AEXPR_IN") ? list : kind).set("rexpr", array);
        return operation;
    }
}
