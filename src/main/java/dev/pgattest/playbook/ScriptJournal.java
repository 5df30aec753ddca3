package dev.pgattest.playbook;

import dev.pgattest.deploy.DeploymentPlan;
import dev.pgattest.deploy.DeploymentPlan.Direction;
import dev.pgattest.deploy.DeploymentPlanJson;
import dev.pgattest.sql.Literal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Finds out by the journal whether a script has something to do, and begins or goes on with its deployment. */
final class ScriptJournal {

    private final ScriptInput input;
    private final DeploymentPlan plan;
    private final List<String> lines = new ArrayList<>();

    private ScriptJournal(ScriptInput input) {
        this.input = input;
        this.plan = input.plan();
    }

    static List<String> of(ScriptInput input) {
        ScriptJournal journal = new ScriptJournal(input);
        journal.make();
        journal.lines.add("");
        journal.lines.add(ScriptQueries.OF_JOURNAL.strip());
        journal.look();
        journal.begin();
        return journal.lines;
    }

    private void make() {
        lines.add("");
        lines.add("-- The journal, which the deployer writes too.");
        lines.add("""
                select
                    pg_catalog.to_regclass('pgattest.deployment_step') is null as unwritten,
                    pg_catalog.to_regnamespace('pgattest') is null as homeless \\gset pgattest_
                \\if :pgattest_unwritten
                begin;
                \\if :pgattest_homeless
                create schema pgattest;
                \\endif""");
        lines.add(input.origin().journalTables().strip() + ";");
        lines.add("commit;");
        lines.add("\\endif");
    }

    /** The last deployment is ours and unfinished, ours and done, or one that this plan may come after. */
    private void look() {
        boolean forward = plan.direction() == Direction.APPLY;
        String ours = "d.direction = " + Literal.quote(plan.direction().name().toLowerCase(Locale.ROOT))
                + " and d.from_state = " + Literal.quote(plan.from()) + " and d.to_state = " + Literal.quote(plan.to());
        String digest = Literal.quote(DeploymentPlanJson.digest(plan));
        Long seen = input.origin().lastDeployment();
        String follows = forward
                ? "d.outcome <> 'unfinished' and (d.to_state = " + Literal.quote(plan.from())
                        + (seen == null ? "" : " or d.id = " + seen) + ")"
                : "d.direction = 'apply' and d.outcome <> 'undone' and d.from_state = " + Literal.quote(plan.to())
                        + " and d.to_state = " + Literal.quote(plan.from());
        lines.add("");
        lines.add("-- What the journal says of the last deployment.");
        lines.add("select\n"
                + "    coalesce(pg_catalog.bool_or(" + ours + " and d.outcome = 'unfinished'), false) as resumes,\n"
                + "    coalesce(pg_catalog.bool_or(" + ours + " and d.outcome <> 'unfinished' and d.plan = " + digest
                + "), false) as finished,\n"
                + "    coalesce(pg_catalog.bool_or(" + follows + "), " + forward + ") as follows,\n"
                + "    coalesce(pg_catalog.max(d.id), 0) as last,\n"
                + "    coalesce(pg_catalog.max(d.direction || ' ' || d.id || ' from ' || d.from_state || ' to ' || d.to_state"
                + " || ', ' || d.outcome), 'none') as deployment_text\n"
                + "from (\n    select * from pgattest.deployment as e where e.project = "
                + Literal.quote(plan.project())
                + "\n    order by e.id desc limit 1\n) as d \\gset pgattest_");
        lines.add("\\if :pgattest_finished");
        lines.add("\\echo " + PsqlText.argument("nothing is to be done: the journal has it as done:")
                + " :pgattest_deployment_text");
        lines.addAll(ScriptHead.restored());
        lines.add("\\set QUIET :pgattest_quiet");
        lines.add("\\quit");
        lines.add("\\endif");
    }

    private void begin() {
        boolean forward = plan.direction() == Direction.APPLY;
        String digest = Literal.quote(DeploymentPlanJson.digest(plan));
        lines.add("\\if :pgattest_resumes");
        lines.add("\\echo 'goes on with' :pgattest_deployment_text");
        lines.add("\\elif :pgattest_follows");
        lines.add("\\else");
        lines.add("\\warn 'the last deployment is' :pgattest_deployment_text");
        lines.add(PsqlText.failure(
                forward
                        ? "the journal says that the database is not in " + plan.from()
                                + ", or that a deployment is unfinished"
                        : "the journal has no deployment from " + plan.to() + " to " + plan.from() + " to take back",
                forward
                        ? "look with `pgattest deploy status`, then make a new plan"
                        : "look with `pgattest deploy status`"));
        lines.add("\\endif");
        if (!forward) {
            scriptsToUndo();
        }
        lines.add("\\if :pgattest_resumes");
        lines.add("update pgattest.deployment set plan = " + digest + " where id = :pgattest_last;");
        lines.add("\\set pgattest_deployment :pgattest_last");
        lines.add("\\else");
        lines.add("insert into pgattest.deployment (project, direction, from_state, to_state, plan, undoes)\nvalues ("
                + Literal.quote(plan.project()) + ", "
                + Literal.quote(plan.direction().name().toLowerCase(Locale.ROOT)) + ", " + Literal.quote(plan.from())
                + ", "
                + Literal.quote(plan.to()) + ", " + digest + ", " + (forward ? "null" : ":pgattest_last")
                + ")\nreturning id as deployment \\gset pgattest_");
        lines.add("\\endif");
    }

    /** Scripts are undone as a whole or not at all: half of one can be told apart only by the deployer. */
    private void scriptsToUndo() {
        String keys = input.undone().keys().stream()
                .map(Literal::quote)
                .reduce((one, other) -> one + ", " + other)
                .orElse("");
        lines.add("-- How much of the scripts has run that are to be undone.");
        lines.add("""
                select
                    pg_catalog.count(distinct s.key) = 0 as nothing_ran,
                    pg_catalog.count(distinct s.key) filter (where s.key = any (w.keys)) = pg_catalog.cardinality(w.keys) as all_ran
                from (values (array[%s]::pg_catalog.text[])) as w (keys)
                left join pgattest.deployment as d on d.id = :pgattest_last
                left join pgattest.deployment_step as s
                    on s.deployment = coalesce(d.undoes, d.id) and s.outcome = 'done' and s.kind in ('script', 'data', 'refresh', 'repeatable')
                group by w.keys \\gset pgattest_""".replace("%s", keys));
        lines.add("\\if :pgattest_all_ran");
        if (!input.undone().dropsIndexes()) {
            lines.add("\\elif :pgattest_nothing_ran");
        }
        lines.add("\\else");
        lines.add(PsqlText.failure(
                "the scripts that are to be undone have not run, or only a part of them",
                "finish the deployment first, or take it back with `pgattest deploy rollback`"));
        lines.add("\\endif");
    }
}
