package dev.pgattest.lint;

import dev.pgattest.lint.LintRule.Page;
import dev.pgattest.sql.Literal;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Rules about transactions and what may not happen in one. */
final class TransactionRules {

    static final List<LintRule> ALL = List.of(
            LintRule.warning("transaction-nesting")
                    .page(new Page(
                            "BEGIN in a transaction, COMMIT or ROLLBACK outside of one, or either in a file that its runner wraps",
                            "Transactions do not nest. A second BEGIN only warns; the next COMMIT or ROLLBACK ends the first one, and what"
                                    + " stands behind it runs without any. In a file that its runner puts into a transaction, COMMIT ends"
                                    + " that one, so that a failure behind it leaves half a migration that the runner takes for none.",
                            "Use a savepoint for a part that may have to be taken back. Where the runner wraps, leave BEGIN and COMMIT"
                                    + " out, or tell the runner not to wrap the file.",
                            "Manual, BEGIN, COMMIT, SAVEPOINT."))
                    .provedBy(new Proof.Shows(
                            "the inner ROLLBACK has taken back what the outer transaction had done before",
                            "select status = 'new' from orders where id = 1"))
                    .checks(TransactionRules::nesting),
            LintRule.error("uncommitted-transaction")
                    .page(new Page(
                            "A transaction that the file begins and does not end",
                            "The connection closes at the end of the file, and the server takes back all that was done since BEGIN. In a"
                                    + " runner that goes on with the connection, the locks stay and the next file's work is at risk too.",
                            "End the transaction with COMMIT.",
                            "Manual, \"Transactions\"; libpq, PQfinish."))
                    .provedBy(new Proof.Shows("the table does not exist", "select to_regclass('order_notes') is null"))
                    .checksFiles(TransactionRules::uncommitted),
            LintRule.error("enum-value-used-in-same-transaction")
                    .page(
                            new Page(
                                    "A value is added to an enum and used before the transaction has ended",
                                    "The statement that uses it fails: unsafe use of new value. Only where the same transaction has made the enum"
                                            + " itself may its values be used at once.",
                                    "Add the value in a transaction, or a file, of its own that runs before.",
                                    "Manual, ALTER TYPE, \"Notes\". Before PostgreSQL 12, ADD VALUE could not run in a transaction at all."))
                    .versions(12, Integer.MAX_VALUE)
                    .provedBy(new Proof.Fails("55P04"))
                    .checks(TransactionRules::enumValueUsed),
            LintRule.error("concurrently-in-transaction")
                    .page(new Page(
                            "A concurrent command inside of a transaction",
                            "PostgreSQL refuses it: CREATE, DROP and REINDEX INDEX CONCURRENTLY and DETACH PARTITION CONCURRENTLY end and begin"
                                    + " transactions themselves.",
                            "Move it out of BEGIN and COMMIT. Where the runner of the files wraps each of them in a transaction, give it a"
                                    + " file of its own for which the runner does not.",
                            "Manual, CREATE INDEX, \"Building Indexes Concurrently\"."))
                    .provedBy(new Proof.Fails("25001"))
                    .checks(TransactionRules::concurrently),
            LintRule.error("cannot-run-in-transaction")
                    .page(new Page(
                            "VACUUM, CREATE DATABASE, ALTER SYSTEM and the like inside of a transaction or a block",
                            "PostgreSQL refuses it, and what stands before it in the transaction is taken back. It is so for VACUUM, REINDEX"
                                    + " of a schema or database, CLUSTER of everything, CREATE and DROP of a DATABASE or TABLESPACE, ALTER"
                                    + " SYSTEM, ALTER DATABASE ... SET TABLESPACE, DISCARD ALL, CREATE and DROP SUBSCRIPTION with a slot and,"
                                    + " before PostgreSQL 12, ALTER TYPE ... ADD VALUE.",
                            "Move it out of BEGIN and COMMIT. Where the runner of the files wraps each of them in a transaction, give it a"
                                    + " file of its own for which the runner does not.",
                            "PreventInTransactionBlock in xact.c, and its callers."))
                    .provedBy(new Proof.Fails("25001"))
                    .checks(TransactionRules::refused));

    private static final Set<String> BEGINNING = Set.of("TRANS_STMT_BEGIN", "TRANS_STMT_START");
    private static final Set<String> ENDING = Set.of("TRANS_STMT_COMMIT", "TRANS_STMT_ROLLBACK", "TRANS_STMT_PREPARE");
    private static final Set<String> SAVEPOINTS =
            Set.of("TRANS_STMT_SAVEPOINT", "TRANS_STMT_RELEASE", "TRANS_STMT_ROLLBACK_TO");

    private TransactionRules() {}

    private static void nesting(Visit visit) {
        if (!visit.is("TransactionStmt") || visit.statement().inside() != Statement.Inside.FILE) {
            return;
        }
        String kind = visit.node().text("kind");
        String command = visit.statement().words().get(0).text(visit.statement().text());
        Optional<Transaction> open = visit.session().transaction();
        boolean runners = open.filter(each -> !each.isExplicit()).isPresent();
        if (BEGINNING.contains(kind) && runners) {
            visit.find(command + " does nothing but warn: the runner has put the file into a transaction")
                    .remedy("leave " + command + " and its end out, or tell the runner not to wrap this file")
                    .add();
        } else if (BEGINNING.contains(kind) && open.isPresent()) {
            visit.find(command
                            + " does nothing but warn: a transaction is open, and the next COMMIT or ROLLBACK ends it")
                    .remedy(
                            "savepoint part;\n-- and where the inner part is to be taken back:\nrollback to savepoint part;")
                    .add();
        } else if (ENDING.contains(kind) && runners) {
            visit.find(command + " ends the transaction of the runner: what stands behind it runs without one")
                    .remedy("leave " + command + " out, or tell the runner not to wrap this file")
                    .add();
        } else if (ENDING.contains(kind) && open.isEmpty()) {
            visit.find(command + " does nothing but warn: no transaction is open")
                    .remedy("put begin; in front of what it is to end, or leave it out")
                    .add();
        } else if (SAVEPOINTS.contains(kind) && open.isEmpty()) {
            visit.find(command + " fails: no transaction is open")
                    .remedy("begin;\n" + visit.statement().text() + ";")
                    .add();
        }
    }

    private static void uncommitted(FileEnd end) {
        end.session()
                .transaction()
                .map(Transaction::opener)
                .ifPresent(opener -> end.find(
                                opener, "this transaction is never committed: what the file does in it is lost")
                        .remedy("commit;\n-- at the end of the file")
                        .add());
    }

    private static void enumValueUsed(Visit visit) {
        boolean explicit =
                visit.session().transaction().filter(Transaction::isExplicit).isPresent();
        for (EnumUse use : EnumUse.of(visit.node(), visit.session())) {
            String type = use.type().name().sql();
            String value = Literal.quote(use.value());
            visit.find(
                            use.literal(),
                            "the value " + value + " of " + type
                                    + " is new in this transaction and cannot be used before it is committed")
                    .remedy(
                            explicit
                                    ? "commit;\nbegin;\n" + visit.statement().text() + ";"
                                    : "-- in a file of its own that runs before this one:\nalter type " + type
                                            + " add value " + value + ";")
                    .add();
        }
    }

    private static void refused(Visit visit) {
        if (visit.inTransaction()) {
            OutsideOnly.words(visit.node(), visit.settings().pgVersion())
                    .ifPresent(words -> visit.find(words + " fails: "
                                    + (visit.statement().isInBody()
                                            ? "it cannot run in a block"
                                            : visit.session()
                                                            .transaction()
                                                            .filter(Transaction::isExplicit)
                                                            .isPresent()
                                                    ? "a transaction is open here"
                                                    : "the file runs in a transaction of its runner"))
                            .remedy(apart(visit.session().part())
                                    + visit.statement().text() + ";")
                            .add());
        }
    }

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
                                                : apart(visit.session().part()))
                                        + visit.statement().text() + ";")
                                .add()));
    }

    private static String apart(Part part) {
        return "-- behind the transaction, or in a file of its own that the runner does not put into one:\n"
                + (part.unwrapping().isEmpty() ? "" : part.unwrapping() + "\n");
    }
}
