package dev.pgattest.lint;

import dev.pgattest.lint.LintRule.Page;
import java.util.List;

/** Rules about transactions and what may not happen in one. */
final class TransactionRules {

    static final List<LintRule> ALL = List.of(LintRule.error("concurrently-in-transaction")
            .page(new Page(
                    "A concurrent command inside of a transaction",
                    "PostgreSQL refuses it: CREATE, DROP and REINDEX INDEX CONCURRENTLY and DETACH PARTITION CONCURRENTLY end and begin"
                            + " transactions themselves.",
                    "Move it out of BEGIN and COMMIT. Where the runner of the files wraps each of them in a transaction, give it a"
                            + " file of its own for which the runner does not.",
                    "Manual, CREATE INDEX, \"Building Indexes Concurrently\"."))
            .provedBy(new Proof.Fails("25001"))
            .checks(TransactionRules::concurrently));

    private TransactionRules() {}

    private static void concurrently(Visit visit) {
        if (visit.statement().inside() != Statement.Inside.FILE) {
            return;
        }
        visit.session()
                .transaction()
                .ifPresent(transaction -> ConcurrentCommand.of(visit.statement())
                        .ifPresent(command -> visit.find(command + " fails: "
                                        + (transaction.isExplicit()
                                                ? "a transaction is open here"
                                                : "the file runs in a transaction of its runner"))
                                .remedy((transaction.isExplicit()
                                                ? "-- behind the end of the transaction:\n"
                                                : "-- in a file of its own that the runner does not put into a transaction:\n")
                                        + visit.statement().text() + ";")
                                .add()));
    }
}
