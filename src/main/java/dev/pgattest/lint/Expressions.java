package dev.pgattest.lint;

import dev.pgattest.sql.ParseNode;
import java.util.ArrayList;
import java.util.List;

/** What expressions say, as far as the grammar tells. */
final class Expressions {

    private Expressions() {}

    /** The columns that an expression refers to, each once, without the table's name. */
    static List<String> columns(ParseNode expression) {
        return expression.all("ColumnRef").stream()
                .map(Expressions::column)
                .filter(column -> !column.isEmpty())
                .distinct()
                .toList();
    }

    /** The column that a node is; empty for any other node. */
    static String column(ParseNode node) {
        List<String> fields = node.is("ColumnRef") ? node.names("fields") : List.of();
        return fields.isEmpty() ? "" : fields.get(fields.size() - 1);
    }

    /** The conditions that all have to hold for this one to hold. */
    static List<ParseNode> conjuncts(ParseNode condition) {
        if (!condition.is("BoolExpr") || !condition.text("boolop").equals("AND_EXPR")) {
            return List.of(condition);
        }
        List<ParseNode> all = new ArrayList<>();
        condition.list("args").forEach(each -> all.addAll(conjuncts(each)));
        return all;
    }

    /** Whether a condition is {@code column is not null}. */
    static boolean refusesNull(ParseNode condition, String column) {
        return condition.is("NullTest")
                && condition.text("nulltesttype").equals("IS_NOT_NULL")
                && column(condition.child("arg")).equals(column);
    }
}
