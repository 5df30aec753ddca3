package dev.pgattest.lint;

import dev.pgattest.lint.KnownTable.Kind;
import dev.pgattest.lint.LintRule.Page;
import dev.pgattest.sql.ParseNode;
import dev.pgattest.sql.QualifiedName;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Rules about how long a transaction keeps others out, and from how much. */
final class LockRules {

    private static final String SOURCE = "Manual, \"Explicit Locking\": a lock is held until the transaction ends.";

    private static final Set<String> WITHOUT_WORK =
            Set.of("TransactionStmt", "VariableSetStmt", "VariableShowStmt", "ConstraintsSetStmt", "DoStmt");

    static final List<LintRule> ALL = List.of(
            LintRule.error("slow-statement-while-holding-access-exclusive")
                    .page(new Page(
                            "A statement that reads or writes many rows, in a transaction that already holds ACCESS EXCLUSIVE",
                            "The lock of an earlier statement, perhaps one that took no time itself, is held until the transaction ends."
                                    + " While this one works, reads and writes of that table wait.",
                            "Commit first. Change the definition in one transaction and the rows in others, in batches. UPDATE and DELETE"
                                    + " of one row by its key are exempt, and tables that the file has made.",
                            SOURCE))
                    .provedBy(Proof.ScansUnderLock.of(LockMode.ACCESS_EXCLUSIVE, "orders"))
                    .checks(LockRules::slow),
            LintRule.warning("statement-while-holding-access-exclusive")
                    .page(new Page(
                            "Any further statement in a transaction that already holds ACCESS EXCLUSIVE",
                            "Even a quick statement adds its round trip, and its own wait for locks, to the time for which reads and"
                                    + " writes of the table wait. For projects that want each such lock in a transaction of its own.",
                            "Let the statement that takes the lock be the last of its transaction.",
                            SOURCE))
                    .onRequest()
                    .provedBy(new Proof.WorksUnderLock(LockMode.ACCESS_EXCLUSIVE, "orders"))
                    .checks(LockRules::further),
            LintRule.warning("wide-lock-window")
                    .page(new Page(
                            "A transaction that takes ACCESS EXCLUSIVE on several tables",
                            "The first table stays locked while the transaction waits for the second one, behind whatever long query uses"
                                    + " that. Two such transactions, or one and a program that uses the tables in another order, deadlock.",
                            "Commit after each table. A table and its partitions count as one.",
                            SOURCE))
                    .provedBy(new Proof.LocksTogether(LockMode.ACCESS_EXCLUSIVE, "orders", "customers"))
                    .checks(LockRules::wide));

    private LockRules() {}

    /** The old relations on which the open transaction holds ACCESS EXCLUSIVE, views apart, in the order of the locks. */
    private static List<QualifiedName> held(Visit visit) {
        Map<QualifiedName, LockMode> locks =
                visit.session().transaction().map(Transaction::locks).orElse(Map.of());
        return locks.entrySet().stream()
                .filter(each -> each.getValue().stopsReaders() && !isView(visit, each.getKey()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean isView(Visit visit, QualifiedName name) {
        Kind kind = visit.session().objects().seen(name).kind();
        return kind == Kind.VIEW || kind == Kind.MATERIALIZED_VIEW;
    }

    private static String names(Visit visit, List<QualifiedName> relations) {
        return relations.stream().map(name -> Command.shown(visit, name)).collect(Collectors.joining(", "));
    }

    private static String apart(Visit visit) {
        boolean explicit =
                visit.session().transaction().map(Transaction::isExplicit).orElse(false);
        return (explicit ? "commit;\n" : "-- in the next file, for the runner has this one in one transaction:\n")
                + visit.statement().text() + ";";
    }

    private static void slow(Visit visit) {
        List<QualifiedName> held = held(visit);
        if (held.isEmpty()) {
            return;
        }
        SlowStatements.what(visit.node(), visit.session())
                .ifPresent(what -> visit.find(what + " runs while the transaction holds ACCESS EXCLUSIVE on "
                                + names(visit, held) + ": reads and writes wait until the transaction ends")
                        .remedy(apart(visit))
                        .add());
    }

    private static void further(Visit visit) {
        List<QualifiedName> held = held(visit);
        if (held.isEmpty() || WITHOUT_WORK.contains(visit.node().kind())) {
            return;
        }
        visit.find("the transaction goes on while it holds ACCESS EXCLUSIVE on " + names(visit, held)
                        + ": reads and writes wait until the transaction ends")
                .remedy(apart(visit))
                .add();
    }

    private static void wide(Visit visit) {
        if (visit.session().transaction().isEmpty() || visit.is("DropStmt")) {
            return;
        }
        List<QualifiedName> taken = StatementLocks.of(visit.node(), visit.session()).entrySet().stream()
                .filter(each -> each.getValue().stopsReaders())
                .map(Map.Entry::getKey)
                .filter(name -> !visit.session().isNew(name) && !isView(visit, name))
                .toList();
        Set<QualifiedName> families =
                held(visit).stream().map(name -> family(visit, name)).collect(Collectors.toSet());
        List<QualifiedName> more = taken.stream()
                .filter(name -> !families.contains(family(visit, name)))
                .filter(name -> !isPartitionOfTaken(visit, name))
                .toList();
        if (!families.isEmpty() && !more.isEmpty()) {
            String names = names(visit, more);
            visit.find("the transaction takes ACCESS EXCLUSIVE on " + names + " while it holds it on "
                            + names(visit, held(visit)) + ": reads and writes of all of them wait, and it may deadlock")
                    .remedy(apart(visit))
                    .add();
        }
    }

    private static QualifiedName family(Visit visit, QualifiedName name) {
        QualifiedName top = name;
        for (int depth = 0; depth < 10; depth++) {
            QualifiedName parent = visit.session().objects().seen(top).parent();
            if (parent == null) {
                return top;
            }
            top = parent;
        }
        return top;
    }

    /** A statement that attaches or detaches a partition locks both. */
    private static boolean isPartitionOfTaken(Visit visit, QualifiedName name) {
        return Alteration.of(visit.node()).stream()
                .filter(each -> each.is("AT_AttachPartition") || each.is("AT_DetachPartition"))
                .map(each -> each.definition().child("name"))
                .filter(ParseNode::isPresent)
                .anyMatch(each -> visit.name(each).equals(name));
    }
}
