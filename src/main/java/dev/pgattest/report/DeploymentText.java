package dev.pgattest.report;

import dev.pgattest.deploy.DeploymentPlan;
import dev.pgattest.deploy.DeploymentPlan.Direction;
import dev.pgattest.deploy.Hazard;
import dev.pgattest.deploy.PreflightItem;
import dev.pgattest.deploy.Step;
import dev.pgattest.deploy.UseOfIndex;
import dev.pgattest.sql.QualifiedName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Plans of deployments for people. */
public final class DeploymentText {

    private DeploymentText() {}

    /** The plan: each step with its SQL, then what has to be allowed. */
    public static String of(DeploymentPlan plan, Paint paint) {
        List<String> lines = new ArrayList<>();
        String verb = plan.direction() == Direction.APPLY ? "deploy " : "roll back ";
        lines.add(paint.strong(verb + plan.project() + ": " + plan.from() + " -> " + plan.to() + ", "
                + Numbers.counted(plan.steps().size(), "step")));
        if (plan.steps().isEmpty()) {
            lines.add("nothing is to be done: the indexes are those of " + plan.to());
        }
        int number = 1;
        for (Step step : plan.steps()) {
            lines.add("");
            addStep(number++, step, lines, paint);
        }
        lines.add("");
        plan.notes().forEach(note -> lines.add("note: " + note));
        addHazards(plan, lines, paint);
        return String.join("\n", lines).stripTrailing() + "\n";
    }

    /** An item of the preflight in one line, and below it what to do. */
    public static String line(PreflightItem item) {
        String word = item.level().name().toLowerCase(Locale.ROOT);
        String line = word + " ".repeat(5 - word.length()) + " " + item.item() + ": " + item.value();
        return item.remedy().isEmpty() ? line : line + "\n        help: " + item.remedy();
    }

    /** Which cases would use an index that was made, and which not yet: they are looked at again when everything is done. */
    public static List<String> uses(List<UseOfIndex> uses) {
        if (uses.isEmpty()) {
            return List.of("no query is known that is to use it");
        }
        List<String> lines = new ArrayList<>();
        addSubjects("used by ", uses.stream().filter(UseOfIndex::used).toList(), lines);
        addSubjects(
                "not used yet by ", uses.stream().filter(each -> !each.used()).toList(), lines);
        return lines;
    }

    private static void addSubjects(String words, List<UseOfIndex> uses, List<String> lines) {
        if (!uses.isEmpty()) {
            lines.add(words + uses.stream().map(UseOfIndex::subject).collect(Collectors.joining(", ")));
        }
    }

    /** What a database has that the state does not say, one line a step that would mend it. */
    public static String differences(DeploymentPlan plan) {
        if (plan.steps().isEmpty()) {
            return "the indexes are those of " + plan.to() + "\n";
        }
        List<String> lines = new ArrayList<>();
        plan.steps()
                .forEach(step -> lines.add("differs: " + step.subject().text() + ": " + step.reason() + " ("
                        + step.kind().word().replace('-', ' ') + ")"));
        lines.add(Numbers.counted(plan.steps().size(), "difference") + " from " + plan.to());
        return String.join("\n", lines) + "\n";
    }

    private static void addStep(int number, Step step, List<String> lines, Paint paint) {
        lines.add(paint.strong(number + ". " + title(step)) + " (" + step.reason() + ")");
        for (String statement : step.shownStatements()) {
            addSql(statement, lines);
        }
        lines.add("   waits for " + step.kind().waitsFor() + "; at most "
                + duration(step.limits().lockTimeout()) + " for a lock, " + attempts(step)
                + (step.kind().isTransactional() ? ", in one transaction" : ""));
        Long bytes = step.estimate().bytes();
        Duration time = step.estimate().duration();
        if (bytes != null || time != null) {
            lines.add("   expected: " + (bytes == null ? "" : "about " + Numbers.bytes(bytes))
                    + (bytes == null || time == null ? "" : ", ") + (time == null ? "" : "about " + duration(time)));
        }
        if (!step.hazards().isEmpty()) {
            lines.add("   hazards: " + step.hazards().stream().map(Hazard::id).collect(Collectors.joining(", ")));
        }
    }

    /** What a step does, in a few words. */
    public static String title(Step step) {
        String on =
                step.index().isPresent() ? step.table().map(QualifiedName::sql).orElse("") : "";
        return step.kind().word().replace('-', ' ') + " " + step.subject().text() + (on.isEmpty() ? "" : " on " + on);
    }

    private static String attempts(Step step) {
        return step.limits().attempts() == 1 ? "one attempt" : step.limits().attempts() + " attempts";
    }

    /** In full: nothing else is going to be run. */
    private static void addSql(String statement, List<String> lines) {
        (statement.strip() + ";").lines().forEach(line -> lines.add(line.isEmpty() ? "" : "      " + line));
    }

    private static void addHazards(DeploymentPlan plan, List<String> lines, Paint paint) {
        if (plan.hazards().isEmpty()) {
            return;
        }
        for (Hazard hazard : plan.hazards()) {
            lines.add(paint.strong("hazard " + hazard.id()) + ": " + hazard.effect());
        }
        lines.add("to allow them: "
                + plan.hazards().stream().map(each -> "--allow " + each.id()).collect(Collectors.joining(" ")));
    }

    private static String duration(Duration duration) {
        return Numbers.duration((double) duration.toMillis());
    }
}
