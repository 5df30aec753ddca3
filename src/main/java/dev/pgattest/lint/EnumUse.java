package dev.pgattest.lint;

import dev.pgattest.sql.ParseNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The use of an enum's value that the transaction has added itself, as far as the types of columns are known.
 *
 * @param literal where
 * @param value the value
 * @param type the enum
 */
record EnumUse(ParseNode literal, String value, KnownType type) {

    /** All in a statement, in the order of its tree. */
    static List<EnumUse> of(ParseNode statement, Session session) {
        if (session.objects().newValues(session.here().transaction()).isEmpty()) {
            return List.of();
        }
        Search search = new Search(session);
        search.learnTypes(statement);
        statement.forEach(search::visit);
        return List.copyOf(search.found);
    }

    private static final Set<String> UNKNOWN = Set.of("");

    /** Looks at every place where a literal gets its type from what it stands beside. */
    private static final class Search {
        private final Session session;
        private final Map<String, Set<String>> types = new HashMap<>();
        private final Set<EnumUse> found = new LinkedHashSet<>();

        Search(Session session) {
            this.session = session;
        }

        /** The types of columns by their names alone: which table an alias stands for matters little here. */
        void learnTypes(ParseNode statement) {
            statement.forEach(node -> {
                if (node.has("relname")) {
                    session.objects()
                            .table(session.name(node))
                            .ifPresent(table -> table.columns().values().forEach(this::learn));
                }
            });
            statement
                    .all("ColumnDef")
                    .forEach(column -> learn(new KnownTable.Column(
                            column.text("colname"),
                            TypeNames.text(column.child("typeName")),
                            false,
                            false,
                            session.here())));
        }

        private void learn(KnownTable.Column column) {
            types.computeIfAbsent(column.name(), name -> new LinkedHashSet<>()).add(column.type());
        }

        void visit(ParseNode node) {
            switch (node.kind()) {
                case "TypeCast" -> literals(TypeNames.text(node.child("typeName")), node.child("arg"));
                case "ColumnDef" ->
                    node.list("constraints").stream()
                            .filter(constraint -> constraint.text("contype").equals("CONSTR_DEFAULT"))
                            .forEach(constraint -> column(node.text("colname"), constraint.child("raw_expr")));
                case "AlterTableCmd" -> {
                    if (node.text("subtype").equals("AT_ColumnDefault")) {
                        column(node.text("name"), node.child("def"));
                    }
                }
                case "A_Expr" -> {
                    compared(node.child("lexpr"), node.child("rexpr"));
                    compared(node.child("rexpr"), node.child("lexpr"));
                }
                case "UpdateStmt" -> assigned(node);
                case "InsertStmt" -> {
                    inserted(node);
                    assigned(node.child("onConflictClause"));
                }
                default -> {}
            }
        }

        private void assigned(ParseNode node) {
            node.list("targetList").forEach(target -> column(target.text("name"), target.child("val")));
        }

        private void inserted(ParseNode insert) {
            List<String> columns = insert.list("cols").stream()
                    .map(column -> column.text("name"))
                    .toList();
            if (columns.isEmpty()) {
                columns = session.objects()
                        .table(session.name(insert.child("relation")))
                        .map(table -> List.copyOf(table.columns().keySet()))
                        .orElse(List.of());
            }
            // Of a table that the files do not tell of, each value may be of any type.
            boolean unknown = columns.isEmpty();
            ParseNode select = insert.child("selectStmt");
            List<List<ParseNode>> rows = new ArrayList<>();
            select.list("valuesLists").forEach(row -> rows.add(row.list("items")));
            rows.add(select.list("targetList").stream()
                    .map(target -> target.child("val"))
                    .toList());
            for (List<ParseNode> row : rows) {
                for (int index = 0; index < (unknown ? row.size() : Math.min(row.size(), columns.size())); index++) {
                    column(unknown ? "" : columns.get(index), row.get(index));
                }
            }
        }

        private void compared(ParseNode reference, ParseNode other) {
            List<String> names = reference.names("fields");
            if (reference.is("ColumnRef") && !names.isEmpty()) {
                column(names.get(names.size() - 1), other);
            }
        }

        private void column(String name, ParseNode value) {
            types.getOrDefault(name, UNKNOWN).forEach(type -> literals(type, value));
        }

        private void literals(String type, ParseNode node) {
            switch (node.kind()) {
                case "A_Const" -> literal(type, node);
                case "CaseExpr" -> {
                    node.list("args").forEach(each -> literals(type, each.child("result")));
                    literals(type, node.child("defresult"));
                }
                case "CoalesceExpr" -> node.list("args").forEach(each -> literals(type, each));
                case "List" -> node.list("items").forEach(each -> literals(type, each));
                case "A_ArrayExpr" -> node.list("elements").forEach(each -> literals(type.replace("[]", ""), each));
                default -> {}
            }
        }

        private void literal(String type, ParseNode node) {
            String value = node.constant().orElse("");
            int transaction = session.here().transaction();
            if (type.isEmpty()) {
                // A column that the files do not tell of, and a value that only this enum is known to have.
                session.objects().newValues(transaction).stream()
                        .filter(known -> known.values().containsKey(value)
                                && known.values().get(value).transaction() == transaction)
                        .forEach(known -> found.add(new EnumUse(node, value, known)));
                return;
            }
            session.objects()
                    .type(session.name(List.of(type.split("\\."))))
                    .filter(known -> known.values().containsKey(value)
                            && known.values().get(value).transaction() == transaction
                            && known.origin().transaction() != transaction)
                    .ifPresent(known -> found.add(new EnumUse(node, value, known)));
        }
    }
}
