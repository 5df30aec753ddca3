package dev.pgattest.audit;

import dev.pgattest.sql.Grammar;
import dev.pgattest.sql.ParseNode;
import dev.pgattest.sql.SyntaxTree;
import java.util.List;

/** What the query of a view says about whose rows it shows. */
final class ViewQuery {

    private ViewQuery() {}

    /** Whether each part of a view's query compares the tenant column with something that depends on who asks. */
    static boolean picksOutTenant(Relation view, String tenantColumn) {
        return Grammar.parse(view.view().definition()) instanceof SyntaxTree tree
                && !tree.statements().isEmpty()
                && picksOut(ParseNode.of(tree.statements().get(0)), tenantColumn);
    }

    private static boolean picksOut(ParseNode select, String tenantColumn) {
        if (select.has("larg")) {
            return picksOut(select.child("larg"), tenantColumn) && picksOut(select.child("rarg"), tenantColumn);
        }
        ParseNode where = select.child("whereClause");
        boolean asks =
                where.isPresent() && !where.all("FuncCall", "SQLValueFunction").isEmpty();
        if (asks && new TenantCondition(where, tenantColumn).openings().isEmpty()) {
            return true;
        }
        List<ParseNode> from = select.list("fromClause");
        return !from.isEmpty()
                && from.stream()
                        .allMatch(each -> each.is("RangeSubselect") && picksOut(each.child("subquery"), tenantColumn));
    }
}
