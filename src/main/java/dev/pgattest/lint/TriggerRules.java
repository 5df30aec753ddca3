package dev.pgattest.lint;

import dev.pgattest.lint.LintRule.Page;
import dev.pgattest.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Rules about triggers of tables in use. */
final class TriggerRules {

    static final List<LintRule> ALL = List.of(
            LintRule.warning("create-trigger-lock")
                    .page(new Page(
                            "CREATE TRIGGER in a transaction that goes on to read or write many rows",
                            "CREATE TRIGGER takes no time, but it takes SHARE ROW EXCLUSIVE on the table, which is held until the"
                                    + " transaction ends: writes wait all the while.",
                            "Create the trigger in a transaction of its own, or as its last statement, under a lock_timeout.",
                            "Manual, \"Explicit Locking\", SHARE ROW EXCLUSIVE."))
                    .provedBy(new Proof.ScansUnderLock(LockMode.SHARE_ROW_EXCLUSIVE, "orders", "customers"))
                    .checks(TriggerRules::create),
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

    private static void create(Visit visit) {
        Optional<Transaction> transaction = visit.session().transaction();
        // What holds ACCESS EXCLUSIVE is another rule's.
        List<QualifiedName> tables = transaction.stream()
                .flatMap(open ->
                        open.triggered().stream().filter(table -> open.locks().get(table) != LockMode.ACCESS_EXCLUSIVE))
                .toList();
        if (tables.isEmpty()) {
            return;
        }
        String names = tables.stream().map(table -> Command.shown(visit, table)).collect(Collectors.joining(", "));
        SlowStatements.what(visit.node(), visit.session())
                .ifPresent(what -> visit.find(what + " runs while the transaction holds SHARE ROW EXCLUSIVE on " + names
                                + ", which CREATE TRIGGER took: writes to " + names
                                + " wait until the transaction ends")
                        .remedy("-- before the trigger is made, or behind the transaction:\n"
                                + visit.statement().text() + ";")
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
