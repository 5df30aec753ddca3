package dev.pgattest.report;

import dev.pgattest.deploy.DeploymentPlan.Direction;
import dev.pgattest.deploy.DeploymentRecord;
import dev.pgattest.deploy.DeploymentRecord.StepRecord;
import dev.pgattest.deploy.IndexStatus;
import dev.pgattest.deploy.StatusReport;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How far deployments are, for people. */
public final class DeploymentStatusText {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private DeploymentStatusText() {}

    /** Every deployment in a line, the steps of the last one, its indexes, and what to do. */
    public static String of(StatusReport status, Paint paint) {
        List<String> lines = new ArrayList<>();
        if (status.history().deployments().isEmpty()) {
            lines.add("no deployment of " + status.project() + " has begun in this database");
        }
        status.history().deployments().forEach(each -> lines.add(paint.strong(line(each))));
        status.history().last().ifPresent(last -> last.steps().forEach(step -> lines.add("  " + line(step, status))));
        status.indexes()
                .forEach(index -> lines.add(
                        "  now: " + index.name().sql() + " is " + index.state().text()));
        lines.add(verdict(status));
        return String.join("\n", lines) + "\n";
    }

    private static String line(DeploymentRecord record) {
        String what = record.direction() == Direction.APPLY
                ? "deployment " + record.id() + ": "
                : "deployment " + record.id() + " takes back " + record.undoes() + ": ";
        return what + record.from() + " -> " + record.to() + ", "
                + record.outcome().name().toLowerCase(Locale.ROOT) + ", begun " + time(record.startedAt()) + " UTC";
    }

    private static String line(StepRecord step, StatusReport status) {
        // Nobody was left to write how it ended.
        boolean interrupted =
                step.outcome().equals("running") && status.atWork().isEmpty();
        Instant end = step.finishedAt();
        String elapsed = end == null
                ? ""
                : " in "
                        + Numbers.duration(
                                (double) Duration.between(step.startedAt(), end).toMillis());
        return time(step.startedAt()) + "  " + (interrupted ? "interrupted" : step.outcome()) + elapsed + ": "
                + step.kind() + " " + step.object()
                + " by "
                + step.actor().operator() + " on " + step.actor().host() + " (process "
                + step.actor().process() + ")"
                + (step.waits().text().isEmpty() ? "" : ", " + step.waits().text())
                + (step.message().isEmpty() ? "" : ": " + step.message());
    }

    private static String verdict(StatusReport status) {
        if (status.atWork().isPresent()) {
            return "at work now: " + status.worker();
        }
        if (!status.isUnfinished()) {
            boolean invalid = status.indexes().stream().anyMatch(each -> each.state() == IndexStatus.State.INVALID);
            return invalid ? "nobody is at work; an index is invalid" : "nobody is at work, nothing is unfinished";
        }
        return "nobody is at work; the last deployment is unfinished: `pgattest deploy apply` goes on with it, `pgattest deploy"
                + " rollback` takes it back";
    }

    private static String time(Instant instant) {
        return TIME.format(instant);
    }
}
