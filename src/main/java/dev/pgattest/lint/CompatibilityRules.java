package dev.pgattest.lint;

import dev.pgattest.lint.LintRule.Page;
import dev.pgattest.sql.ParseNode;
import dev.pgattest.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rules about what breaks programs that still rely on the old names and the old promises. */
final class CompatibilityRules {

    static final List<LintRule> ALL = List.of(
            LintRule.error("rename-table")
                    .page(new Page(
                            "A table or view gets another name, and nothing takes over the old one",
                            "Programs that run use the old name and fail from the moment of the commit until all of them have been"
                                    + " replaced.",
                            "Make a view with the old name in the same transaction; it takes writes too. Drop it when no program uses"
                                    + " it any more. Undo scripts are exempt.",
                            "Manual, CREATE VIEW, \"Updatable Views\"."))
                    .provedBy(new Proof.Shows(
                            "a query that uses the old name fails", "select to_regclass('orders') is null"))
                    .checksFiles(CompatibilityRules::renamedTable),
            LintRule.error("rename-column")
                    .page(new Page(
                            "A column of a table that this file has not made gets another name",
                            "Programs that run use the old name and fail from the moment of the commit until all of them have been"
                                    + " replaced.",
                            "Add a column of the new name, write both, copy the old values in batches, read the new one, and drop the"
                                    + " old one in a later release. Or leave the name: a view can show another one. Undo scripts are"
                                    + " exempt.",
                            "Manual, ALTER TABLE, \"RENAME\"."))
                    .provedBy(
                            new Proof.Shows(
                                    "a query that uses the old name fails",
                                    "select not exists (select from pg_catalog.pg_attribute"
                                            + " where attrelid = 'orders'::regclass and attname = 'note' and not attisdropped)"))
                    .checks(CompatibilityRules::renamedColumn),
            LintRule.warning("drop-not-null")
                    .page(new Page(
                            "A column of a table that this file has not made may hold NULL from now on",
                            "Programs that read the column have never met a NULL in it, and comparisons with NULL are neither true nor"
                                    + " false. To take it back later needs a scan of the table and values for the rows that came in.",
                            "Where the aim is that programs need not give a value, a default does it.",
                            "Manual, \"Constraints\", \"Not-Null Constraints\"."))
                    .provedBy(
                            new Proof.Shows(
                                    "the column takes NULL",
                                    "insert into customers (id, name) values (1001, null); select count(*) = 1 from customers where name is null"))
                    .checks(CompatibilityRules::nullable),
            LintRule.warning("drop-constraint")
                    .page(new Page(
                            "A constraint of a table that this file has not made is dropped, and nothing replaces it",
                            "Rows come in that break what programs rely on. A primary key or unique constraint takes its index along:"
                                    + " queries that used it read the whole table, and ON CONFLICT on its columns fails.",
                            "Replace it in the same statement, with NOT VALID where that is possible, and validate it behind that. A CHECK"
                                    + " that a column is not null may go once the column is NOT NULL. Undo scripts are exempt.",
                            "Manual, ALTER TABLE, \"DROP CONSTRAINT\"."))
                    .provedBy(
                            new Proof.Shows(
                                    "no check is left that knows the column",
                                    "select not exists (select from pg_catalog.pg_constraint where conrelid = 'orders'::regclass and contype = 'c')"))
                    .checksFiles(CompatibilityRules::droppedConstraints));

    private static final Set<String> RELATIONS = Set.of("OBJECT_TABLE", "OBJECT_VIEW", "OBJECT_MATVIEW");

    private CompatibilityRules() {}

    private static void renamedTable(FileEnd end) {
        List<Statement> statements = end.statements();
        for (int index = 0; index < statements.size() && !end.isUndo(); index++) {
            Statement statement = statements.get(index);
            if (!renamesRelation(statement)) {
                continue;
            }
            QualifiedName old = end.session().name(statement.node().child("relation"));
            QualifiedName renamed = newName(end.session(), statement.node());
            boolean replaced = statements.subList(index + 1, statements.size()).stream()
                    .anyMatch(later -> makes(later, end.session(), old));
            // A table that was prepared under another name takes over a name that programs use.
            boolean takesOver = statements.subList(0, index).stream()
                    .anyMatch(earlier -> renamesRelation(earlier)
                            && end.session()
                                    .name(earlier.node().child("relation"))
                                    .equals(renamed));
            if (!end.session().isNew(renamed) && !replaced && !takesOver) {
                renamed(end, statement, renamed.name());
            }
        }
    }

    private static boolean renamesRelation(Statement statement) {
        return statement.is("RenameStmt") && RELATIONS.contains(statement.node().text("renameType"));
    }

    private static QualifiedName newName(Session session, ParseNode rename) {
        String schema = rename.child("relation").text("schemaname");
        String name = rename.text("newname");
        return session.name(schema.isEmpty() ? List.of(name) : List.of(schema, name));
    }

    private static void renamed(FileEnd end, Statement statement, String renamed) {
        ParseNode relation = statement.node().child("relation");
        String written = written(relation);
        String now = new QualifiedName(schema(relation), renamed).sql();
        String invoker = end.settings().pgVersion() >= 15 ? " with (security_invoker = true)" : "";
        end.find(statement, "the name " + written + " is gone: programs that still use it fail")
                .remedy("begin;\n" + statement.text() + ";\ncreate view " + written + invoker + " as select * from "
                        + now + ";\n-- grant on the view what programs may do with " + written + "\ncommit;")
                .add();
    }

    /** Whether a statement makes a relation of that name. */
    private static boolean makes(Statement statement, Session session, QualifiedName name) {
        ParseNode node = statement.node();
        return switch (node.kind()) {
            case "ViewStmt" -> session.newName(node.child("view")).equals(name);
            case "CreateStmt" -> session.newName(node.child("relation")).equals(name);
            case "CreateTableAsStmt" ->
                session.newName(node.child("into").child("rel")).equals(name);
            case "RenameStmt" ->
                renamesRelation(statement) && newName(session, node).equals(name);
            default -> false;
        };
    }

    private static void renamedColumn(Visit visit) {
        ParseNode node = visit.node();
        boolean renames = visit.is("RenameStmt")
                && node.text("renameType").equals("OBJECT_COLUMN")
                && RELATIONS.contains(node.text("relationType"));
        if (!renames
                || visit.inUndo()
                || !visit.statement().runsNow()
                || visit.session().isNew(visit.relation())) {
            return;
        }
        String old = new QualifiedName(null, node.text("subname")).sql();
        String renamed = new QualifiedName(null, node.text("newname")).sql();
        String type = visit.session()
                .objects()
                .table(visit.relation())
                .flatMap(table -> table.column(node.text("subname")))
                .map(KnownTable.Column::type)
                .orElse("<type of " + old + ">");
        visit.find("the name " + old + " of " + visit.shown() + " is gone: programs that still use it fail")
                .remedy("alter table " + visit.shown() + " add column " + renamed + " " + type
                        + ";\n-- write both, copy the old values in batches, read " + renamed + ", then drop " + old)
                .add();
    }

    private static void nullable(Visit visit) {
        if (visit.inUndo() || !visit.statement().runsNow()) {
            return;
        }
        for (Alteration each : visit.alterationsOfOldTable()) {
            if (each.is("AT_DropNotNull")) {
                String column = new QualifiedName(null, each.name()).sql();
                visit.find(column + " of " + visit.shown()
                                + " may hold NULL from now on, which programs that read it do not expect")
                        .remedy("alter table " + visit.shown() + " alter column " + column
                                + " set default <value>;\n-- so that programs need not give one")
                        .add();
            }
        }
    }

    private static void droppedConstraints(FileEnd end) {
        if (end.isUndo()) {
            return;
        }
        for (Statement statement : end.statements()) {
            ParseNode relation = statement.node().child("relation");
            for (Alteration each : Alteration.of(statement.node())) {
                if (each.is("AT_DropConstraint")
                        && !end.session().isNew(end.session().name(relation))) {
                    droppedConstraint(end, statement, each);
                }
            }
        }
    }

    private static void droppedConstraint(FileEnd end, Statement statement, Alteration drop) {
        ParseNode relation = statement.node().child("relation");
        QualifiedName table = end.session().name(relation);
        List<Alteration> ofTable = end.statements().stream()
                .filter(each -> each.is("AlterTableStmt")
                        && end.session().name(each.node().child("relation")).equals(table))
                .flatMap(each -> Alteration.of(each.node()).stream())
                .toList();
        Optional<ParseNode> dropped = end.before()
                .table(table)
                .map(known -> known.constraints().get(drop.name()))
                .map(KnownTable.Constraint::definition);
        boolean replaced = ofTable.stream()
                .anyMatch(each -> each.is("AT_AddConstraint")
                        && dropped.map(known -> known.text("contype")
                                        .equals(each.definition().text("contype")))
                                .orElse(true));
        // The helper of SET NOT NULL has done its work.
        boolean implied = ofTable.stream().anyMatch(each -> each.is("AT_SetNotNull"))
                || dropped.filter(known -> isImplied(end.session(), table, known))
                        .isPresent();
        if (!replaced && !implied) {
            String name = new QualifiedName(null, drop.name()).sql();
            String shown = written(relation);
            end.find(
                            statement,
                            "without " + name + " "
                                    + loses(dropped.map(known -> known.text("contype"))
                                            .orElse("")) + " " + shown)
                    .remedy("alter table " + shown + "\n  drop constraint " + name + ",\n  add constraint " + name
                            + " <what holds instead> not valid;\nalter table " + shown + " validate constraint " + name
                            + ";")
                    .add();
        }
    }

    /** Whether it only says that a column is not null, which the column itself says. */
    private static boolean isImplied(Session session, QualifiedName table, ParseNode constraint) {
        ParseNode test = constraint.child("raw_expr");
        List<String> column = test.child("arg").names("fields");
        return test.text("nulltesttype").equals("IS_NOT_NULL")
                && column.size() == 1
                && session.objects()
                        .table(table)
                        .flatMap(known -> known.column(column.get(0)))
                        .filter(KnownTable.Column::notNull)
                        .isPresent();
    }

    private static String loses(String kind) {
        return switch (kind) {
            case "CONSTR_PRIMARY", "CONSTR_UNIQUE" -> "and its index, duplicates come into";
            case "CONSTR_EXCLUSION" -> "and its index, rows that exclude each other come into";
            case "CONSTR_FOREIGN" -> "rows that refer to nothing come into";
            default -> "rows that break what programs rely on come into";
        };
    }

    private static String written(ParseNode relation) {
        return new QualifiedName(schema(relation), relation.text("relname")).sql();
    }

    private static @Nullable String schema(ParseNode relation) {
        String schema = relation.text("schemaname");
        return schema.isEmpty() ? null : schema;
    }
}
