package dev.pgattest.lint;

import dev.pgattest.lint.LintRule.Page;
import dev.pgattest.sql.ParseNode;
import java.util.List;
import java.util.Optional;

/** Rules about adding and validating constraints on tables that are in use. */
final class ConstraintRules {

    private static final String NOTES = "Manual, ALTER TABLE, \"Notes\".";

    static final List<LintRule> ALL = List.of(
            LintRule.error("add-foreign-key-not-valid-missing")
                    .page(new Page(
                            "A foreign key that is added without NOT VALID",
                            "PostgreSQL compares all rows with the referenced table while it holds SHARE ROW EXCLUSIVE on both tables: writes"
                                    + " to both wait until it has read everything. A column that is added with REFERENCES is checked only"
                                    + " when it has a default, even DEFAULT NULL.",
                            "Add it as NOT VALID, which reads nothing and holds for new rows at once. Then VALIDATE CONSTRAINT, in a"
                                    + " transaction of its own: it reads the rows while others write. Before PostgreSQL 18 a partitioned"
                                    + " table takes no NOT VALID: add and validate the key on each partition, then on the parent.",
                            NOTES))
                    .provedBy(new Proof.ScansUnderLock(LockMode.SHARE_ROW_EXCLUSIVE, "customers", "orders"))
                    .checks(ConstraintRules::foreignKeys),
            LintRule.error("add-check-not-valid-missing")
                    .page(new Page(
                            "A CHECK that is added without NOT VALID",
                            "PostgreSQL reads all rows while it holds ACCESS EXCLUSIVE on the table: reads and writes wait. That is so for"
                                    + " a CHECK of a column that is being added, too.",
                            "Add it as NOT VALID, which reads nothing and holds for new rows at once. Then VALIDATE CONSTRAINT, in a"
                                    + " transaction of its own: it reads the rows while others read and write.",
                            NOTES))
                    .provedBy(Proof.ScansUnderLock.of(LockMode.ACCESS_EXCLUSIVE, "orders"))
                    .checks(ConstraintRules::checks),
            LintRule.error("validate-in-same-transaction")
                    .page(new Page(
                            "VALIDATE CONSTRAINT in a transaction that already keeps others from writing to the table",
                            "The transaction, or the same ALTER TABLE, holds a strong lock on the table until it ends. Validating"
                                    + " then reads all rows under that lock, and NOT VALID has gained nothing.",
                            "Commit first. Validate in a transaction, or a migration, of its own.",
                            NOTES))
                    .provedBy(Proof.ScansUnderLock.of(LockMode.SHARE_ROW_EXCLUSIVE, "orders"))
                    .checks(ConstraintRules::validations),
            LintRule.error("enforce-constraint-scan")
                    .page(new Page(
                            "ALTER CONSTRAINT ... ENFORCED of a foreign key",
                            "PostgreSQL compares all rows with the referenced table while it holds ACCESS EXCLUSIVE on the table: reads and"
                                    + " writes wait until every row is checked.",
                            "Drop the constraint that is not enforced and add it anew as NOT VALID, in one statement; then VALIDATE"
                                    + " CONSTRAINT, in a transaction of its own: it reads the rows while others read and write.",
                            "Manual, ALTER TABLE, ALTER CONSTRAINT; tried on a server."))
                    .versions(18, Integer.MAX_VALUE)
                    .provedBy(Proof.ScansUnderLock.of(LockMode.ACCESS_EXCLUSIVE, "orders"))
                    .checks(ConstraintRules::enforcements));

    private ConstraintRules() {}

    private static void foreignKeys(Visit visit) {
        for (Command command : Command.of(visit)) {
            Alteration each = command.alteration();
            boolean reads = !each.definition().flag("skip_validation");
            if (each.adds("CONSTR_FOREIGN") && reads) {
                Draft draft = command.find(message(command, each.definition(), ""));
                if (command.known().isPartitioned() && visit.settings().pgVersion() < 18) {
                    draft.remedy(onPartitions(command, each.definition()));
                } else {
                    NotValid.suggest(command, draft);
                }
                draft.add();
            } else if (each.is("AT_AddColumn")
                    && command.ofColumn("CONSTR_DEFAULT").isPresent()) {
                command.ofColumn("CONSTR_FOREIGN").ifPresent(key -> {
                    Draft draft = command.find(message(command, key, command.addedColumn()));
                    NotValid.suggestForColumn(command, key, "references", draft);
                    draft.add();
                });
            }
        }
    }

    private static String message(Command command, ParseNode key, String column) {
        String name = Command.quoted(NotValid.name(command, key, column));
        String referenced = command.visit().shown(key.child("pktable"));
        return "adding the foreign key " + name + " reads all of " + command.table()
                + " under SHARE ROW EXCLUSIVE: writes to " + command.table() + " and " + referenced
                + " wait until every row is checked";
    }

    private static String onPartitions(Command command, ParseNode key) {
        String name = Command.quoted(NotValid.name(command, key, ""));
        String body = command.text()
                .map(text -> command.visit()
                        .statement()
                        .slice(
                                command.visit().statement().offset(key),
                                text.commands().get(command.ordinal()).end()))
                .orElse("foreign key ...");
        String named = key.text("conname").isEmpty() ? "constraint " + name + " " + body : body;
        return "-- for each partition, here called partition_1; then the parent finds the keys there and reads nothing:\n"
                + "alter table partition_1 add " + named + " not valid;\n"
                + "alter table partition_1 validate constraint " + name + ";\n"
                + command.alter("add " + named);
    }

    private static void checks(Visit visit) {
        for (Command command : Command.of(visit)) {
            Alteration each = command.alteration();
            if (each.adds("CONSTR_CHECK") && !each.definition().flag("skip_validation")) {
                Draft draft = command.find(checkMessage(command, each.definition(), ""));
                NotValid.suggest(command, draft);
                draft.add();
            } else if (each.is("AT_AddColumn")) {
                command.ofColumn("CONSTR_CHECK")
                        .filter(check -> !check.flag("skip_validation") && !isNotEnforced(each))
                        .ifPresent(check -> {
                            Draft draft = command.find(checkMessage(command, check, command.addedColumn()));
                            NotValid.suggestForColumn(command, check, "check", draft);
                            draft.add();
                        });
            }
        }
    }

    private static boolean isNotEnforced(Alteration column) {
        return column.definition().list("constraints").stream()
                .anyMatch(each -> each.text("contype").equals("CONSTR_ATTR_NOT_ENFORCED"));
    }

    private static String checkMessage(Command command, ParseNode check, String column) {
        return "adding the check " + Command.quoted(NotValid.name(command, check, column)) + " reads all of "
                + command.table() + " under ACCESS EXCLUSIVE: reads and writes wait until every row is checked";
    }

    private static void validations(Visit visit) {
        for (Command command : Command.of(visit)) {
            if (!command.alteration().is("AT_ValidateConstraint")) {
                continue;
            }
            Optional<LockMode> held = visit.session()
                    .transaction()
                    .flatMap(transaction ->
                            Optional.ofNullable(transaction.locks().get(visit.relation())));
            LockMode taken = StatementLocks.of(visit.node(), visit.session())
                    .getOrDefault(visit.relation(), LockMode.SHARE_UPDATE_EXCLUSIVE);
            String constraint = Command.quoted(command.alteration().name());
            if (held.filter(LockMode::stopsWriters).isPresent()) {
                found(command, "the transaction", held.get())
                        .remedy(commit(visit) + command.alter("validate constraint " + constraint))
                        .add();
            } else if (taken.stopsWriters()) {
                found(command, "the same ALTER TABLE", taken)
                        .remedy("-- a statement of its own, behind the other commands:\n"
                                + command.alter("validate constraint " + constraint))
                        .add();
            }
        }
    }

    private static void enforcements(Visit visit) {
        for (Command command : Command.of(visit)) {
            ParseNode definition = command.alteration().definition();
            if (command.alteration().is("AT_AlterConstraint")
                    && definition.flag("alterEnforceability")
                    && definition.flag("is_enforced")) {
                String name = Command.quoted(definition.text("conname"));
                command.find("enforcing " + name + " reads all of " + command.table()
                                + " under ACCESS EXCLUSIVE: reads and writes wait until every row is checked")
                        .remedy(command.alter("drop constraint " + name + ", add constraint " + name
                                        + " foreign key (...) references ... not valid")
                                + "\n" + (visit.inTransaction() ? NotValid.APART : "")
                                + command.alter("validate constraint " + name))
                        .add();
            }
        }
    }

    private static String commit(Visit visit) {
        boolean explicit =
                visit.session().transaction().map(Transaction::isExplicit).orElse(false);
        return explicit ? "commit;\n" : "-- in the next file, for the runner has this one in one transaction:\n";
    }

    private static Draft found(Command command, String holder, LockMode mode) {
        return command.find("validating " + Command.quoted(command.alteration().name()) + " reads all of "
                + command.table() + " while " + holder + " holds " + mode.words() + " on it: " + mode.stopped()
                + " wait until it is done");
    }
}
