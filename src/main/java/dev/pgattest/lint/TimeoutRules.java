package dev.pgattest.lint;

import dev.pgattest.lint.LintRule.Page;
import dev.pgattest.sql.Literal;
import dev.pgattest.sql.ParseNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Rules about the timeouts that are in force when a statement waits or works. */
final class TimeoutRules {

    private static final Duration LONG_WORK = Duration.ofHours(1);
    private static final Duration LONG_WAIT = Duration.ofMinutes(1);
    private static final int TRANSACTION_TIMEOUT_SINCE = 17;
    private static final String LOCK_TIMEOUT = "lock_timeout";
    private static final String STATEMENT_TIMEOUT = "statement_timeout";

    static final List<LintRule> ALL = List.of(
            LintRule.error("short-statement-timeout")
                    .page(new Page(
                            "Work on a whole table under a short statement_timeout",
                            "The timeout stops the work. A concurrent build leaves an invalid index behind, which every write still"
                                    + " keeps up to date; a validation begins anew.",
                            "Set statement_timeout to 0, or to hours, for this statement alone. Under an hour counts as short for"
                                    + " CREATE INDEX and REINDEX CONCURRENTLY and VALIDATE CONSTRAINT, under a minute for DROP INDEX and DETACH"
                                    + " PARTITION CONCURRENTLY. PostgreSQL 17's transaction_timeout counts too.",
                            "Manual, statement_timeout, transaction_timeout; tried on a server."))
                    .provedBy(new Proof.FailsBesideWriter(
                            "57014",
                            "the index is there and invalid",
                            "select exists (select from pg_index where not indisvalid"
                                    + " and indexrelid = to_regclass('orders_customer'))"))
                    .checks(TimeoutRules::shortStatementTimeout),
            LintRule.warning("short-lock-timeout")
                    .page(
                            new Page(
                                    "A concurrent build under a short lock_timeout",
                                    "The build waits for every transaction that holds an older snapshot, on whatever table, and lock_timeout"
                                            + " bounds these waits too. It fails although it stopped nobody, and leaves an invalid index.",
                                    "Give CREATE, DROP and REINDEX INDEX CONCURRENTLY minutes: they block neither reads nor writes while they"
                                            + " wait. Under a minute counts as short.",
                                    "VirtualXactLock in lock.c, through WaitForOlderSnapshots in indexcmds.c; tried on a server."))
                    .provedBy(new Proof.FailsBesideWriter(
                            "55P03",
                            "the index is there and invalid",
                            "select exists (select from pg_index where not indisvalid"
                                    + " and indexrelid = to_regclass('orders_customer'))"))
                    .checks(TimeoutRules::shortLockTimeout),
            LintRule.warning("missing-lock-timeout")
                    .page(new Page(
                            "A lock that stops traffic is asked for without a lock_timeout",
                            "While the statement waits for a transaction that is in its way, everything that comes after it and"
                                    + " would conflict waits behind it, for as long as that transaction likes.",
                            "Set lock_timeout to a few seconds at most before it and try again when it fails with 55P03. There is one"
                                    + " finding a file, at the first such statement that no comment allows.",
                            "Manual, lock_timeout and \"Explicit Locking\"; tried on a server."))
                    .provedBy(new Proof.Queues("orders"))
                    .once()
                    .checks(visit -> lockTimeout(visit, false)),
            LintRule.warning("zero-lock-timeout")
                    .page(new Page(
                            "A lock_timeout that is 0 or never fires",
                            "0 means no timeout: everything that conflicts waits behind the statement while it waits for its lock. A"
                                    + " lock_timeout that is not below statement_timeout never fires either: the statement is cancelled with another"
                                    + " SQLSTATE, which tells nobody to try again.",
                            "Set lock_timeout to a few seconds at most, below statement_timeout. There is one finding a file, at the"
                                    + " first statement that it hurts and that no comment allows.",
                            "Manual, lock_timeout."))
                    .provedBy(new Proof.Queues("orders"))
                    .once()
                    .checks(visit -> lockTimeout(visit, true)),
            LintRule.info("missing-statement-timeout")
                    .page(new Page(
                            "A statement that stops traffic runs without a statement_timeout",
                            "When it takes longer than anybody thought, everything that it stops waits as long.",
                            "Set statement_timeout to what the application can bear, and to 0 again for concurrent builds and validations,"
                                    + " which must be let run. There is one finding a file.",
                            "Manual, statement_timeout. Off by default: a timeout that holds for concurrent builds too does harm (see"
                                    + " short-statement-timeout)."))
                    .provedBy(new Proof.Unprovable(
                            "that nothing ends a statement could only be shown by waiting for ever"))
                    .onRequest()
                    .once()
                    .checks(TimeoutRules::missingStatementTimeout),
            LintRule.warning("set-local-outside-transaction")
                    .page(new Page(
                            "SET LOCAL outside of a transaction",
                            "It changes nothing but for a warning: the statements behind it run with the settings from before.",
                            "Put it and the statements that it is for between BEGIN and COMMIT, or use SET.",
                            "Manual, SET."))
                    .provedBy(new Proof.Queues("orders"))
                    .checks(TimeoutRules::setLocal));

    private TimeoutRules() {}

    private static void shortStatementTimeout(Visit visit) {
        Optional<Work> work = work(visit);
        work.ifPresent(each -> {
            tooShort(visit, STATEMENT_TIMEOUT, "0", each);
            if (visit.settings().pgVersion() >= TRANSACTION_TIMEOUT_SINCE) {
                tooShort(visit, "transaction_timeout", "0", each);
            }
        });
    }

    private static void shortLockTimeout(Visit visit) {
        if (visit.statement().inside() == Statement.Inside.FILE) {
            ConcurrentCommand.of(visit.statement())
                    .ifPresent(command -> tooShort(
                            visit, LOCK_TIMEOUT, "10min", new Work(command.toString(), command.leftover(), LONG_WAIT)));
        }
    }

    /** What takes long: in words, what is left when it is stopped, and how long it must have. */
    private record Work(String words, String leftover, Duration needs) {}

    private static Optional<Work> work(Visit visit) {
        Optional<Work> concurrent = ConcurrentCommand.of(visit.statement())
                .filter(command -> visit.statement().inside() == Statement.Inside.FILE)
                .map(command ->
                        new Work(command.toString(), command.leftover(), command.scans() ? LONG_WORK : LONG_WAIT));
        return concurrent.or(() -> visit.alterationsOfOldTable().stream()
                .filter(each -> each.is("AT_ValidateConstraint"))
                .map(each -> new Work("VALIDATE CONSTRAINT " + each.name(), "", LONG_WORK))
                .findFirst());
    }

    private static void tooShort(Visit visit, String setting, String enough, Work work) {
        SettingsInForce settings = visit.session().settings();
        Optional<Duration> limit = settings.time(setting);
        if (limit.isEmpty() || limit.get().isZero() || limit.get().compareTo(work.needs()) >= 0) {
            return;
        }
        Statement statement = visit.statement();
        String value = settings.value(setting).orElse("0");
        boolean alone = !visit.inTransaction();
        String first = set(statement, alone, setting, enough) + ";\n";
        String last = set(statement, alone, setting, value);
        List<Edit> edits = List.of(
                visit.file().around().before(statement, first),
                visit.file().around().behind(statement, last));
        String left = work.leftover().isEmpty() ? "" : " and leaves " + work.leftover();
        visit.find(setting + " " + value + " stops " + work.words() + left)
                .remedy(first + statement.text() + ";\n" + last + ";")
                .fix(alone ? edits : List.of())
                .add();
    }

    private static String set(Statement statement, boolean alone, String setting, String value) {
        String words = statement.keyword(alone ? "set " : "set local ") + setting + " = ";
        return words + (value.equals("0") ? value : Literal.quote(value));
    }

    private static void lockTimeout(Visit visit, boolean given) {
        Optional<TrafficLock> lock = TrafficLock.of(visit);
        if (lock.isEmpty()) {
            return;
        }
        SettingsInForce settings = visit.session().settings();
        Optional<Duration> limit = settings.time(LOCK_TIMEOUT);
        if (given != limit.isPresent() || settings.value(LOCK_TIMEOUT).isPresent() != limit.isPresent()) {
            return;
        }
        Duration statementLimit = settings.time(STATEMENT_TIMEOUT).orElse(Duration.ZERO);
        boolean zero = limit.map(Duration::isZero).orElse(false);
        boolean late = !statementLimit.isZero()
                && limit.map(each -> each.compareTo(statementLimit) >= 0).orElse(false);
        if (given && !zero && !late) {
            return;
        }
        String problem = !given
                ? "with no lock_timeout in force"
                : zero
                        ? "with lock_timeout 0, which is none"
                        : "with lock_timeout " + settings.value(LOCK_TIMEOUT).orElse("") + ", which statement_timeout "
                                + settings.value(STATEMENT_TIMEOUT).orElse("") + " never lets fire";
        boolean waits = !given || zero;
        Statement statement = visit.statement();
        String value = late && statementLimit.compareTo(Duration.ofSeconds(2)) <= 0 ? "100ms" : "2s";
        String set = set(statement, !visit.inTransaction(), LOCK_TIMEOUT, value) + ";\n";
        visit.find(statementWord(visit) + " asks for " + lock.get().words() + " " + problem
                        + (waits ? ": while it waits, " + lock.get().stopped() + " wait behind it" : ""))
                .remedy(set + statement.text() + ";")
                .fix(canSet(visit) ? List.of(visit.file().around().before(statement, set)) : List.of())
                .add();
    }

    private static void missingStatementTimeout(Visit visit) {
        boolean given = visit.session().settings().value(STATEMENT_TIMEOUT).isPresent();
        Optional<TrafficLock> lock = TrafficLock.of(visit);
        if (given || lock.isEmpty()) {
            return;
        }
        String set = set(visit.statement(), !visit.inTransaction(), STATEMENT_TIMEOUT, "30s") + ";\n";
        visit.find(statementWord(visit) + " may hold " + lock.get().words()
                        + " for any time: no statement_timeout is in force")
                .remedy(set + visit.statement().text() + ";")
                .add();
    }

    private static String statementWord(Visit visit) {
        return visit.statement().words().get(0).text(visit.statement().text()).toUpperCase(java.util.Locale.ROOT);
    }

    /** What works concurrently later in the file must not find the short timeout in force. */
    private static boolean canSet(Visit visit) {
        Statement statement = visit.statement();
        return statement.inside() == Statement.Inside.FILE
                && (visit.inTransaction() || !visit.file().around().worksConcurrentlyBehind(statement));
    }

    private static void setLocal(Visit visit) {
        if (visit.inTransaction() || !isLocal(visit)) {
            return;
        }
        Statement statement = visit.statement();
        visit.find("SET LOCAL changes nothing: no transaction is open here")
                .remedy(statement.keyword("begin") + ";\n" + statement.text() + ";\n-- the statements that it is for\n"
                        + statement.keyword("commit") + ";")
                .add();
    }

    private static boolean isLocal(Visit visit) {
        ParseNode node = visit.node();
        if (visit.is("VariableSetStmt")) {
            return node.flag("is_local") && !node.text("kind").equals("VAR_SET_MULTI");
        }
        List<ParseNode> targets =
                visit.is("SelectStmt") && !node.has("fromClause") ? node.list("targetList") : List.of();
        return !targets.isEmpty() && targets.stream().allMatch(target -> setsLocally(target.child("val")));
    }

    private static boolean setsLocally(ParseNode call) {
        List<String> name = call.names("funcname");
        List<ParseNode> arguments = call.list("args");
        return call.is("FuncCall")
                && name.get(name.size() - 1).equals("set_config")
                && arguments.size() == 3
                && arguments.get(2).constant().orElse("").startsWith("t");
    }
}
