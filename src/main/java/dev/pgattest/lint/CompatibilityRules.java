package dev.pgattest.lint;

import dev.pgattest.lint.LintRule.Page;
import dev.pgattest.sql.Identifier;
import dev.pgattest.sql.ParseNode;
import dev.pgattest.sql.QualifiedName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rules about what breaks programs that still rely on the old names and the old promises. */
final class CompatibilityRules {

    static final List<LintRule> ALL = List.of(
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

    private CompatibilityRules() {}

    private static void nullable(Visit visit) {
        if (visit.inUndo()) {
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
        List<Statement> statements = end.isUndo() ? List.of() : end.statements().of("AlterTableStmt");
        boolean drops = statements.stream()
                .flatMap(each -> Alteration.of(each.node()).stream())
                .anyMatch(each -> each.is("AT_DropConstraint"));
        if (!drops) {
            return;
        }
        Map<QualifiedName, List<Alteration>> byTable = new HashMap<>();
        for (Statement statement : statements) {
            byTable.computeIfAbsent(end.session().name(statement.node().child("relation")), table -> new ArrayList<>())
                    .addAll(Alteration.of(statement.node()));
        }
        for (Statement statement : statements) {
            QualifiedName table = end.session().name(statement.node().child("relation"));
            for (Alteration each : Alteration.of(statement.node())) {
                if (each.is("AT_DropConstraint") && !end.session().isNew(table)) {
                    droppedConstraint(end, statement, each, byTable.getOrDefault(table, List.of()));
                }
            }
        }
    }

    private static void droppedConstraint(FileEnd end, Statement statement, Alteration drop, List<Alteration> ofTable) {
        ParseNode relation = statement.node().child("relation");
        QualifiedName table = end.session().name(relation);
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
            String name = Identifier.quote(drop.name());
            String shown = QualifiedNames.written(relation);
            String lost = loses(dropped.map(known -> known.text("contype")).orElse(""));
            end.find(statement, "without " + name + " " + lost + " " + shown)
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
}
