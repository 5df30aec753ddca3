package dev.pgattest.lint;

import dev.pgattest.lint.LintRule.Page;
import dev.pgattest.sql.Identifier;
import dev.pgattest.sql.ParseNode;
import dev.pgattest.sql.QualifiedName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Rules about names that programs use and that are gone at once. */
final class RenameRules {

    static final List<LintRule> ALL = List.of(
            LintRule.error("rename-table")
                    .page(new Page(
                            "A table or view gets another name or schema, and nothing takes over the old one",
                            "Programs that run use the old name and fail from the moment of the commit until all of them have been"
                                    + " replaced.",
                            "Make a view with the old name in the same transaction; it takes writes too. Drop it when no program uses"
                                    + " it any more. Undo scripts are exempt. A table that is moved out of the way before it is dropped"
                                    + " is meant to be missed: allow it with a comment.",
                            "Manual, CREATE VIEW, \"Updatable Views\"."))
                    .provedBy(new Proof.Shows(
                            "a query that uses the old name fails", "select to_regclass('orders') is null"))
                    .checksFiles(RenameRules::tables),
            LintRule.error("rename-schema")
                    .page(new Page(
                            "A schema that this file has not made gets another name",
                            "Every table, view and function in it has another name from the moment of the commit. Programs that name the"
                                    + " schema, or have it in their search_path, fail until all of them have been replaced.",
                            "Make a schema of the new name and move what is in it one by one, each with a view that keeps the old name."
                                    + " Undo scripts are exempt.",
                            "Manual, ALTER SCHEMA."))
                    .provedBy(new Proof.Shows(
                            "a query that uses the old name fails", "select to_regclass('sales.invoices') is null"))
                    .checks(RenameRules::schema),
            LintRule.error("rename-column")
                    .page(new Page(
                            "A column that this file has not made gets another name, and no other takes over the old one",
                            "Programs that run use the old name and fail from the moment of the commit until all of them have been"
                                    + " replaced.",
                            "Add a column of the new name, write both, copy the old values in batches, read the new one, and drop the"
                                    + " old one in a later release. Or leave the name: a view can show another one. Undo scripts are"
                                    + " exempt, and so is a column whose name another one takes over in the same file.",
                            "Manual, ALTER TABLE, \"RENAME\"."))
                    .provedBy(
                            new Proof.Shows(
                                    "a query that uses the old name fails",
                                    "select not exists (select from pg_catalog.pg_attribute"
                                            + " where attrelid = 'orders'::regclass and attname = 'note' and not attisdropped)"))
                    .checks(RenameRules::columnInBlock, RenameRules::columns));

    private static final Set<String> RELATIONS = Set.of("OBJECT_TABLE", "OBJECT_VIEW", "OBJECT_MATVIEW");

    private RenameRules() {}

    /** When names were made and given up in a file, by the ordinals of the statements. */
    private record Times<N>(Map<N, Integer> lastMade, Map<N, Integer> firstGone) {
        Times() {
            this(new HashMap<>(), new HashMap<>());
        }

        void made(N name, int when) {
            lastMade.put(name, when);
        }

        void gone(N name, int when) {
            firstGone.putIfAbsent(name, when);
        }

        /** Whether something takes over the old name later, or the new one was free because somebody else had given it up. */
        boolean settles(N old, N renamed, int when) {
            return lastMade.getOrDefault(old, -1) > when || firstGone.getOrDefault(renamed, when) < when;
        }
    }

    private static void tables(FileEnd end) {
        boolean renames = end.statements().of("RenameStmt", "AlterObjectSchemaStmt").stream()
                .anyMatch(RenameRules::renamesRelation);
        if (!renames || end.isUndo()) {
            return;
        }
        List<Statement> statements = end.statements()
                .of("RenameStmt", "AlterObjectSchemaStmt", "ViewStmt", "CreateStmt", "CreateTableAsStmt");
        Times<QualifiedName> times = new Times<>();
        for (int when = 0; when < statements.size(); when++) {
            Statement statement = statements.get(when);
            int now = when;
            made(statement, end.session()).ifPresent(name -> times.made(name, now));
            if (renamesRelation(statement)) {
                times.gone(end.session().name(statement.node().child("relation")), now);
            }
        }
        for (int when = 0; when < statements.size(); when++) {
            Statement statement = statements.get(when);
            if (renamesRelation(statement)) {
                QualifiedName old = end.session().name(statement.node().child("relation"));
                QualifiedName renamed = newName(end.session(), statement.node());
                if (!end.session().isNew(renamed) && !times.settles(old, renamed, when)) {
                    table(end, statement, renamed);
                }
            }
        }
    }

    private static boolean renamesRelation(Statement statement) {
        return (statement.is("RenameStmt")
                        && RELATIONS.contains(statement.node().text("renameType")))
                || (statement.is("AlterObjectSchemaStmt")
                        && RELATIONS.contains(statement.node().text("objectType")));
    }

    private static QualifiedName newName(Session session, ParseNode node) {
        ParseNode relation = node.child("relation");
        if (node.is("AlterObjectSchemaStmt")) {
            return new QualifiedName(node.text("newschema"), relation.text("relname"));
        }
        String schema = relation.text("schemaname");
        String name = node.text("newname");
        return session.name(schema.isEmpty() ? List.of(name) : List.of(schema, name));
    }

    /** The name of a relation that a statement makes. */
    private static Optional<QualifiedName> made(Statement statement, Session session) {
        ParseNode node = statement.node();
        return switch (node.kind()) {
            case "ViewStmt" -> Optional.of(session.newName(node.child("view")));
            case "CreateStmt" -> Optional.of(session.newName(node.child("relation")));
            case "CreateTableAsStmt" ->
                Optional.of(session.newName(node.child("into").child("rel")));
            default -> renamesRelation(statement) ? Optional.of(newName(session, node)) : Optional.empty();
        };
    }

    private static void table(FileEnd end, Statement statement, QualifiedName renamed) {
        ParseNode relation = statement.node().child("relation");
        boolean moved = statement.is("AlterObjectSchemaStmt");
        String schema = moved ? renamed.schema() : relation.text("schemaname");
        String now = new QualifiedName(schema == null || schema.isEmpty() ? null : schema, renamed.name()).sql();
        String written = QualifiedNames.written(relation);
        String invoker = end.settings().pgVersion() >= 15 ? " with (security_invoker = true)" : "";
        end.find(statement, "the name " + written + " is gone: programs that still use it fail")
                .remedy("begin;\n" + statement.text() + ";\ncreate view " + written + invoker + " as select * from "
                        + now + ";\n-- grant on the view what programs may do with " + written + "\ncommit;")
                .add();
    }

    private static void schema(Visit visit) {
        ParseNode node = visit.node();
        if (!visit.is("RenameStmt") || !node.text("renameType").equals("OBJECT_SCHEMA") || visit.inUndo()) {
            return;
        }
        String old = node.text("subname");
        boolean isNew = visit.session()
                .objects()
                .schema(old)
                .filter(origin -> origin.file() == visit.session().fileOrdinal())
                .isPresent();
        if (!isNew) {
            String renamed = Identifier.quote(node.text("newname"));
            visit.find("the name of the schema " + Identifier.quote(old)
                            + " is gone: programs that still name it, or have it in their search_path, fail")
                    .remedy("create schema " + renamed + ";\n-- and for each table of " + Identifier.quote(old)
                            + ", here called part, in one transaction:\nalter table " + Identifier.quote(old)
                            + ".part set schema " + renamed + ";\ncreate view " + Identifier.quote(old)
                            + ".part as select * from " + renamed + ".part;")
                    .add();
        }
    }

    /** A column of a relation. */
    private record ColumnName(QualifiedName relation, String column) {}

    private static void columns(FileEnd end) {
        boolean renames = end.statements().of("RenameStmt").stream().anyMatch(RenameRules::renamesColumn);
        if (!renames || end.isUndo()) {
            return;
        }
        List<Statement> statements = end.statements().of("RenameStmt", "AlterTableStmt");
        Times<ColumnName> times = new Times<>();
        for (int when = 0; when < statements.size(); when++) {
            Statement statement = statements.get(when);
            QualifiedName relation = end.session().name(statement.node().child("relation"));
            for (Alteration each : Alteration.of(statement.node())) {
                if (each.is("AT_AddColumn")) {
                    times.made(new ColumnName(relation, each.definition().text("colname")), when);
                } else if (each.is("AT_DropColumn")) {
                    times.gone(new ColumnName(relation, each.name()), when);
                }
            }
            if (renamesColumn(statement)) {
                times.made(new ColumnName(relation, statement.node().text("newname")), when);
                times.gone(new ColumnName(relation, statement.node().text("subname")), when);
            }
        }
        for (int when = 0; when < statements.size(); when++) {
            Statement statement = statements.get(when);
            if (renamesColumn(statement)) {
                QualifiedName relation = end.session().name(statement.node().child("relation"));
                ColumnName old = new ColumnName(relation, statement.node().text("subname"));
                ColumnName renamed = new ColumnName(relation, statement.node().text("newname"));
                if (isOld(end.session(), relation, renamed.column()) && !times.settles(old, renamed, when)) {
                    column(end.session(), statement, end.find(statement, columnMessage(statement)));
                }
            }
        }
    }

    /** In a block nothing is known of what stands around it. */
    private static void columnInBlock(Visit visit) {
        boolean inBlock = visit.statement().inside() != Statement.Inside.FILE;
        if (inBlock && renamesColumn(visit.statement()) && !visit.inUndo()) {
            if (isOld(visit.session(), visit.relation(), visit.node().text("subname"))) {
                column(visit.session(), visit.statement(), visit.find(columnMessage(visit.statement())));
            }
        }
    }

    private static boolean renamesColumn(Statement statement) {
        return statement.is("RenameStmt")
                && statement.node().text("renameType").equals("OBJECT_COLUMN")
                && RELATIONS.contains(statement.node().text("relationType"));
    }

    private static boolean isOld(Session session, QualifiedName relation, String column) {
        boolean added = session.objects()
                .seen(relation)
                .column(column)
                .filter(known -> known.origin().file() == session.fileOrdinal())
                .isPresent();
        return !added && !session.isNew(relation);
    }

    private static String columnMessage(Statement statement) {
        return "the name " + Identifier.quote(statement.node().text("subname")) + " of "
                + QualifiedNames.written(statement.node().child("relation"))
                + " is gone: programs that still use it fail";
    }

    private static void column(Session session, Statement statement, Draft draft) {
        ParseNode node = statement.node();
        String old = Identifier.quote(node.text("subname"));
        String renamed = Identifier.quote(node.text("newname"));
        KnownTable known = session.objects().seen(session.name(node.child("relation")));
        String type = known.column(node.text("subname"))
                .or(() -> known.column(node.text("newname")))
                .map(KnownTable.Column::type)
                .map(TypeNames::words)
                .orElse("<type of " + old + ">");
        draft.remedy("alter table " + QualifiedNames.written(node.child("relation")) + " add column " + renamed + " "
                        + type + ";\n-- write both, copy the old values in batches, read " + renamed + ", then drop "
                        + old)
                .add();
    }
}
