package dev.pgattest.verdict;

import dev.pgattest.sql.Grammar;
import dev.pgattest.sql.Identifier;
import dev.pgattest.sql.ParseNode;
import dev.pgattest.sql.SyntaxTree;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The columns that a condition of a plan compares, in the order in which an index should have them. */
final class FilterColumns {

    private static final Set<String> RANGES = Set.of("<", "<=", ">", ">=");

    private FilterColumns() {}

    /**
     * Columns that must equal something, then those that have a range, of conditions joined by AND; quoted where they need it. Empty when
     * the condition is no SQL, as one on a subplan, or when a B-tree on a column does not serve it.
     *
     * @param condition as {@code EXPLAIN} prints it
     */
    static List<String> of(String condition) {
        if (!(Grammar.parse("select " + condition) instanceof SyntaxTree tree)) {
            return List.of();
        }
        ParseNode target =
                ParseNode.of(tree.statements().get(0)).list("targetList").get(0);
        Set<String> equal = new LinkedHashSet<>();
        Set<String> compared = new LinkedHashSet<>();
        collect(target.child("val"), equal, compared);
        equal.addAll(compared);
        return List.copyOf(equal);
    }

    private static void collect(ParseNode node, Set<String> equal, Set<String> compared) {
        if (node.is("BoolExpr") && node.text("boolop").equals("AND_EXPR")) {
            node.list("args").forEach(each -> collect(each, equal, compared));
        } else if (node.is("A_Expr")) {
            comparison(node, equal, compared);
        } else if (node.is("NullTest")) {
            if (node.text("nulltesttype").equals("IS_NULL")) {
                column(node.child("arg"), equal);
            }
        } else {
            column(node, equal);
        }
    }

    private static void comparison(ParseNode node, Set<String> equal, Set<String> compared) {
        List<String> names = node.names("name");
        String operator = names.get(names.size() - 1);
        boolean list = node.text("kind").equals("AEXPR_OP_ANY");
        if (operator.equals("=") && (list || node.text("kind").equals("AEXPR_OP"))) {
            column(node.child("lexpr"), equal);
            column(node.child("rexpr"), equal);
        } else if (RANGES.contains(operator) && !list) {
            column(node.child("lexpr"), compared);
            column(node.child("rexpr"), compared);
        }
    }

    /** The column itself, whatever it is cast to; not one inside of an expression, which an index on the column does not serve. */
    private static void column(ParseNode node, Set<String> into) {
        if (node.is("TypeCast")) {
            column(node.child("arg"), into);
        } else if (node.is("ColumnRef")) {
            List<String> names = node.names("fields");
            String last = names.get(names.size() - 1);
            // A whole row has no name.
            if (!last.isEmpty()) {
                into.add(Identifier.quote(last));
            }
        }
    }
}
