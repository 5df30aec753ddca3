package dev.pgattest.playbook;

import dev.pgattest.deploy.Step;
import dev.pgattest.deploy.StepKind;
import dev.pgattest.deploy.WantedIndex;
import dev.pgattest.schema.IndexStatement;
import dev.pgattest.sql.Literal;
import dev.pgattest.sql.QualifiedName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The lines of a step, and what steps have in common. */
final class StepLines {

    static final String NEW_PLAN = "somebody has changed it since the plan was made; make a new plan";

    /** Functions of indexes and scripts may rely on the user's own. */
    static final String USERS_PATH =
            "select pg_catalog.set_config('search_path', :'pgattest_saved_search_path', false) as path \\gset pgattest_";

    /** In which the server names everything with its schema. */
    static final String PLAIN_PATH = "set search_path = pg_catalog;";

    static final String NO_CONCURRENT_DROP =
            "-- pgattest:allow drop-index-not-concurrent: the index of a partitioned table has no concurrent drop";

    private static final Duration LONG = Duration.ofHours(1);

    private final ScriptInput input;
    private final List<String> lines = new ArrayList<>();

    StepLines(ScriptInput input) {
        this.input = input;
    }

    void add(String line) {
        lines.add(line);
    }

    /** The lines so far; the next step begins without any. */
    List<String> taken() {
        List<String> taken = List.copyOf(lines);
        lines.clear();
        return taken;
    }

    /** The server keeps a deadline only when it is long: cancelled by a short one, a build would have been for nothing. */
    static String deadline(Step step) {
        Duration deadline = step.limits().deadline();
        return deadline.compareTo(LONG) < 0 ? "0" : PsqlText.time(deadline);
    }

    static QualifiedName index(Step step) {
        return step.index().orElseThrow();
    }

    void fail(String condition, String message, String hint) {
        lines.add("\\if :pgattest_" + condition);
        stop(message, hint);
        lines.add("\\endif");
    }

    void stop(String message, String hint) {
        lines.add(PsqlText.failure(message, hint));
    }

    /** Asks what has the name of an index. */
    void ask(QualifiedName index, Step step, String prefix) {
        QualifiedName table = step.table().orElseThrow();
        lines.add("execute pgattest_index(" + names(index) + ", " + names(table) + ") \\gset pgattest_" + prefix);
    }

    static String names(QualifiedName name) {
        return PsqlScript.literal(name.schema()) + ", " + Literal.quote(name.name());
    }

    void refuseOthers(QualifiedName index, String prefix) {
        fail(
                prefix + "taken",
                "the name " + index.sql() + " is taken by something that is no index of its table",
                "rename one of them");
        fail(
                prefix + "building",
                index.sql() + " is being built by another session",
                "run the script again when that has ended; pg_stat_progress_create_index shows it");
    }

    /** Says in {@code pgattest_same} whether an index of the database is what a statement makes, in whatever words. */
    void compare(QualifiedName found, IndexStatement wanted, QualifiedName table) {
        QualifiedName copy = new QualifiedName("pg_temp", "pgattest_like");
        IndexStatement onCopy = new IndexStatement(null, copy, wanted.definition(), wanted.before(), wanted.after());
        lines.add("-- Both are made on an empty copy of the table, and again from the server's own words.");
        lines.add("begin;");
        lines.add("create temporary table pgattest_like (like " + table.sql() + ") on commit drop;");
        lines.add(USERS_PATH);
        lines.add(onCopy.named("pgattest_wanted_1") + ";");
        lines.add(PLAIN_PATH);
        lines.add("execute pgattest_copy('pg_temp', 'pgattest_wanted_1', 'pgattest_wanted_2') \\gexec");
        lines.add("execute pgattest_copy(" + names(found) + ", 'pgattest_found_1') \\gexec");
        lines.add("execute pgattest_copy('pg_temp', 'pgattest_found_1', 'pgattest_found_2') \\gexec");
        lines.add("execute pgattest_same('pgattest_wanted_2', 'pgattest_found_2') \\gset pgattest_");
        lines.add("rollback;");
    }

    void dropConcurrently(QualifiedName index) {
        lines.add("drop index concurrently " + index.sql() + ";");
    }

    void begin(int number, Step step) {
        QualifiedName index = step.subject().index();
        boolean kept = index != null && !WantedIndex.isTemporary(index);
        lines.add(
                "execute pgattest_begin_step(:pgattest_deployment, " + number + ", " + Literal.quote(step.key()) + ", "
                        + Literal.quote(step.kind().word()) + ", "
                        + Literal.quote(step.subject().text()) + ", "
                        + (index == null ? "null, null" : names(index)) + ",\n    "
                        + Literal.quote(String.join(";\n", step.statements())) + ", " + kept + ") \\gset pgattest_");
    }

    /** The statements of a step, with the journal's record in the same transaction where it has one. */
    void run(int number, Step step) {
        begin(number, step);
        boolean ofScript = !step.subject().place().isEmpty();
        // What a script says about its transaction holds for its ANALYZE too.
        boolean transaction = step.kind().isTransactional() || (ofScript && step.kind() == StepKind.ANALYZE);
        lines.add(USERS_PATH);
        if (transaction) {
            lines.add("begin;");
        }
        if (step.kind() == StepKind.DROP_PARENT) {
            lines.add(NO_CONCURRENT_DROP);
        }
        step.statements().forEach(each -> lines.add(each + ";"));
        if (ofScript) {
            lines.add("reset session authorization;");
            lines.add("reset role;");
        }
        if (transaction) {
            lines.add("execute pgattest_end_step(:pgattest_step);");
            lines.add("commit;");
        }
        if (ofScript) {
            lines.add("reset all;");
            lines.addAll(ScriptHead.settings(input.plan()));
        } else {
            lines.add(PLAIN_PATH);
        }
        if (!transaction) {
            lines.add("execute pgattest_end_step(:pgattest_step);");
        }
    }
}
