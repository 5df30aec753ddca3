package dev.pgattest.playbook;

import dev.pgattest.deploy.DeploymentPlan;
import dev.pgattest.deploy.DeploymentPlan.Direction;
import dev.pgattest.deploy.DeploymentPlanJson;
import dev.pgattest.deploy.Hazard;
import dev.pgattest.deploy.Step;
import dev.pgattest.sql.Literal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A plan as a script for psql that carries the guards of the deployer: the same lock, the same journal, and each step decided by the catalog.
 * So it may be stopped anywhere and run again, and either goes on with what the other has begun.
 */
public final class PsqlScript {

    private final ScriptInput input;
    private final List<String> lines = new ArrayList<>();

    private PsqlScript(ScriptInput input) {
        this.input = input;
    }

    /** The name of the file: {@code apply.sql} or {@code rollback.sql}. */
    public static String fileName(Direction direction) {
        return direction == Direction.APPLY ? "apply.sql" : "rollback.sql";
    }

    /** How somebody runs it, without the connection. */
    static String command(DeploymentPlan plan) {
        String hazards = plan.hazards().stream().map(Hazard::id).collect(Collectors.joining(","));
        return "psql -X" + (hazards.isEmpty() ? "" : " -v allow=" + hazards) + " -f " + fileName(plan.direction());
    }

    /** The whole text. */
    public static String of(ScriptInput input) {
        PsqlScript script = new PsqlScript(input);
        script.write();
        return String.join("\n", script.lines) + "\n";
    }

    private void write() {
        DeploymentPlan plan = input.plan();
        title(plan);
        lines.addAll(ScriptHead.of(input));
        lines.addAll(ScriptJournal.of(input));
        ScriptSteps steps = new ScriptSteps(input);
        int number = 1;
        for (Step step : plan.steps()) {
            lines.addAll(steps.of(number++, step));
        }
        end(plan);
    }

    private void title(DeploymentPlan plan) {
        boolean forward = plan.direction() == Direction.APPLY;
        lines.add(PsqlText.comment(
                (forward ? "Brings " : "Takes ") + plan.project() + (forward ? " from " : " back from ") + plan.from()
                        + " to " + plan.to() + ". Made by pgattest deploy playbook."));
        lines.add(PsqlText.comment("Plan " + DeploymentPlanJson.digest(plan)));
        lines.add("--");
        lines.add("-- Run it with psql 13 or later, in a session of its own and not in a transaction:");
        lines.add(PsqlText.comment("    " + command(plan)));
        lines.add(
                "-- It may be stopped anywhere and run again, and `pgattest deploy` goes on with what it has begun, and the other way round.");
    }

    private void end(DeploymentPlan plan) {
        lines.add("");
        lines.add("-- Everything is there that is to be there, and nothing else.");
        List<IndexExpectation> expected = IndexExpectation.of(plan, input.after());
        if (!expected.isEmpty()) {
            lines.add(IndexExpectation.query(expected) + ";");
            lines.add(IndexExpectation.verdict(expected) + " \\gset pgattest_");
            lines.add("\\if :pgattest_right");
            lines.add("\\else");
            lines.add(PsqlText.failure(
                    "an index is not as it is to be", "look at the table above, then run the script again"));
            lines.add("\\endif");
        }
        lines.add("""
                with ended as (
                    update pgattest.deployment
                    set outcome = 'done', finished_at = pg_catalog.clock_timestamp()
                    where id = :pgattest_deployment
                    returning undoes
                )
                update pgattest.deployment as d
                set outcome = 'undone'
                from ended
                where d.id = ended.undoes;""");
        lines.addAll(ScriptHead.restored());
        lines.add("\\echo " + PsqlText.argument(plan.project() + " is in " + plan.to()));
        lines.add("\\set QUIET :pgattest_quiet");
    }

    /** A name or a text as a constant, {@code null} for none. */
    static String literal(@Nullable String text) {
        return text == null ? "null" : Literal.quote(text);
    }
}
