package dev.pgattest.lint;

import dev.pgattest.lint.KnownTable.Constraint;
import dev.pgattest.sql.ParseNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Statements that take the longer the more rows there are. */
final class SlowStatements {

    private static final Set<String> ENDS = Set.of("min", "max", "pg_catalog.min", "pg_catalog.max");
    private static final Set<String> CATALOGS = Set.of("pg_catalog", "information_schema");

    private SlowStatements() {}

    /** What a statement does, in words, when it reads or writes many rows of tables that others use; empty for a quick one. */
    static Optional<String> what(ParseNode node, Session session) {
        return switch (node.kind()) {
            case "UpdateStmt" -> changing(node, "UPDATE", session);
            case "DeleteStmt" -> changing(node, "DELETE", session);
            case "MergeStmt" -> old(node, session) ? Optional.of("MERGE") : Optional.empty();
            case "InsertStmt" ->
                reads(node.child("selectStmt"), session) ? Optional.of("INSERT ... SELECT") : Optional.empty();
            case "CopyStmt" -> old(node, session) ? Optional.of("COPY") : Optional.empty();
            case "SelectStmt" -> reads(node, session) && !isQuick(node) ? Optional.of("SELECT") : Optional.empty();
            case "CreateTableAsStmt" ->
                reads(node.child("query"), session) ? Optional.of("the query of CREATE TABLE AS") : Optional.empty();
            case "RefreshMatViewStmt" -> Optional.of("REFRESH MATERIALIZED VIEW");
            case "IndexStmt" -> old(node, session) ? Optional.of("CREATE INDEX") : Optional.empty();
            case "ReindexStmt" -> Optional.of("REINDEX");
            default -> Optional.empty();
        };
    }

    private static boolean old(ParseNode node, Session session) {
        return node.has("relation") && !session.isNew(session.name(node.child("relation")));
    }

    private static Optional<String> changing(ParseNode node, String what, Session session) {
        return old(node, session) && !findsOneRow(node, session) ? Optional.of(what) : Optional.empty();
    }

    /** {@code where id = 1}, where that is known to be the primary key. */
    private static boolean findsOneRow(ParseNode node, Session session) {
        KnownTable table = session.objects().seen(session.name(node.child("relation")));
        Set<List<String>> keys = table.constraints().values().stream()
                .filter(each -> each.isA("CONSTR_PRIMARY") || each.isA("CONSTR_UNIQUE"))
                .map(Constraint::definition)
                .map(definition -> definition.names("keys"))
                .collect(Collectors.toSet());
        return Expressions.conjuncts(node.child("whereClause")).stream()
                .filter(each -> each.is("A_Expr") && each.names("name").equals(List.of("=")))
                .filter(each -> each.child("rexpr").constant().isPresent())
                .anyMatch(each -> keys.contains(List.of(Expressions.column(each.child("lexpr")))));
    }

    /**
     * {@code select max(id) from t}, which an index on the column answers, also as a part of {@code select setval(...)}, and a few rows
     * in no order.
     */
    private static boolean isQuick(ParseNode query) {
        List<ParseNode> reading = query.all("SelectStmt").stream()
                .filter(each -> each.has("fromClause"))
                .toList();
        return reading.stream().allMatch(SlowStatements::readsLittle);
    }

    private static boolean readsLittle(ParseNode select) {
        boolean whole = !select.has("whereClause")
                && !select.has("groupClause")
                && !select.has("sortClause")
                && !select.has("distinctClause")
                && select.list("fromClause").size() == 1
                && select.list("fromClause").get(0).is("RangeVar");
        boolean few = select.child("limitCount").constant().isPresent();
        List<ParseNode> calls = select.child("targetList").isPresent()
                ? select.list("targetList").stream()
                        .flatMap(target -> target.all("FuncCall").stream())
                        .filter(call -> !call.all("ColumnRef").isEmpty())
                        .toList()
                : List.of();
        boolean ends = !calls.isEmpty() && select.list("targetList").stream().allMatch(SlowStatements::isEndOfIndex);
        return whole && (ends || (few && calls.isEmpty()));
    }

    /** Whether all columns of an expression stand in {@code min()} or {@code max()}. */
    private static boolean isEndOfIndex(ParseNode target) {
        List<ParseNode> ends = target.all("FuncCall").stream()
                .filter(call -> ENDS.contains(String.join(".", call.names("funcname"))))
                .filter(call -> call.list("args").size() == 1
                        && call.list("args").get(0).is("ColumnRef"))
                .toList();
        return target.all("ColumnRef").size() == ends.size();
    }

    private static boolean reads(ParseNode query, Session session) {
        Set<String> named = query.all("CommonTableExpr").stream()
                .map(each -> each.text("ctename"))
                .collect(Collectors.toSet());
        return query.all("RangeVar").stream()
                .filter(each -> !CATALOGS.contains(each.text("schemaname")))
                .filter(each -> !each.text("schemaname").isEmpty() || !isNamedOrCatalog(each.text("relname"), named))
                .map(session::name)
                .anyMatch(name -> !session.isNew(name));
    }

    private static boolean isNamedOrCatalog(String relation, Set<String> named) {
        return named.contains(relation) || relation.startsWith("pg_");
    }
}
