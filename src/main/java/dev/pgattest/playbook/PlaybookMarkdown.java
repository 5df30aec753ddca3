package dev.pgattest.playbook;

import dev.pgattest.deploy.DeploymentPlan;
import dev.pgattest.deploy.DeploymentPlan.Direction;
import dev.pgattest.deploy.DeploymentPlanJson;
import dev.pgattest.deploy.Hazard;
import dev.pgattest.deploy.PreflightItem;
import dev.pgattest.deploy.Step;
import dev.pgattest.sql.Literal;
import dev.pgattest.sql.SecretText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The operator's document for one plan. */
public final class PlaybookMarkdown {

    private static final String PROGRESS = """
            select b.pid, b.relid::pg_catalog.regclass as table_name, b.index_relid::pg_catalog.regclass as index_name, b.phase,
                pg_catalog.round(100.0 * b.blocks_done / nullif(b.blocks_total, 0), 1) as blocks_percent,
                pg_catalog.round(100.0 * b.tuples_done / nullif(b.tuples_total, 0), 1) as tuples_percent,
                b.lockers_done, b.lockers_total, b.current_locker_pid
            from pg_catalog.pg_stat_progress_create_index as b
            where b.datname = pg_catalog.current_database();""";

    private static final String BLOCKERS = """
            select w.pid as waiting, w.application_name, a.pid as blocker, a.usename as role, a.application_name as application,
                a.state, pg_catalog.now() - a.xact_start as age,
                pg_catalog.left(pg_catalog.regexp_replace(a.query, '\\s+', ' ', 'g'), 80) as query
            from pg_catalog.pg_stat_activity as w
            cross join lateral pg_catalog.unnest(pg_catalog.pg_blocking_pids(w.pid)) as b (pid)
            join pg_catalog.pg_stat_activity as a on a.pid = b.pid
            where w.application_name like 'pgattest%';""";

    private static final String OLDEST = """
            select a.pid, a.usename as role, a.application_name as application, a.state, pg_catalog.now() - a.xact_start as age,
                pg_catalog.left(pg_catalog.regexp_replace(a.query, '\\s+', ' ', 'g'), 80) as query
            from pg_catalog.pg_stat_activity as a
            where a.datname = pg_catalog.current_database() and a.xact_start is not null and a.pid <> pg_catalog.pg_backend_pid()
            order by a.xact_start
            limit 10;""";

    private static final String INVALID = """
            select i.indrelid::pg_catalog.regclass as table_name, i.indexrelid::pg_catalog.regclass as index_name, i.indisready, i.indislive
            from pg_catalog.pg_index as i
            where not (i.indisvalid and i.indisready and i.indislive);""";

    private static final String JOURNAL = """
            select s.position, s.kind, s.object, s.outcome, s.operator, s.host, s.started_at, s.finished_at, s.message
            from pgattest.deployment_step as s
            join pgattest.deployment as d on d.id = s.deployment
            where d.project = %s
            order by s.id;""";

    private final Playbook playbook;
    private final DeploymentPlan plan;
    private final List<String> lines = new ArrayList<>();

    private PlaybookMarkdown(Playbook playbook) {
        this.playbook = playbook;
        this.plan = playbook.plan();
    }

    /** The whole text. */
    public static String of(Playbook playbook) {
        PlaybookMarkdown markdown = new PlaybookMarkdown(playbook);
        markdown.summary();
        markdown.preconditions();
        markdown.changes();
        markdown.commands();
        markdown.steps();
        markdown.verification();
        markdown.monitoring();
        markdown.rollback();
        markdown.troubleshooting();
        markdown.success();
        markdown.signOff();
        return String.join("\n", markdown.lines).stripTrailing() + "\n";
    }

    private void heading(String text) {
        lines.add("");
        lines.add("## " + text);
        lines.add("");
    }

    private void sql(String text) {
        lines.add(MarkdownText.block("sql", text));
    }

    private void summary() {
        boolean forward = plan.direction() == Direction.APPLY;
        lines.add("# " + (forward ? "Deployment" : "Rollback") + " of " + MarkdownText.cell(plan.project()) + ": "
                + MarkdownText.cell(plan.from()) + " → " + MarkdownText.cell(plan.to()));
        lines.add("");
        lines.add("| | |");
        lines.add("|---|---|");
        fact("database", MarkdownText.code(playbook.target().database()));
        fact("server", "PostgreSQL " + MarkdownText.cell(playbook.target().server()));
        fact("steps", String.valueOf(plan.steps().size()));
        fact(
                "hazards",
                plan.hazards().isEmpty()
                        ? "none"
                        : plan.hazards().stream().map(Hazard::id).collect(Collectors.joining(", ")));
        fact("plan", MarkdownText.code(DeploymentPlanJson.digest(plan)));
        fact("catalog", MarkdownText.code(plan.fingerprint()));
        lines.add("");
        if (plan.steps().isEmpty()) {
            lines.add("Nothing is to be done: the indexes are those of " + MarkdownText.cell(plan.to()) + ".");
            return;
        }
        lines.add(
                "Indexes are built and dropped concurrently, so that readers and writers go on. Everything can be stopped at any moment"
                        + " and run again; each step looks at the catalog whether it is still to be done.");
        String totals = ChangeSet.totals(plan);
        if (!totals.isEmpty()) {
            lines.add(totals);
        }
        if (!plan.notes().isEmpty()) {
            lines.add("");
            plan.notes().forEach(note -> lines.add("- note: " + MarkdownText.cell(note)));
        }
    }

    private void fact(String name, String value) {
        lines.add(MarkdownText.row(List.of(name, value)));
    }

    private void preconditions() {
        heading("Preconditions");
        lines.add("What was seen when this document was made. `deploy apply` looks again before it changes anything.");
        lines.add("");
        lines.add("| item | value | | what to do |");
        lines.add("|---|---|---|---|");
        for (PreflightItem item : playbook.preflight()) {
            lines.add(MarkdownText.row(List.of(
                    MarkdownText.cell(item.item()),
                    MarkdownText.cell(SecretText.clean(item.value())),
                    switch (item.level()) {
                        case OK -> "ok";
                        case WARN -> "warning";
                        case BLOCK -> "**blocks**";
                    },
                    MarkdownText.cell(item.remedy()))));
        }
        lines.add("");
        lines.add("Before you begin:");
        lines.add("");
        lines.add("- [ ] nothing above blocks");
        lines.add("- [ ] a backup is there that was restored once");
        lines.add("- [ ] the disk has room for what is built, and as much again while it is sorted");
        lines.add("- [ ] no long transaction, dump or other change of these tables is planned meanwhile");
        lines.add("- [ ] whoever is on call knows of it, and can see the monitoring below");
    }

    private void changes() {
        heading("Change set");
        lines.addAll(ChangeSet.table(plan, playbook.before()));
        if (!plan.hazards().isEmpty()) {
            lines.add("");
            lines.add("To be allowed by name:");
            lines.add("");
            lines.addAll(ChangeSet.hazardLines(plan));
        }
    }

    private static String deploy(String verb, String more) {
        return "pgattest deploy " + verb + " \"$PROJECT\" --server \"$SERVER\"" + more;
    }

    private static String allowed(DeploymentPlan plan) {
        return plan.hazards().stream().map(hazard -> " --allow " + hazard.id()).collect(Collectors.joining());
    }

    private void commands() {
        boolean forward = plan.direction() == Direction.APPLY;
        heading("Commands");
        lines.add(
                "In the folder of this document. `PROJECT` is the project's folder, `SERVER` the connection string of the database "
                        + MarkdownText.code(playbook.target().database())
                        + "; passwords belong in `~/.pgpass`. Either way takes the same lock"
                        + " and writes the same journal, so one can go on with what the other has begun.");
        lines.add("");
        lines.add("With pgattest, which waits, tries again and shows who blocks:");
        lines.add("");
        lines.add(MarkdownText.block(
                "sh",
                forward
                        ? deploy("apply", " --plan plan.json" + allowed(plan)) + "\n" + deploy("verify", "") + "\n"
                                + deploy("status", "")
                        : deploy("rollback", " --yes" + allowed(plan)) + "\n" + deploy("status", "")));
        lines.add("");
        lines.add(
                "With psql 13 or later, in a session of its own. The script tries each lock once; when it stops, run it again:");
        lines.add("");
        lines.add(MarkdownText.block("sh", PsqlScript.command(plan) + " \"$SERVER\""));
    }

    private void steps() {
        heading("Steps");
        int number = 1;
        for (Step step : plan.steps()) {
            lines.add("### " + number++ + ". " + step.kind().word().replace('-', ' ') + " "
                    + MarkdownText.code(step.subject().text()));
            lines.add("");
            lines.add("Why: " + MarkdownText.cell(step.reason()) + ". Waits for "
                    + step.kind().waitsFor() + "; at most "
                    + PsqlText.time(step.limits().lockTimeout()) + " for a lock"
                    + (step.limits().deadline().isZero()
                            ? ""
                            : ", at most " + PsqlText.time(step.limits().deadline()) + " in all")
                    + (step.kind().isTransactional() ? "; one transaction" : "") + ".");
            lines.add("");
            sql(step.statements().stream().map(each -> each.strip() + ";").collect(Collectors.joining("\n")));
            if (!step.undo().isEmpty()) {
                lines.add("");
                lines.add("Taken back by:");
                lines.add("");
                sql(step.undo().stream().map(each -> each.strip() + ";").collect(Collectors.joining("\n")));
            }
            lines.add("");
        }
        lines.remove(lines.size() - 1);
    }

    private void verification() {
        heading("Verification");
        List<IndexExpectation> expected = IndexExpectation.of(plan, playbook.after());
        if (!expected.isEmpty()) {
            lines.add("`found` must be what `wanted` says in every row:");
            lines.add("");
            sql(IndexExpectation.query(expected) + ";");
            lines.add("");
        }
        lines.add("No index of the database is invalid; this must return no row:");
        lines.add("");
        sql(INVALID);
        lines.add("");
        lines.add("What the journal has:");
        lines.add("");
        sql(JOURNAL.replace("%s", Literal.quote(plan.project())));
        lines.add("");
        lines.add("`pgattest deploy verify` compares the definitions too, in the server's own words.");
    }

    private void monitoring() {
        heading("Monitoring");
        lines.add("How far a build is. Its last phases wait for older transactions and show no progress of their own:");
        lines.add("");
        sql(PROGRESS);
        lines.add("");
        lines.add("Who keeps it waiting. `pg_terminate_backend(blocker)` ends such a session; ask its owner first:");
        lines.add("");
        sql(BLOCKERS);
        lines.add("");
        lines.add("The oldest transactions, which a concurrent build waits for whatever they touch:");
        lines.add("");
        sql(OLDEST);
        lines.add("");
        lines.add(
                "Beside these: free disk space, lag of the replicas, latency and errors of the application, for an hour after the end.");
    }

    private void rollback() {
        heading("Rollback");
        DeploymentPlan undo = playbook.wayBack().orElse(null);
        if (undo == null) {
            lines.add("This playbook takes a deployment back; `pgattest deploy apply --to "
                    + MarkdownText.cell(plan.from()) + "` makes it again.");
            return;
        }
        lines.add("At any moment, finished or not:");
        lines.add("");
        lines.add(MarkdownText.block("sh", deploy("rollback", " --yes" + allowed(undo))));
        lines.add("");
        lines.add(
                "Or by hand. Scripts are undone as a whole, so finish `apply.sql` first when it stopped between parts of one:");
        lines.add("");
        lines.add(MarkdownText.block("sh", PsqlScript.command(undo) + " \"$SERVER\""));
        lines.add("");
        lines.addAll(ChangeSet.table(undo, playbook.after()));
        if (!undo.hazards().isEmpty()) {
            lines.add("");
            lines.addAll(ChangeSet.hazardLines(undo));
        }
    }

    private void troubleshooting() {
        heading("Troubleshooting");
        lines.add("The message ends with the SQLSTATE; psql shows it after `\\set VERBOSITY verbose`.");
        lines.add("");
        lines.addAll(Troubleshooting.table());
    }

    private void success() {
        heading("Success criteria");
        lines.add(
                "- [ ] `pgattest deploy verify` ends with 0: the indexes are those of " + MarkdownText.cell(plan.to()));
        lines.add("- [ ] `pgattest deploy status` says that nothing is unfinished");
        lines.add("- [ ] no index is invalid");
        lines.add("- [ ] errors and latency of the application are as before, or better");
        lines.add("- [ ] the replicas have caught up");
        lines.add("- [ ] a day later: `pgattest health` shows no unused index among the new ones");
    }

    private void signOff() {
        heading("Sign-off");
        lines.add("| role | name | date | decision |");
        lines.add("|---|---|---|---|");
        List.of("plan read", "preconditions met", "carried out", "verified")
                .forEach(role -> lines.add(MarkdownText.row(List.of(role.toLowerCase(Locale.ROOT), " ", " ", " "))));
    }
}
