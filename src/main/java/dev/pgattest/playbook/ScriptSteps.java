package dev.pgattest.playbook;

import dev.pgattest.deploy.DeploymentPlan.Direction;
import dev.pgattest.deploy.Step;
import dev.pgattest.deploy.StepKind;
import dev.pgattest.deploy.WantedIndex;
import dev.pgattest.schema.CatalogIndex;
import dev.pgattest.schema.IndexStatement;
import dev.pgattest.sql.Literal;
import dev.pgattest.sql.QualifiedName;
import java.util.List;
import java.util.Optional;

/** Writes each step with what decides whether it is still to be done. */
final class ScriptSteps {

    private final ScriptInput input;
    private final StepLines lines;
    private final BuildSteps builds;

    ScriptSteps(ScriptInput input) {
        this.input = input;
        this.lines = new StepLines(input);
        this.builds = new BuildSteps(input, lines);
    }

    /** The lines of one step. */
    List<String> of(int number, Step step) {
        String title = number + " of " + input.plan().steps().size() + ": "
                + step.kind().word().replace('-', ' ') + " " + step.subject().text();
        lines.add("");
        lines.add(PsqlText.comment(title + " (" + step.reason() + ")"));
        lines.add("\\echo " + PsqlText.argument("step " + title));
        lines.add("set lock_timeout = '" + PsqlText.time(step.limits().lockTimeout()) + "';");
        lines.add("set statement_timeout = '" + StepLines.deadline(step) + "';");
        if (step.kind() == StepKind.CREATE || step.kind().isOfScript()) {
            lines.add("set max_parallel_maintenance_workers = " + step.limits().workers() + ";");
            lines.add("set max_parallel_workers_per_gather = " + step.limits().workers() + ";");
        }
        switch (step.kind()) {
            case CREATE, CREATE_PARENT -> builds.create(number, step);
            case SWAP ->
                builds.swap(
                        number,
                        step,
                        WantedIndex.temporaryName(StepLines.index(step)),
                        WantedIndex.formerName(StepLines.index(step)));
            case SWAP_BACK ->
                builds.swap(
                        number,
                        step,
                        WantedIndex.formerName(StepLines.index(step)),
                        WantedIndex.temporaryName(StepLines.index(step)));
            case RENAME -> rename(number, step);
            case DROP, DROP_PARENT, DROP_CONSTRAINT -> drop(number, step, true);
            case CLEAN -> drop(number, step, false);
            case ATTACH -> builds.unlessInPlace(() -> unless("attached", number, step));
            case ADD_CONSTRAINT -> unless("owned", number, step);
            case COMMENT -> lines.run(number, step);
            case ANALYZE, SCRIPT, DATA, REFRESH, REPEATABLE -> script(number, step);
        }
        return lines.taken();
    }

    private void rename(int number, Step step) {
        QualifiedName index = StepLines.index(step);
        QualifiedName former = step.former().orElseThrow();
        lines.ask(index, step, "");
        lines.refuseOthers(index, "");
        lines.add("\\if :pgattest_absent");
        lines.ask(former, step, "");
        lines.refuseOthers(former, "");
        seen(step, former);
        lines.run(number, step);
        lines.add("\\else");
        lines.add("\\echo '  done already'");
        lines.add("\\endif");
    }

    private void drop(int number, Step step, boolean known) {
        QualifiedName index = StepLines.index(step);
        QualifiedName swapped = builds.finalName(index).orElse(null);
        lines.ask(index, step, "");
        lines.refuseOthers(index, "");
        lines.add("\\if :pgattest_absent");
        lines.add("\\echo '  done already'");
        lines.add("\\else");
        if (known) {
            seen(step, index);
        }
        if (swapped != null) {
            lines.ask(swapped, step, "final_");
            lines.add("\\if :pgattest_final_" + (step.kind() == StepKind.DROP_PARENT ? "partitioned" : "usable"));
            lines.add("\\else");
            lines.stop(swapped.sql() + " is not valid, so " + index.sql() + " is kept", StepLines.NEW_PLAN);
            lines.add("\\endif");
        }
        lines.run(number, step);
        lines.add("\\endif");
    }

    /** An index that is dropped must be the one that the plan has seen. */
    private void seen(Step step, QualifiedName index) {
        Optional<CatalogIndex> before = input.before().index(index);
        if (before.isEmpty() || before.get().definition().excluding().size() > 0) {
            return;
        }
        lines.add("\\if :pgattest_usable");
        lines.compare(
                index,
                IndexStatement.parse(before.get().sql()).orThrow(),
                step.table().orElseThrow());
        lines.add("\\if :pgattest_same");
        lines.add("\\else");
        lines.add("\\warn 'it is' :pgattest_definition");
        lines.stop(index.sql() + " has another definition than the plan has seen", StepLines.NEW_PLAN);
        lines.add("\\endif");
        lines.add("\\endif");
    }

    private void unless(String condition, int number, Step step) {
        lines.ask(StepLines.index(step), step, "");
        lines.add("\\if :pgattest_" + condition);
        lines.add("\\echo '  done already'");
        lines.add("\\else");
        lines.run(number, step);
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
        lines.run(number, step);
        lines.add("\\endif");
    }
}
