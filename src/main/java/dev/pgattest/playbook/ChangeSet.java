package dev.pgattest.playbook;

import dev.pgattest.deploy.CatalogSnapshot;
import dev.pgattest.deploy.DeploymentPlan;
import dev.pgattest.deploy.Hazard;
import dev.pgattest.deploy.Step;
import dev.pgattest.deploy.StepKind;
import dev.pgattest.report.Numbers;
import dev.pgattest.schema.CatalogIndex;
import dev.pgattest.sql.QualifiedName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The steps of a plan as tables. */
final class ChangeSet {

    private ChangeSet() {}

    /** One row a step, with what it is expected to cost. */
    static List<String> table(DeploymentPlan plan, CatalogSnapshot before) {
        List<String> lines = new ArrayList<>();
        lines.add("| # | what | object | table | size | expected duration | at most, for a lock | hazards |");
        lines.add("|---|---|---|---|---|---|---|---|");
        int number = 1;
        for (Step step : plan.steps()) {
            lines.add(MarkdownText.row(List.of(
                    String.valueOf(number++),
                    step.kind().word().replace('-', ' '),
                    MarkdownText.code(step.subject().text()),
                    step.index().isPresent()
                            ? step.table()
                                    .map(QualifiedName::sql)
                                    .map(MarkdownText::code)
                                    .orElse("")
                            : "",
                    size(step, before),
                    duration(step),
                    PsqlText.time(step.limits().lockTimeout()),
                    hazards(step))));
        }
        return lines;
    }

    private static String size(Step step, CatalogSnapshot before) {
        Long bytes = step.estimate().bytes();
        if (bytes != null) {
            return "about " + Numbers.bytes(bytes);
        }
        return step.kind().isRemoval()
                ? step.index()
                        .flatMap(before::index)
                        .map(CatalogIndex::sizeBytes)
                        .filter(size -> size > 0)
                        .map(size -> "frees " + Numbers.bytes(size))
                        .orElse("")
                : "";
    }

    private static String duration(Step step) {
        Duration duration = step.estimate().duration();
        if (duration != null) {
            return "about " + Numbers.duration((double) duration.toMillis());
        }
        return step.kind() == StepKind.CREATE ? "not measured" : "";
    }

    private static String hazards(Step step) {
        return step.hazards().stream().map(Hazard::id).collect(Collectors.joining(", "));
    }

    /** What all builds together are expected to need. */
    static String totals(DeploymentPlan plan) {
        long bytes = 0;
        Duration time = Duration.ZERO;
        boolean whole = true;
        for (Step step : plan.steps()) {
            Long size = step.estimate().bytes();
            Duration duration = step.estimate().duration();
            bytes += size == null ? 0 : size;
            time = duration == null ? time : time.plus(duration);
            whole &= step.kind() != StepKind.CREATE || duration != null;
        }
        if (bytes == 0 && time.isZero()) {
            return "";
        }
        return "The builds are expected to take " + (bytes == 0 ? "an unknown size" : "about " + Numbers.bytes(bytes))
                + (time.isZero()
                        ? "; how long is not known, for the project has no evidence of their builds"
                        : " and about " + Numbers.duration((double) time.toMillis())
                                + (whole ? "" : ", not counting those that were never measured"))
                + ". Durations follow from the builds that the project's evidence measured, two scans for a concurrent one;"
                + " a busy server takes longer.";
    }

    /** The hazards, each with what happens and its steps. */
    static List<String> hazardLines(DeploymentPlan plan) {
        Map<Hazard, List<String>> steps = new TreeMap<>();
        int number = 1;
        for (Step step : plan.steps()) {
            for (Hazard hazard : step.hazards()) {
                steps.computeIfAbsent(hazard, each -> new ArrayList<>()).add(String.valueOf(number));
            }
            number++;
        }
        return steps.entrySet().stream()
                .map(entry -> "- `" + entry.getKey().id() + "` (step " + String.join(", ", entry.getValue()) + "): "
                        + entry.getKey().effect())
                .toList();
    }
}
