package dev.pgattest.playbook;

import dev.pgattest.deploy.DeploymentPlan.Direction;
import dev.pgattest.deploy.Hazard;
import dev.pgattest.deploy.Step;
import dev.pgattest.deploy.StepKind;
import dev.pgattest.deploy.WantedIndex;
import dev.pgattest.schema.CatalogIndex;
import dev.pgattest.schema.IndexStatement;
import dev.pgattest.sql.Literal;
import dev.pgattest.sql.QualifiedName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes each step with what decides whether it is still to be done. */
final class ScriptSteps {

    private static final String NEW_PLAN = "somebody has changed it since the plan was made; make a new plan";

    private static final Duration LONG = Duration.ofHours(1);

    private final ScriptInput input;
    private final Map<QualifiedName, QualifiedName> finalNames = new HashMap<>();
    private final List<String> lines = new ArrayList<>();

    ScriptSteps(ScriptInput input) {
        this.input = input;
        for (Step step : input.plan().steps()) {
            if (step.kind() == StepKind.SWAP || step.kind() == StepKind.SWAP_BACK) {
                step.index().ifPresent(name -> {
                    finalNames.put(WantedIndex.temporaryName(name), name);
                    finalNames.put(WantedIndex.formerName(name), name);
                });
            }
        }
    }

    /** The lines of one step. */
    List<String> of(int number, Step step) {
        lines.clear();
        String title = number + " of " + input.plan().steps().size() + ": " + step.kind().word().replace('-', ' ') + " "
                + step.subject().text();
        lines.add("");
        lines.add(PsqlText.comment(title + " (" + step.reason() + ")"));
        lines.add("\\echo " + PsqlText.argument("step " + title));
        lines.add("set lock_timeout = '" + PsqlText.time(step.limits().lockTimeout()) + "';");
        lines.add("set statement_timeout = '" + deadline(step) + "';");
        switch (step.kind()) {
            case CREATE, CREATE_PARENT -> create(number, step);
            case SWAP -> swap(number, step, WantedIndex.temporaryName(index(step)), WantedIndex.formerName(index(step)));
            case SWAP_BACK -> swap(number, step, WantedIndex.formerName(index(step)), WantedIndex.temporaryName(index(step)));
            case DROP, DROP_PARENT, DROP_CONSTRAINT -> drop(number, step, true);
            case CLEAN -> drop(number, step, false);
            case ATTACH -> unless("attached", number, step);
            case ADD_CONSTRAINT -> unless("owned", number, step);
            case COMMENT, ANALYZE -> run(number, step);
            case SCRIPT, DATA, REFRESH, REPEATABLE -> script(number, step);
        }
        return List.copyOf(lines);
    }

    /** The server keeps a deadline only when it is long: cancelled by a short one, a build would have been for nothing. */
    private static String deadline(Step step) {
        Duration deadline = step.limits().deadline();
        return deadline.compareTo(LONG) < 0 ? "0" : PsqlText.time(deadline);
    }

    private static QualifiedName index(Step step) {
        return step.index().orElseThrow();
    }

    private void fail(String condition, String message, String hint) {
        lines.add("\\if :pgattest_" + condition);
        stop(message, hint);
        lines.add("\\endif");
    }

    private void stop(String message, String hint) {
        lines.add(PsqlText.failure(message, hint));
    }

    /** Asks what has the name of an index. */
    private void ask(QualifiedName index, Step step, String prefix) {
        QualifiedName table = step.table().orElseThrow();
        lines.add("execute pgattest_index(" + names(index) + ", " + names(table) + ") \\gset pgattest_" + prefix);
    }

    private static String names(QualifiedName name) {
        return PsqlScript.literal(name.schema()) + ", " + Literal.quote(name.name());
    }

    private void refuseOthers(QualifiedName index, String prefix) {
        fail(prefix + "taken", "the name " + index.sql() + " is taken by something that is no index of its table", "rename one of them");
        fail(
                prefix + "building",
                index.sql() + " is being built by another session",
                "run the script again when that has ended; pg_stat_progress_create_index shows it");
    }

    /** Says in {@code pgattest_same} whether an index of the database is what a statement makes, in whatever words. */
    private void compare(QualifiedName found, IndexStatement wanted, QualifiedName table) {
        QualifiedName copy = new QualifiedName("pg_temp", "pgattest_like");
        IndexStatement onCopy =
                new IndexStatement(null, copy, wanted.definition(), wanted.before(), wanted.after());
        lines.add("-- Both are made on an empty copy of the table, and again from the server's own words.");
        lines.add("begin;");
        lines.add("create temporary table pgattest_like (like " + table.sql() + ") on commit drop;");
        lines.add(onCopy.named("pgattest_wanted_1") + ";");
        lines.add("execute pgattest_copy('pg_temp', 'pgattest_wanted_1', 'pgattest_wanted_2') \\gexec");
        lines.add("execute pgattest_copy(" + names(found) + ", 'pgattest_found_1') \\gexec");
        lines.add("execute pgattest_copy('pg_temp', 'pgattest_found_1', 'pgattest_found_2') \\gexec");
        lines.add("execute pgattest_same('pgattest_wanted_2', 'pgattest_found_2') \\gset pgattest_");
        lines.add("rollback;");
    }

    private void create(int number, Step step) {
        QualifiedName index = index(step);
        QualifiedName table = step.table().orElseThrow();
        IndexStatement wanted = IndexStatement.parse(step.statements().get(0)).orThrow();
        boolean parent = step.kind() == StepKind.CREATE_PARENT;
        String there = parent ? "partitioned" : "usable";
        lines.add("\\set pgattest_done false");
        ask(index, step, "");
        refuseOthers(index, "");
        lines.add("\\if :pgattest_" + there);
        compare(index, wanted, table);
        lines.add("\\set pgattest_done :pgattest_same");
        lines.add("\\if :pgattest_done");
        lines.add("\\else");
        lines.add("\\warn 'it is' :pgattest_definition");
        stop(index.sql() + " is there with another definition", NEW_PLAN);
        lines.add("\\endif");
        lines.add("\\endif");
        QualifiedName swapped = finalNames.get(index);
        if (swapped != null) {
            lines.add("\\if :pgattest_absent");
            lines.add("-- It may have taken its place already.");
            ask(swapped, step, "final_");
            lines.add("\\if :pgattest_final_usable");
            compare(swapped, wanted, table);
            lines.add("\\set pgattest_done :pgattest_same");
            lines.add("\\endif");
            lines.add("\\endif");
        }
        lines.add("\\if :pgattest_done");
        lines.add("\\echo '  done already'");
        lines.add("\\else");
        if (parent) {
            run(number, step);
        } else {
            build(number, step);
        }
        lines.add("\\endif");
    }

    private void build(int number, Step step) {
        QualifiedName index = index(step);
        boolean foreign = step.hazards().contains(Hazard.INVALID_INDEX);
        lines.add("execute pgattest_ours(" + names(index) + ") \\gset pgattest_");
        begin(number, step);
        lines.add("\\if :pgattest_leftover");
        if (!foreign) {
            lines.add("\\if :pgattest_ours");
            lines.add("\\else");
            stop(
                    index.sql() + " is invalid, and no deployment has left it",
                    "find out who has, then drop it with `drop index concurrently` or make a new plan");
            lines.add("\\endif");
        }
        lines.add("-- An interrupted build has left it.");
        dropConcurrently(index);
        lines.add("\\endif");
        lines.add("\\set ON_ERROR_STOP off");
        lines.add(step.statements().get(0) + ";");
        lines.add("\\set ON_ERROR_STOP on");
        lines.add("\\if :ERROR");
        afterFailure(step);
        lines.add("\\endif");
        step.statements().subList(1, step.statements().size()).forEach(each -> lines.add(each + ";"));
        ask(index, step, "");
        lines.add("\\if :pgattest_usable");
        lines.add("\\else");
        stop(index.sql() + " was built and is not valid", "run the script again");
        lines.add("\\endif");
        lines.add("execute pgattest_end_step(:pgattest_step);");
    }

    private void dropConcurrently(QualifiedName index) {
        lines.add("drop index concurrently " + index.sql() + ";");
    }

    /** What a failed build leaves slows writes down, and refuses rows if it is unique. */
    private void afterFailure(Step step) {
        QualifiedName index = index(step);
        lines.add("\\set pgattest_why :LAST_ERROR_MESSAGE");
        lines.add("select :'SQLSTATE' = '23505' as doubled \\gset pgattest_");
        lines.add("execute pgattest_fail_step(:pgattest_step, :'pgattest_why');");
        ask(index, step, "");
        lines.add("\\if :pgattest_leftover");
        if (step.hazards().contains(Hazard.UNIQUE_BUILD)) {
            lines.add("\\if :pgattest_doubled");
            lines.add("-- Some of the keys that more than one row has.");
            lines.add("set statement_timeout = '60s';");
            lines.add("\\set ON_ERROR_STOP off");
            lines.add("execute pgattest_duplicates(" + names(index) + ") \\gexec");
            lines.add("\\set ON_ERROR_STOP on");
            lines.add("set statement_timeout = '" + deadline(step) + "';");
            lines.add("\\endif");
        }
        lines.add("-- It is of no use, and every write would keep it up to date.");
        dropConcurrently(index);
        lines.add("\\endif");
        lines.add("\\warn 'the build failed:' :pgattest_why");
        stop(index.sql() + " could not be built", "mend the cause, then run the script again");
    }

    private void swap(int number, Step step, QualifiedName from, QualifiedName aside) {
        QualifiedName index = index(step);
        ask(index, step, "");
        refuseOthers(index, "");
        ask(from, step, "from_");
        ask(aside, step, "aside_");
        lines.add("select :'pgattest_from_absent'::pg_catalog.bool and not :'pgattest_absent'::pg_catalog.bool as done,\n"
                + "    not :'pgattest_from_absent'::pg_catalog.bool and not :'pgattest_absent'::pg_catalog.bool"
                + " and :'pgattest_aside_absent'::pg_catalog.bool as possible \\gset pgattest_");
        lines.add("\\if :pgattest_done");
        lines.add("\\echo '  done already'");
        lines.add("\\elif :pgattest_possible");
        run(number, step);
        lines.add("\\else");
        stop(
                "the indexes " + index.sql() + ", " + from.sql() + " and " + aside.sql() + " are not as they should be before they exchange their names",
                NEW_PLAN);
        lines.add("\\endif");
    }

    private void drop(int number, Step step, boolean known) {
        QualifiedName index = index(step);
        QualifiedName swapped = finalNames.get(index);
        ask(index, step, "");
        refuseOthers(index, "");
        lines.add("\\if :pgattest_absent");
        lines.add("\\echo '  done already'");
        lines.add("\\else");
        if (known) {
            seen(step, index);
        }
        if (swapped != null) {
            ask(swapped, step, "final_");
            lines.add("\\if :pgattest_final_" + (step.kind() == StepKind.DROP_PARENT ? "partitioned" : "usable"));
            lines.add("\\else");
            stop(swapped.sql() + " is not valid, so " + index.sql() + " is kept", NEW_PLAN);
            lines.add("\\endif");
        }
        run(number, step);
        lines.add("\\endif");
    }

    /** An index that is dropped must be the one that the plan has seen. */
    private void seen(Step step, QualifiedName index) {
        Optional<CatalogIndex> before = input.before().index(index);
        if (before.isEmpty() || before.get().definition().excluding().size() > 0) {
            return;
        }
        lines.add("\\if :pgattest_usable");
        compare(index, IndexStatement.parse(before.get().sql()).orThrow(), step.table().orElseThrow());
        lines.add("\\if :pgattest_same");
        lines.add("\\else");
        lines.add("\\warn 'it is' :pgattest_definition");
        stop(index.sql() + " has another definition than the plan has seen", NEW_PLAN);
        lines.add("\\endif");
        lines.add("\\endif");
    }

    private void unless(String condition, int number, Step step) {
        ask(index(step), step, "");
        lines.add("\\if :pgattest_" + condition);
        lines.add("\\echo '  done already'");
        lines.add("\\else");
        run(number, step);
        lines.add("\\endif");
    }

    private void script(int number, Step step) {
        boolean back = input.plan().direction() == Direction.ROLLBACK;
        lines.add("execute pgattest_ran(:pgattest_deployment, " + Literal.quote(step.key()) + ") \\gset pgattest_");
        lines.add("\\if :pgattest_ran");
        lines.add("\\echo '  done already'");
        if (back) {
            lines.add("\\elif :pgattest_nothing_ran");
            lines.add("\\echo '  nothing is to be undone'");
        }
        lines.add("\\else");
        run(number, step);
        lines.add("\\endif");
    }

    private void begin(int number, Step step) {
        QualifiedName index = step.subject().index();
        boolean kept = index != null && !WantedIndex.isTemporary(index);
        lines.add("execute pgattest_begin_step(:pgattest_deployment, " + number + ", " + Literal.quote(step.key()) + ", "
                + Literal.quote(step.kind().word()) + ", " + Literal.quote(step.subject().text()) + ", "
                + (index == null ? "null, null" : names(index)) + ",\n    "
                + Literal.quote(String.join(";\n", step.statements())) + ", " + kept + ") \\gset pgattest_");
    }

    /** The statements of a step, with the journal's record in the same transaction where it has one. */
    private void run(int number, Step step) {
        begin(number, step);
        boolean ofScript = !step.subject().place().isEmpty();
        // What a script says about its transaction holds for its ANALYZE too.
        boolean transaction = step.kind().isTransactional() || (ofScript && step.kind() == StepKind.ANALYZE);
        if (ofScript) {
            lines.add("select pg_catalog.set_config('search_path', :'pgattest_saved_search_path', false) as path \\gset pgattest_");
        }
        if (transaction) {
            lines.add("begin;");
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
        }
        if (!transaction) {
            lines.add("execute pgattest_end_step(:pgattest_step);");
        }
    }
}
