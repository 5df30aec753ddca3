package dev.pgattest.lint;

import dev.pgattest.sql.ParseNode;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Names that PostgreSQL chooses for what was given none (ChooseConstraintName, ChooseIndexName), without making them unique. */
final class ConstraintNames {

    private ConstraintNames() {}

    /** The name of a constraint; {@code column} is the one whose definition it stands in, empty for one of the table. */
    static String of(String table, ParseNode constraint, String column) {
        if (!constraint.text("conname").isEmpty()) {
            return constraint.text("conname");
        }
        String columns = String.join("_", column.isEmpty() ? columns(constraint) : List.of(column));
        String middle = columns.isEmpty() ? "" : "_" + columns;
        return switch (constraint.text("contype")) {
            case "CONSTR_PRIMARY" -> table + "_pkey";
            case "CONSTR_UNIQUE" -> table + middle + "_key";
            case "CONSTR_FOREIGN" -> table + middle + "_fkey";
            case "CONSTR_EXCLUSION" -> table + middle + "_excl";
            case "CONSTR_NOTNULL" -> table + middle + "_not_null";
            default -> table + middle + "_check";
        };
    }

    /** The name of an index that was given none. */
    static String ofIndex(ParseNode index) {
        String columns = Stream.concat(index.list("indexParams").stream(), index.list("indexIncludingParams").stream())
                .map(element -> element.text("name").isEmpty() ? expressionName(element) : element.text("name"))
                .collect(Collectors.joining("_"));
        return index.child("relation").text("relname") + "_" + columns + "_idx";
    }

    /** The columns that name a constraint of a table; a check has the one that it is about, if it is about one. */
    static List<String> columns(ParseNode constraint) {
        if (constraint.text("contype").equals("CONSTR_CHECK")) {
            List<String> columns = Expressions.columns(constraint.child("raw_expr"));
            return columns.size() == 1 ? columns : List.of();
        }
        List<String> keys = constraint.names("keys");
        return keys.isEmpty() ? constraint.names("fk_attrs") : keys;
    }

    /** A constraint in the definition of a column as one of the table. */
    static ParseNode withColumn(ParseNode constraint, String column) {
        return column.isEmpty() ? constraint : withColumns(constraint, List.of(column));
    }

    /** A constraint that is about these columns. */
    static ParseNode withColumns(ParseNode constraint, List<String> columns) {
        if (!(constraint.fields() instanceof ObjectNode fields)) {
            return constraint;
        }
        ObjectNode copy = fields.deepCopy();
        String list = constraint.text("contype").equals("CONSTR_FOREIGN") ? "fk_attrs" : "keys";
        ArrayNode keys = copy.putArray(list);
        columns.forEach(column -> keys.addObject().putObject("String").put("sval", column));
        return new ParseNode(constraint.kind(), copy);
    }

    /** A constraint that takes over an index, as one that names the columns of the index. */
    static ParseNode withIndex(ParseNode constraint, ParseNode index) {
        if (!index.is("IndexStmt") || !(constraint.fields() instanceof ObjectNode fields)) {
            return constraint;
        }
        ObjectNode copy = fields.deepCopy();
        copyNames(index.list("indexParams"), copy.putArray("keys"));
        copyNames(index.list("indexIncludingParams"), copy.putArray("including"));
        copy.put("nulls_not_distinct", index.flag("nulls_not_distinct"));
        return new ParseNode(constraint.kind(), copy);
    }

    private static void copyNames(List<ParseNode> elements, ArrayNode into) {
        elements.forEach(element -> into.addObject().putObject("String").put("sval", element.text("name")));
    }

    private static String expressionName(ParseNode element) {
        List<String> function = element.child("expr").names("funcname");
        return function.isEmpty() ? "expr" : function.get(function.size() - 1);
    }
}
