package dev.pgattest.lint;

import dev.pgattest.lint.LintRule.Page;
import dev.pgattest.sql.ParseNode;
import dev.pgattest.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Rules about triggers of tables in use. */
final class TriggerRules {

    private static final Set<String> BEGINNING = Set.of("TRANS_STMT_BEGIN", "TRANS_STMT_START");
    private static final Set<String> ENDING = Set.of("TRANS_STMT_COMMIT", "TRANS_STMT_ROLLBACK", "TRANS_STMT_PREPARE");

    static final List<LintRule> ALL = List.of(
            LintRule.warning("create-trigger-lock")
                    .page(new Page(
                            "CREATE TRIGGER in a transaction that goes on to read or write many rows",
                            "CREATE TRIGGER takes no time, but it takes SHARE ROW EXCLUSIVE on the table, which is held until the"
                                    + " transaction ends: writes wait all the while.",
                            "Create the trigger in a transaction of its own, or as its last statement, under a lock_timeout.",
                            "Manual, \"Explicit Locking\", SHARE ROW EXCLUSIVE."))
                    .provedBy(new Proof.ScansUnderLock(LockMode.SHARE_ROW_EXCLUSIVE, "orders", "customers"))
                    .checksFiles(TriggerRules::create),
            LintRule.warning("disable-trigger")
                    .page(new Page(
                            "Triggers that are switched off",
                            "Until they are switched on again they miss what everybody writes, not only this session, and nothing makes up"
                                    + " for it. DISABLE TRIGGER ALL and session_replication_role switch off foreign keys, too: rows that"
                                    + " break them stay, and no later check finds them.",
                            "Let the trigger's function look at a setting that only this session makes, or do the work so that the triggers"
                                    + " may see it. For the order of rows, declare the foreign key DEFERRABLE and defer it.",
                            "Manual, ALTER TABLE, DISABLE TRIGGER; session_replication_role."))
                    .provedBy(
                            new Proof.Shows(
                                    "an order refers to a customer that is not there, though there is a valid foreign key",
                                    "select exists (select from orders where not exists (select from customers where id = customer_id))"))
                    .checks(TriggerRules::disable));

    private TriggerRules() {}

    private static void create(FileEnd end) {
        boolean open = end.settings().transactional();
        for (int index = 0; index < end.statements().size(); index++) {
            Statement statement = end.statements().get(index);
            String kind = statement.is("TransactionStmt") ? statement.node().text("kind") : "";
            open = BEGINNING.contains(kind) || (open && !ENDING.contains(kind));
            if (open && statement.is("CreateTrigStmt")) {
                QualifiedName table = end.session().name(statement.node().child("relation"));
                if (!end.session().isNew(table)) {
                    create(
                            end,
                            statement,
                            end.statements().subList(index + 1, end.statements().size()));
                }
            }
        }
    }

    private static void create(FileEnd end, Statement trigger, List<Statement> later) {
        Optional<String> slow = later.stream()
                .takeWhile(each -> !ENDING.contains(each.node().text("kind")) || !each.is("TransactionStmt"))
                .flatMap(each -> SlowStatements.what(each.node(), end.session()).stream())
                .findFirst();
        ParseNode relation = trigger.node().child("relation");
        String schema = relation.text("schemaname");
        String table = new QualifiedName(schema.isEmpty() ? null : schema, relation.text("relname")).sql();
        slow.ifPresent(what -> end.find(
                        trigger,
                        "CREATE TRIGGER holds SHARE ROW EXCLUSIVE on " + table + " until the transaction ends, and "
                                + what + " runs before that: writes to " + table + " wait")
                .remedy("-- behind the other work, in a transaction of its own:\nset lock_timeout = '2s';\n"
                        + trigger.text() + ";")
                .add());
    }

    private static void disable(Visit visit) {
        for (Command command : Command.of(visit)) {
            String name = Command.quoted(
                    command.alteration().name().isEmpty()
                            ? "?"
                            : command.alteration().name());
            String what =
                    switch (command.alteration().type()) {
                        case "AT_DisableTrig" -> "the trigger " + name + " misses";
                        case "AT_EnableReplicaTrig" ->
                            "the trigger " + name + ", which then fires on replicas only, misses";
                        case "AT_DisableTrigAll" -> "all triggers, those of foreign keys too, miss";
                        case "AT_DisableTrigUser" -> "all triggers but those of foreign keys miss";
                        default -> "";
                    };
            if (!what.isEmpty()) {
                command.find(what + " what anybody writes to " + command.table()
                                + " from now on, and nothing makes up for it")
                        .remedy(
                                "let the trigger's function return early when current_setting('app.import', true) = 'on', and write:\n"
                                        + "set app.import = 'on';")
                        .add();
            }
        }
        boolean replica = visit.is("VariableSetStmt")
                && visit.node().text("name").equals("session_replication_role")
                && visit.node().list("args").stream()
                        .anyMatch(each -> each.constant().orElse("").equalsIgnoreCase("replica"));
        if (replica) {
            visit.find(
                            "session_replication_role = replica switches off all triggers of this session, those of foreign keys too, and"
                                    + " nothing checks its rows later")
                    .remedy(
                            "write the rows in an order that the foreign keys allow, or defer those:\nset constraints all deferred;")
                    .add();
        }
    }
}
