package dev.pgattest.lint;

import dev.pgattest.lint.KnownTable.Column;
import dev.pgattest.lint.KnownTable.Constraint;
import dev.pgattest.lint.LintRule.Page;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Rules about columns that refuse NULL from now on. */
final class NotNullRules {

    private static final Set<String> FILLING = Set.of("CONSTR_DEFAULT", "CONSTR_IDENTITY", "CONSTR_GENERATED");
    private static final Set<String> SERIAL =
            Set.of("serial", "bigserial", "smallserial", "serial2", "serial4", "serial8");

    static final List<LintRule> ALL = List.of(
            LintRule.error("set-not-null-scan")
                    .page(new Page(
                            "SET NOT NULL with nothing that shows that there is no NULL",
                            "PostgreSQL reads all rows while it holds ACCESS EXCLUSIVE on the table: reads and writes wait.",
                            "Until PostgreSQL 17: add CHECK (column IS NOT NULL) as NOT VALID, validate it, then SET NOT NULL, which from"
                                    + " PostgreSQL 12 on trusts a valid CHECK and reads nothing; then drop the CHECK, in a statement behind"
                                    + " it. From 18: add the constraint NOT NULL itself as NOT VALID and validate it.",
                            "Manual, ALTER TABLE, SET NOT NULL."))
                    .provedBy(Proof.ScansUnderLock.of(LockMode.ACCESS_EXCLUSIVE, "customers"))
                    .checks(NotNullRules::setNotNull),
            LintRule.error("add-not-null-column-without-default")
                    .page(new Page(
                            "A NOT NULL column that is added without a default",
                            "The statement fails as soon as the table has one row, which it may not have where it was tested.",
                            "Add it with a default, which costs nothing from PostgreSQL 11 on when it is not volatile. Or add it without NOT"
                                    + " NULL, fill it in batches, and then make it NOT NULL.",
                            "Manual, ALTER TABLE, ADD COLUMN."))
                    .provedBy(new Proof.Fails("23502"))
                    .checks(NotNullRules::addColumn));

    private NotNullRules() {}

    /** Whether PostgreSQL knows that a column holds no NULL, so that it need not look. */
    static boolean isShown(Command command, String name) {
        KnownTable known = command.known();
        if (known.column(name).map(Column::notNull).orElse(false)) {
            return true;
        }
        Set<String> dropped = Alteration.of(command.visit().node()).stream()
                .filter(each -> each.is("AT_DropConstraint"))
                .map(Alteration::name)
                .collect(Collectors.toSet());
        return known.constraints().values().stream()
                .filter(each -> each.valid() && !dropped.contains(each.name()))
                .anyMatch(each -> shows(each, name, command.visit().settings().pgVersion()));
    }

    private static boolean shows(Constraint constraint, String column, int version) {
        if (constraint.isA("CONSTR_NOTNULL")) {
            return constraint.definition().names("keys").equals(List.of(column));
        }
        return version >= 12 && speaksOf(constraint, column);
    }

    private static boolean speaksOf(Constraint constraint, String column) {
        return constraint.isA("CONSTR_CHECK")
                && Expressions.conjuncts(constraint.definition().child("raw_expr")).stream()
                        .anyMatch(each -> Expressions.refusesNull(each, column));
    }

    private static void setNotNull(Visit visit) {
        for (Command command : Command.of(visit)) {
            Alteration each = command.alteration();
            boolean adds = each.adds("CONSTR_NOTNULL") && !each.definition().flag("skip_validation");
            if (!adds && !each.is("AT_SetNotNull")) {
                continue;
            }
            String column = adds ? String.join("", each.definition().names("keys")) : each.name();
            if (!isShown(command, column)) {
                Draft draft =
                        command.find("making " + Command.quoted(column) + " NOT NULL reads all of " + command.table()
                                + " under ACCESS EXCLUSIVE: reads and writes wait until every row is checked");
                suggest(command, column, draft);
                draft.add();
            }
        }
    }

    private static void suggest(Command command, String column, Draft draft) {
        Optional<String> waiting = command.known().constraints().values().stream()
                .filter(each -> !each.valid() && speaksOf(each, column))
                .map(Constraint::name)
                .findFirst();
        String remedy = steps(command, column, waiting);
        draft.remedy(remedy);
        if (!command.visit().inTransaction()
                && command.isAlone()
                && command.visit().mayBeReplaced()) {
            Statement statement = command.visit().statement();
            // The semicolon behind the statement is that of the last step.
            String text = remedy.substring(0, remedy.length() - 1);
            draft.fix(List.of(new Edit(statement.start(), statement.end(), text)));
        }
    }

    private static String steps(Command command, String column, Optional<String> waiting) {
        String quoted = Command.quoted(column);
        String apart = command.visit().inTransaction() ? NotValid.APART : "";
        int version = command.visit().settings().pgVersion();
        if (version >= 18 && waiting.isEmpty()) {
            String given = command.alteration().definition().text("conname");
            String name = Command.quoted(
                    given.isEmpty() ? NotValid.free(command, command.tableName() + "_" + column + "_not_null") : given);
            return command.alter("add constraint " + name + " not null " + quoted + " not valid") + "\n" + apart
                    + command.alter("validate constraint " + name);
        }
        String set = command.alter("alter column " + quoted + " set not null");
        if (waiting.isPresent()) {
            return apart + command.alter("validate constraint " + Command.quoted(waiting.get())) + "\n" + set;
        }
        String name = Command.quoted(NotValid.free(command, command.tableName() + "_" + column + "_present"));
        return command.alter("add constraint " + name + " check (" + quoted + " is not null) not valid") + "\n"
                + apart + command.alter("validate constraint " + name) + "\n" + set + "\n"
                + command.alter("drop constraint " + name);
    }

    /** The steps that make a column NOT NULL without a read under a strong lock. */
    static String steps(Command command, String column) {
        return steps(command, column, Optional.empty());
    }

    private static void addColumn(Visit visit) {
        for (Command command : Command.addingColumns(visit)) {
            boolean refuses = command.ofColumn("CONSTR_NOTNULL").isPresent()
                    || command.ofColumn("CONSTR_PRIMARY").isPresent();
            if (refuses && !isFilled(command)) {
                String column = Command.quoted(command.addedColumn());
                command.find("adding " + column + " as NOT NULL without a default fails if " + command.table()
                                + " has a row")
                        .remedy(remedy(command))
                        .add();
            }
        }
    }

    private static boolean isFilled(Command command) {
        boolean filled = command.alteration().definition().list("constraints").stream()
                .filter(each -> FILLING.contains(each.text("contype")))
                .anyMatch(each -> !isNull(each));
        return filled
                || SERIAL.contains(command.addedType())
                || command.visit()
                        .session()
                        .objects()
                        .type(command.visit().session().name(typeName(command)))
                        .isPresent();
    }

    /** A domain may have a default of its own. */
    private static List<String> typeName(Command command) {
        List<String> names = command.alteration().definition().child("typeName").names("names");
        return names.isEmpty() ? List.of("?") : names;
    }

    private static boolean isNull(dev.pgattest.sql.ParseNode constraint) {
        return constraint.text("contype").equals("CONSTR_DEFAULT")
                && constraint.child("raw_expr").is("A_Const")
                && constraint.child("raw_expr").flag("isnull");
    }

    private static String remedy(Command command) {
        String column = Command.quoted(command.addedColumn());
        String plain = command.ofColumn("CONSTR_NOTNULL")
                .flatMap(each -> ColumnConstraintText.of(command, each))
                .map(ColumnConstraintText::withoutIt)
                .orElse(command.alter("add column " + column + " " + TypeNames.words(command.addedType())));
        return plain + "\n-- fill it in batches; then:\n" + steps(command, command.addedColumn());
    }
}
