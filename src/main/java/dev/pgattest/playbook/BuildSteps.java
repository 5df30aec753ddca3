package dev.pgattest.playbook;

import dev.pgattest.deploy.Hazard;
import dev.pgattest.deploy.Step;
import dev.pgattest.deploy.StepKind;
import dev.pgattest.deploy.WantedIndex;
import dev.pgattest.schema.CatalogIndex;
import dev.pgattest.schema.IndexStatement;
import dev.pgattest.sql.Identifier;
import dev.pgattest.sql.QualifiedName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Writes the steps that build an index, or one that takes the place of another. */
final class BuildSteps {

    private final ScriptInput input;
    private final StepLines lines;
    private final Map<QualifiedName, QualifiedName> finalNames = new HashMap<>();

    /** Whether the step is one of those that build a replacement. */
    private boolean replacing;

    BuildSteps(ScriptInput input, StepLines lines) {
        this.input = input;
        this.lines = lines;
        for (Step step : input.plan().steps()) {
            if (step.kind() == StepKind.SWAP || step.kind() == StepKind.SWAP_BACK) {
                step.index().ifPresent(name -> {
                    finalNames.put(WantedIndex.temporaryName(name), name);
                    finalNames.put(WantedIndex.formerName(name), name);
                });
            }
        }
    }

    /** The index whose place is taken by one of that name, or was; empty when the name is its own. */
    Optional<QualifiedName> finalName(QualifiedName index) {
        return Optional.ofNullable(finalNames.get(index));
    }

    void create(int number, Step step) {
        QualifiedName swapped = finalNames.get(StepLines.index(step));
        if (swapped == null) {
            unlessInPlace(() -> make(number, step));
            return;
        }
        IndexStatement wanted = wanted(step);
        lookInPlace(swapped, step, wanted);
        replacing = true;
        unlessInPlace(() -> {
            takeBack(swapped, step, wanted);
            make(number, step);
        });
    }

    private static IndexStatement wanted(Step step) {
        return IndexStatement.parse(step.statements().get(0)).orThrow();
    }

    /** Between the build of a replacement and the exchange of names nothing is to be done when the replacement is there already. */
    void unlessInPlace(Runnable otherwise) {
        if (!replacing) {
            otherwise.run();
            return;
        }
        lines.add("\\if :pgattest_in_place");
        lines.add("\\echo '  done already'");
        lines.add("\\else");
        otherwise.run();
        lines.add("\\endif");
    }

    /** Says in {@code pgattest_in_place} whether the index of that name is what is wanted. */
    private void lookInPlace(QualifiedName index, Step step, IndexStatement wanted) {
        lines.add("\\set pgattest_in_place false");
        lines.ask(index, step, "final_");
        lines.add("\\if :pgattest_final_usable");
        lines.compare(index, wanted, step.table().orElseThrow());
        lines.add("\\set pgattest_in_place :pgattest_same");
        lines.add("\\endif");
    }

    /** What a deployment that was not finished has put aside may be just what is wanted. */
    private void takeBack(QualifiedName index, Step step, IndexStatement wanted) {
        QualifiedName former = WantedIndex.formerName(index);
        lines.ask(StepLines.index(step), step, "");
        lines.ask(former, step, "aside_");
        lines.add("\\if :pgattest_absent");
        lines.add("\\if :pgattest_aside_usable");
        lines.compare(former, wanted, step.table().orElseThrow());
        lines.add("\\if :pgattest_same");
        lines.add("alter index " + former.sql() + " rename to "
                + Identifier.quote(StepLines.index(step).name()) + ";");
        lines.add("\\endif");
        lines.add("\\endif");
        lines.add("\\endif");
    }

    private void make(int number, Step step) {
        QualifiedName index = StepLines.index(step);
        boolean parent = step.kind() == StepKind.CREATE_PARENT;
        lines.add("\\set pgattest_done false");
        lines.ask(index, step, "");
        lines.refuseOthers(index, "");
        lines.add("\\if :pgattest_" + (parent ? "partitioned" : "usable"));
        lines.compare(index, wanted(step), step.table().orElseThrow());
        lines.add("\\set pgattest_done :pgattest_same");
        lines.add("\\if :pgattest_done");
        lines.add("\\else");
        lines.add("\\warn 'it is' :pgattest_definition");
        lines.stop(index.sql() + " is there with another definition", StepLines.NEW_PLAN);
        lines.add("\\endif");
        lines.add("\\endif");
        lines.add("\\if :pgattest_done");
        lines.add("\\echo '  done already'");
        lines.add("\\else");
        if (parent) {
            lines.run(number, step);
        } else {
            build(number, step);
        }
        lines.add("\\endif");
    }

    private void build(int number, Step step) {
        QualifiedName index = StepLines.index(step);
        lines.add("execute pgattest_ours(" + StepLines.names(index) + ") \\gset pgattest_");
        if (!step.hazards().contains(Hazard.INVALID_INDEX)) {
            refuseForeign(index);
        }
        lines.begin(number, step);
        lines.add("\\if :pgattest_leftover");
        lines.add("-- An interrupted build has left it.");
        lines.dropConcurrently(index);
        lines.add("\\endif");
        lines.add(StepLines.USERS_PATH);
        lines.add("\\set ON_ERROR_STOP off");
        lines.add(step.statements().get(0) + ";");
        lines.add("\\set ON_ERROR_STOP on");
        lines.add("\\if :ERROR");
        afterFailure(step);
        lines.add("\\endif");
        lines.add(StepLines.PLAIN_PATH);
        step.statements().subList(1, step.statements().size()).forEach(each -> lines.add(each + ";"));
        lines.ask(index, step, "");
        lines.add("\\if :pgattest_usable");
        lines.add("\\else");
        lines.stop(index.sql() + " was built and is not valid", "run the script again");
        lines.add("\\endif");
        lines.add("execute pgattest_end_step(:pgattest_step);");
    }

    private void refuseForeign(QualifiedName index) {
        lines.add("\\if :pgattest_leftover");
        lines.add("\\if :pgattest_ours");
        lines.add("\\else");
        lines.stop(
                index.sql() + " is invalid, and no deployment has left it",
                "find out who has, then drop it with `drop index concurrently` or make a new plan");
        lines.add("\\endif");
        lines.add("\\endif");
    }

    /** What a failed build leaves slows writes down, and refuses rows if it is unique. */
    private void afterFailure(Step step) {
        QualifiedName index = StepLines.index(step);
        lines.add("\\set pgattest_why :LAST_ERROR_MESSAGE");
        lines.add("\\set pgattest_state :SQLSTATE");
        lines.add(StepLines.PLAIN_PATH);
        lines.add("select :'pgattest_state' = '23505' as doubled \\gset pgattest_");
        lines.add("execute pgattest_fail_step(:pgattest_step, :'pgattest_why');");
        lines.ask(index, step, "");
        lines.add("\\if :pgattest_leftover");
        if (step.hazards().contains(Hazard.UNIQUE_BUILD)) {
            lines.add("\\if :pgattest_doubled");
            lines.add("-- Some of the keys that more than one row has.");
            lines.add("set statement_timeout = '60s';");
            lines.add("\\set ON_ERROR_STOP off");
            lines.add("execute pgattest_duplicates(" + StepLines.names(index) + ") \\gexec");
            lines.add("\\set ON_ERROR_STOP on");
            lines.add("set statement_timeout = '" + StepLines.deadline(step) + "';");
            lines.add("\\endif");
        }
        lines.add("-- It is of no use, and every write would keep it up to date.");
        lines.dropConcurrently(index);
        lines.add("\\endif");
        lines.add("\\warn 'the build failed:' :pgattest_why");
        lines.stop(index.sql() + " could not be built", "mend the cause, then run the script again");
    }

    void swap(int number, Step step, QualifiedName from, QualifiedName aside) {
        QualifiedName index = StepLines.index(step);
        if (!replacing) {
            CatalogIndex ready = input.before().index(from).orElseThrow();
            lookInPlace(index, step, IndexStatement.parse(ready.sql()).orThrow());
        }
        replacing = false;
        lines.add("\\if :pgattest_in_place");
        lines.add("\\echo '  done already'");
        dropLeftover(from, step);
        lines.add("\\else");
        dropLeftover(aside, step);
        lines.ask(index, step, "");
        lines.refuseOthers(index, "");
        lines.ask(from, step, "from_");
        lines.add("\\if :pgattest_from_usable");
        lines.add("\\else");
        lines.stop(from.sql() + " is not there or not valid, so " + index.sql() + " is kept", StepLines.NEW_PLAN);
        lines.add("\\endif");
        lines.fail("absent", index.sql() + " is gone, whose place was to be taken", StepLines.NEW_PLAN);
        lines.run(number, step);
        lines.add("\\endif");
    }

    /** What an earlier replacement left under a name that only replacements use. */
    private void dropLeftover(QualifiedName index, Step step) {
        lines.ask(index, step, "other_");
        lines.refuseOthers(index, "other_");
        lines.add("\\if :pgattest_other_absent");
        lines.add("\\elif :pgattest_other_partitioned");
        lines.add(StepLines.NO_CONCURRENT_DROP);
        lines.add("drop index " + index.sql() + ";");
        lines.add("\\else");
        lines.dropConcurrently(index);
        lines.add("\\endif");
    }
}
