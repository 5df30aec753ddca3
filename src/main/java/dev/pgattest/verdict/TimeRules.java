package dev.pgattest.verdict;

import static dev.pgattest.verdict.Figures.millis;
import static dev.pgattest.verdict.Figures.percent;
import static dev.pgattest.verdict.Figures.times;

import dev.pgattest.Severity;
import dev.pgattest.plan.ExplainOutput;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rules about where the time goes outside of the nodes. */
final class TimeRules {

    private static final String SHARES =
            "pev2 marks 10, 40 and 90 % of execution. The least time is pgattest's, so that a query of a "
                    + "few microseconds is not flagged.";

    static final List<RedFlagRule> ALL = List.of(
            new RedFlagRule(
                    "latency-over-slo",
                    Severity.ERROR,
                    List.of(new Threshold(
                            "factor", "times", 2, "the measured p95 is above the latency target by more than this")),
                    new RedFlagRule.Page(
                            "The query misses its latency target by so much that tuning of settings will not bring it back.",
                            "Change the index, the query or the target: look at the flags of its plan first.",
                            "Skeldir remediation document, section 5.3: more than twice the target fails. Latency is the client's, not EXPLAIN's."),
                    TimeRules::latency),
            new RedFlagRule(
                    "planning-time",
                    Severity.ERROR,
                    List.of(
                            new Threshold("warning_ms", "ms", 50, "a warning above this"),
                            new Threshold("error_ms", "ms", 100, "an error above this")),
                    new RedFlagRule.Page(
                            "Planning alone takes this long, at every execution that does not reuse a generic plan. Many joins, many "
                                    + "partitions or many indexes do it.",
                            "Prune partitions with constants, lower join_collapse_limit for this query, drop indexes that nothing uses, or "
                                    + "reuse a generic plan.",
                            "Skeldir remediation document, sections 5.2 (below 50 ms) and 5.3 (above 100 ms fails)."),
                    TimeRules::planning),
            new RedFlagRule(
                    "planning-share",
                    Severity.WARNING,
                    shareAndLeast(0.4, "more of planning and execution together than this is planning"),
                    new RedFlagRule.Page(
                            "Planning takes a large part of the whole time.",
                            "Use prepared statements, so that a generic plan can be reused; reduce joins and partitions.",
                            SHARES),
                    inspection -> share(
                            inspection,
                            inspection.context().metrics().shares().planning(),
                            new Spent(
                                    inspection.context().plan().planning().millis(),
                                    "planning takes",
                                    "of planning and execution"),
                            "use prepared statements so that a generic plan can be reused")),
            new RedFlagRule(
                    "jit-share",
                    Severity.WARNING,
                    shareAndLeast(0.1, "more of execution than this is just-in-time compilation"),
                    new RedFlagRule.Page(
                            "PostgreSQL compiled expressions and did not earn it back.",
                            "Set jit = off for this query, or raise jit_above_cost.",
                            SHARES),
                    inspection -> share(
                            inspection,
                            inspection.context().metrics().shares().jit(),
                            new Spent(jitMillis(inspection), "just-in-time compilation takes", "of execution"),
                            "set jit = off for this query, or raise jit_above_cost")),
            new RedFlagRule(
                    "trigger-share",
                    Severity.WARNING,
                    shareAndLeast(0.4, "more of execution than this is spent in triggers"),
                    new RedFlagRule.Page(
                            "Triggers, foreign keys among them, take a large part of a write. The slowest is named.",
                            "Index the referencing columns of foreign keys, make row triggers statement triggers, or do less in them.",
                            SHARES),
                    inspection -> share(
                            inspection,
                            inspection.context().metrics().shares().triggers(),
                            new Spent(
                                    triggerMillis(inspection),
                                    "triggers (" + slowestTrigger(inspection) + ") take",
                                    "of execution"),
                            "index the referencing columns of foreign keys, or do less in row triggers")));

    private TimeRules() {}

    private record Spent(@Nullable Double millis, String what, String whole) {}

    private static List<Threshold> shareAndLeast(double share, String meaning) {
        return List.of(
                new Threshold("share", "share", share, meaning),
                new Threshold("min_ms", "ms", 5, "and more than this"));
    }

    private static RedFlagOutcome latency(Inspection inspection) {
        Duration slo = inspection.context().slo();
        Duration p95 = inspection.context().p95();
        if (slo == null || p95 == null) {
            inspection.notApplicable(slo == null ? "no latency target is declared" : "no latency was measured");
        } else {
            double factor = (double) p95.toNanos() / slo.toNanos();
            if (factor > inspection.threshold("factor")) {
                inspection.flag(
                        null,
                        "p95 is " + millis(p95) + ", " + times(factor) + " the target of " + millis(slo),
                        "change the index, the query or the target");
            }
        }
        return inspection.outcome();
    }

    private static RedFlagOutcome planning(Inspection inspection) {
        Double planning = inspection.context().plan().planning().millis();
        if (planning == null) {
            inspection.notApplicable("the plan has no planning time");
        } else if (planning > inspection.threshold("warning_ms")) {
            boolean error = planning > inspection.threshold("error_ms");
            inspection.flag(
                    error ? Severity.ERROR : Severity.WARNING,
                    null,
                    "planning takes " + millis(planning) + ", the limit is "
                            + millis(inspection.threshold(error ? "error_ms" : "warning_ms")),
                    "prune partitions, join fewer tables, drop unused indexes, or reuse a generic plan");
        }
        return inspection.outcome();
    }

    private static RedFlagOutcome share(Inspection inspection, double share, Spent spent, String remedy) {
        Double executing = inspection.context().plan().execution().millis();
        if (spent.millis == null || executing == null) {
            inspection.notApplicable("the plan has no times");
        } else if (share > inspection.threshold("share") && spent.millis > inspection.threshold("min_ms")) {
            inspection.flag(
                    null, spent.what + " " + millis(spent.millis) + ", " + percent(share) + " " + spent.whole, remedy);
        }
        return inspection.outcome();
    }

    private static double jitMillis(Inspection inspection) {
        ExplainOutput.Jit jit = inspection.context().plan().execution().jit();
        return jit == null ? 0 : jit.totalMillis();
    }

    private static double triggerMillis(Inspection inspection) {
        return inspection.context().plan().execution().triggers().stream()
                .mapToDouble(ExplainOutput.Trigger::millis)
                .sum();
    }

    private static String slowestTrigger(Inspection inspection) {
        return inspection.context().plan().execution().triggers().stream()
                .max(Comparator.comparingDouble(ExplainOutput.Trigger::millis))
                .map(trigger -> trigger.constraint() == null ? trigger.name() : "constraint " + trigger.constraint())
                .orElse("none");
    }
}
