package dev.pgattest.lint;

import dev.pgattest.lint.LintRule.Page;
import dev.pgattest.sql.ParseNode;
import dev.pgattest.sql.QualifiedName;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The rule about statements that could be one. */
final class MergeRules {

    /** Commands that stand alone, that a weaker lock suffices for, or that take no time and are usually written apart. */
    private static final Set<String> APART = Set.of(
            "AT_AttachPartition",
            "AT_DetachPartition",
            "AT_DetachPartitionFinalize",
            "AT_ValidateConstraint",
            "AT_EnableRowSecurity",
            "AT_DisableRowSecurity",
            "AT_ForceRowSecurity",
            "AT_NoForceRowSecurity",
            "AT_ChangeOwner",
            "AT_ReplicaIdentity");

    private static final Set<String> TAKING_AWAY =
            Set.of("AT_DropConstraint", "AT_DropColumn", "AT_DropNotNull", "AT_DropExpression", "AT_DropIdentity");

    static final List<LintRule> ALL = List.of(LintRule.info("mergeable-alter-tables")
            .page(new Page(
                    "Two ALTER TABLEs of the same table, one behind the other, that could be one",
                    "Each waits for its lock on the table anew and, if it reads or writes all rows, does so once more.",
                    "Write the commands in one ALTER TABLE, with commas. Those that are better apart are exempt: VALIDATE CONSTRAINT, which"
                            + " has a weaker lock, and what takes away something that the first one needs.",
                    "Manual, ALTER TABLE: several commands are done in one pass over the table."))
            .provedBy(new Proof.Shows(
                    "the two columns were made by two transactions",
                    "select count(distinct xmin::text) > 1 from pg_attribute where attrelid = 'orders'::regclass"
                            + " and attname in ('channel', 'coupon')"))
            .checks(MergeRules::check));

    private MergeRules() {}

    private static void check(Visit visit) {
        Statement second = visit.statement();
        if (second.inside() == Statement.Inside.FILE && isAlterTable(second)) {
            visit.session()
                    .previous()
                    .filter(first -> isAlterTable(first) && canBeOne(first, second, visit.session()))
                    .ifPresent(first -> found(visit, first, second));
        }
    }

    private static boolean isAlterTable(Statement statement) {
        return statement.is("AlterTableStmt")
                && statement.node().text("objtype").equals("OBJECT_TABLE");
    }

    private static boolean canBeOne(Statement first, Statement second, Session session) {
        ParseNode relation = first.node().child("relation");
        QualifiedName name = session.name(relation);
        List<Alteration> one = Alteration.of(first.node());
        List<Alteration> other = Alteration.of(second.node());
        boolean sameTable = isSame(relation, second.node().child("relation"))
                && first.node().flag("missing_ok") == second.node().flag("missing_ok")
                && !session.isNew(name);
        return sameTable
                && sameLock(first, second, session, name)
                && one.stream().noneMatch(each -> APART.contains(each.type()))
                && other.stream().noneMatch(each -> APART.contains(each.type()) || TAKING_AWAY.contains(each.type()))
                && !touchesTwice(one, other);
    }

    private static boolean isSame(ParseNode one, ParseNode other) {
        return one.text("schemaname").equals(other.text("schemaname"))
                && one.text("relname").equals(other.text("relname"))
                && one.flag("inh") == other.flag("inh");
    }

    private static boolean sameLock(Statement first, Statement second, Session session, QualifiedName name) {
        Optional<LockMode> one =
                Optional.ofNullable(StatementLocks.of(first.node(), session).get(name));
        Optional<LockMode> other =
                Optional.ofNullable(StatementLocks.of(second.node(), session).get(name));
        return one.equals(other);
    }

    /** The same command of the same column or constraint; the second one may need the first one to be done. */
    private static boolean touchesTwice(List<Alteration> one, List<Alteration> other) {
        Set<String> names = new HashSet<>();
        one.forEach(each -> names.add(subject(each)));
        return other.stream().map(MergeRules::subject).anyMatch(each -> !each.isEmpty() && names.contains(each));
    }

    private static String subject(Alteration each) {
        String constraint = each.definition().text("conname");
        String column = each.definition().text("colname");
        return !each.name().isEmpty() ? each.name() : constraint.isEmpty() ? column : constraint;
    }

    private static void found(Visit visit, Statement first, Statement second) {
        String table = visit.shown();
        Optional<AlterTableText> text = AlterTableText.of(second);
        if (text.isEmpty()) {
            return;
        }
        int commands = text.get().commands().get(0).start();
        String between = second.file().text().substring(first.end(), second.start());
        Draft draft = visit.find("this ALTER TABLE and the one before it lock " + table
                        + " twice, where one statement would lock it once")
                .remedy(first.text() + ",\n    " + second.slice(commands, second.end()) + ";");
        if (between.strip().equals(";")) {
            draft.fix(List.of(new Edit(first.end(), commands, ",\n    ")));
        }
        draft.add();
    }
}
