package dev.pgattest.report;

import dev.pgattest.deploy.BuildProgress.Blocker;
import dev.pgattest.deploy.CompletionReport;
import dev.pgattest.deploy.CompletionReport.CasePlan;
import dev.pgattest.deploy.CompletionReport.IndexSize;
import dev.pgattest.deploy.CompletionReport.QueryChange;
import dev.pgattest.deploy.CompletionReport.Result;
import dev.pgattest.deploy.CompletionReport.StepOutcome;
import dev.pgattest.deploy.DeploymentPlan;
import dev.pgattest.deploy.DeploymentPlan.Direction;
import dev.pgattest.deploy.DeploymentPlanJson;
import dev.pgattest.deploy.PreflightItem;
import dev.pgattest.deploy.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a deployment did, as a document. */
public final class CompletionMarkdown {

    private final CompletionReport report;
    private final DeploymentPlan plan;
    private final List<String> lines = new ArrayList<>();

    private CompletionMarkdown(CompletionReport report) {
        this.report = report;
        this.plan = report.plan();
    }

    /** The whole text. */
    public static String of(CompletionReport report) {
        CompletionMarkdown markdown = new CompletionMarkdown(report);
        markdown.summary();
        markdown.steps();
        markdown.waits();
        markdown.sizes();
        markdown.queries();
        markdown.left();
        markdown.preflight();
        return String.join("\n", markdown.lines).stripTrailing() + "\n";
    }

    private void heading(String text) {
        lines.add("");
        lines.add("## " + text);
        lines.add("");
    }

    private void row(String... cells) {
        lines.add("| " + String.join(" | ", cells) + " |");
    }

    private static String cell(String text) {
        return text.replaceAll("\\R", " ").replace("|", "\\|");
    }

    private static String code(String text) {
        String fence = text.contains("`") ? "``" : "`";
        return fence + cell(text) + fence;
    }

    private void summary() {
        CompletionReport.Run run = report.run();
        String verb = plan.direction() == Direction.APPLY ? "Deployment" : "Rollback";
        lines.add("# " + verb + " of " + cell(plan.project()) + ": " + cell(plan.from()) + " → " + cell(plan.to()));
        lines.add("");
        row("", "");
        row("---", "---");
        row("result", run.failure().isEmpty() ? "done" : "**not finished**: " + cell(run.failure()));
        row("deployment", run.deployment() == null ? "see the journal" : String.valueOf(run.deployment()));
        row("database", code(run.database()));
        row("begun", run.begunAt().toString());
        row("ended", run.endedAt() + ", after " + duration(run.elapsed()));
        long done = report.steps().stream()
                .filter(step -> step.result() == Result.DONE || step.result() == Result.FOUND)
                .count();
        row("steps", done + " of " + report.steps().size());
        row("plan", code(DeploymentPlanJson.digest(plan)));
        run.settings().forEach((name, value) -> row(cell(name), code(value)));
    }

    private void steps() {
        heading("Steps");
        row("#", "what", "object", "result", "took", "expected", "tried again", "lock timeout");
        row("---", "---", "---", "---", "---", "---", "---", "---");
        int number = 1;
        for (StepOutcome outcome : report.steps()) {
            Step step = outcome.step();
            row(
                    String.valueOf(number++),
                    step.kind().word().replace('-', ' '),
                    code(step.subject().text()),
                    outcome.result().text(),
                    duration(outcome.elapsed()),
                    duration(step.estimate().duration()),
                    outcome.retries().isEmpty()
                            ? ""
                            : Numbers.counted(outcome.retries().size(), "time"),
                    duration(step.limits().lockTimeout()));
        }
    }

    private static String duration(@Nullable Duration duration) {
        return duration == null ? "" : Numbers.duration((double) duration.toMillis());
    }

    private void waits() {
        List<StepOutcome> waited = report.steps().stream()
                .filter(step -> !step.retries().isEmpty() || !step.blockers().isEmpty())
                .toList();
        heading("Retries and blockers");
        if (waited.isEmpty()) {
            lines.add("No step was tried again, and none was seen waiting.");
            return;
        }
        for (StepOutcome outcome : waited) {
            lines.add("- " + outcome.step().kind().word().replace('-', ' ') + " "
                    + code(outcome.step().subject().text()));
            outcome.retries().forEach(why -> lines.add("  - tried again: " + cell(why)));
            outcome.blockers().forEach(blocker -> lines.add("  - waited for " + blocker(blocker)));
        }
    }

    private static String blocker(Blocker blocker) {
        return "process " + blocker.pid() + ", role " + cell(blocker.role()) + ", application "
                + (blocker.application().isEmpty() ? "without a name" : cell(blocker.application())) + ", "
                + cell(blocker.state()) + " for " + duration(blocker.age()) + ": " + code(blocker.query());
    }

    private void sizes() {
        heading("Indexes");
        if (report.sizes().isEmpty()) {
            lines.add("No index was touched.");
            return;
        }
        row("index", "before", "after", "expected");
        row("---", "---", "---", "---");
        for (IndexSize size : report.sizes()) {
            row(
                    code(size.index().sql()),
                    bytes(size.before()),
                    bytes(size.after()),
                    report.steps().stream()
                            .map(StepOutcome::step)
                            .filter(step ->
                                    step.index().filter(size.index()::equals).isPresent())
                            .map(step -> step.estimate().bytes())
                            .filter(Objects::nonNull)
                            .map(bytes -> "about " + Numbers.bytes(bytes))
                            .findFirst()
                            .orElse(""));
        }
    }

    private static String bytes(@Nullable Long bytes) {
        return bytes == null ? "–" : Numbers.bytes(bytes);
    }

    private void queries() {
        heading("Plans of the queries");
        List<QueryChange> changed =
                report.queries().stream().filter(QueryChange::isChanged).toList();
        List<QueryChange> unknown = report.queries().stream()
                .filter(query -> !query.before().refusal().isEmpty()
                        || !query.after().refusal().isEmpty())
                .toList();
        lines.add(Numbers.counted(report.queries().size(), "plan")
                + " of the project's queries were made before and after, with"
                + " EXPLAIN, as the role of the query, without running anything: " + changed.size() + " changed, "
                + (report.queries().size() - changed.size() - unknown.size()) + " stayed, " + unknown.size()
                + " could not be made.");
        for (QueryChange query : changed) {
            lines.add("");
            lines.add("### " + cell(query.query()) + " (" + cell(query.caseName()) + ", " + query.mode() + ")");
            lines.add("");
            lines.add("Before, " + cost(query.before()) + ":");
            lines.add("");
            plan(query.before());
            lines.add("");
            lines.add("After, " + cost(query.after()) + ":");
            lines.add("");
            plan(query.after());
        }
        if (!unknown.isEmpty()) {
            lines.add("");
            row("query", "why it could not be planned");
            row("---", "---");
            unknown.forEach(query -> row(
                    cell(query.query() + " (" + query.caseName() + ", " + query.mode() + ")"), cell(refusals(query))));
        }
    }

    private static String refusals(QueryChange query) {
        String before = query.before().refusal();
        String after = query.after().refusal();
        if (before.equals(after)) {
            return before;
        }
        return List.of(before.isEmpty() ? "" : "before: " + before, after.isEmpty() ? "" : "after: " + after).stream()
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("; "));
    }

    private static String cost(CasePlan plan) {
        return plan.estimatedCost()
                .map(cost -> "estimated cost " + Numbers.count(Math.round(cost)))
                .orElse("cost unknown");
    }

    private void plan(CasePlan plan) {
        lines.add("```");
        lines.addAll(plan.shape());
        lines.add("```");
    }

    private void left() {
        heading("What is left");
        if (report.left().isEmpty()) {
            lines.add("Nothing: every index that was touched is valid or gone.");
        }
        report.left().forEach(text -> lines.add("- " + cell(text)));
    }

    private void preflight() {
        heading("Seen before");
        for (PreflightItem item : report.preflight()) {
            lines.add("- " + DeploymentText.line(item).replaceAll("\\R\\s*", "; "));
        }
    }
}
