package dev.pgattest.verdict;

import static dev.pgattest.verdict.Figures.count;
import static dev.pgattest.verdict.Figures.percent;
import static dev.pgattest.verdict.Figures.times;

import dev.pgattest.Severity;
import dev.pgattest.plan.PlanKey;
import dev.pgattest.plan.PlanNode;
import dev.pgattest.plan.RowEstimate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Rules about estimates and what follows from wrong ones: joins, caches, workers. */
final class JoinRules {

    static final List<RedFlagRule> ALL = List.of(
            new RedFlagRule(
                    "row-misestimate",
                    Severity.WARNING,
                    List.of(
                            new Threshold(
                                    "factor", "times", 10, "estimate and actual rows are further apart than this"),
                            new Threshold("large_factor", "times", 100, "called large above this"),
                            new Threshold("extreme_factor", "times", 1000, "called extreme above this"),
                            new Threshold("rows", "rows", 100, "the larger of both, over all loops, is above this")),
                    new RedFlagRule.Page(
                            "The planner expected far more or far fewer rows than came. Join order, join method and memory were "
                                    + "chosen for another query. Only the lowest nodes are named: the error spreads upwards from "
                                    + "there. Rows that a LIMIT, a semi join or a merge join did not ask for are no misestimate.",
                            "ANALYZE the table; raise the statistics target of skewed columns; CREATE STATISTICS (dependencies, mcv) "
                                    + "for columns that depend on each other; write expressions the way they are indexed.",
                            "pev2, explain.depesz.com and pgAdmin mark 10, 100 and 1000 times. The least number of rows is pgattest's."),
                    JoinRules::misestimates),
            new RedFlagRule(
                    "nested-loop-inner-scans",
                    Severity.WARNING,
                    List.of(
                            new Threshold("loops", "loops", 1000, "the inner side ran at least this often"),
                            new Threshold(
                                    "seq_scan_loops",
                                    "loops",
                                    10,
                                    "the inner side is a sequential scan and ran at least this often")),
                    new RedFlagRule.Page(
                            "A nested loop runs its inner side once for each outer row, and there are many. Reads of a cache (Memoize, "
                                    + "Materialize) are not counted, only what filled it.",
                            "For an inner sequential scan, index the join column. For an inner index scan, check the estimate of the "
                                    + "outer side: a hash or merge join is cheaper for that many rows.",
                            "QuerySense warns at 1,000 inner scans. The limit for sequential scans is pgattest's."),
                    JoinRules::innerScans),
            new RedFlagRule(
                    "memoize-evictions",
                    Severity.WARNING,
                    List.of(new Threshold(
                            "evictions", "entries", 0, "more cache entries than this were thrown out or did not fit")),
                    new RedFlagRule.Page(
                            "The cache of a Memoize node was too small, so that results were computed again.",
                            "Raise work_mem or hash_mem_multiplier, or let the planner hash the inner side.",
                            "No published threshold; any eviction shows that the cache was too small."),
                    JoinRules::memoizeEvictions),
            new RedFlagRule(
                    "workers-launched-fewer",
                    Severity.WARNING,
                    List.of(new Threshold("missing", "workers", 0, "more planned workers than this did not come")),
                    new RedFlagRule.Page(
                            "The plan counts on parallel workers that did not come. Under load it is this slow or slower.",
                            "Raise max_parallel_workers and max_worker_processes, or prove the query with "
                                    + "max_parallel_workers_per_gather = 0.",
                            "No published threshold; any missing worker makes the measured time a matter of luck."),
                    JoinRules::missingWorkers));

    private static final Set<String> CACHES = Set.of("Memoize", "Materialize");

    private JoinRules() {}

    private static RedFlagOutcome misestimates(Inspection inspection) {
        for (PlanNode node : inspection.executed(node -> isMisestimated(inspection, node))) {
            if (feeds(inspection, node).anyMatch(input -> startsBelow(inspection, input))) {
                continue;
            }
            RowEstimate estimate = inspection.metrics(node).estimate();
            if (estimate != null) {
                inspection.flag(
                        node,
                        size(inspection, estimate.factor()) + "expected " + count(estimate.estimated())
                                + (estimate.estimated() == 1 ? " row, " : " rows, ") + count(estimate.actual())
                                + " came: " + times(estimate.factor()) + (estimate.tooLow() ? " too few" : " too many"),
                        "ANALYZE " + node.text(PlanKey.RELATION_NAME).orElse("the tables below")
                                + "; if that does not help, CREATE STATISTICS on the columns that depend on each other");
            }
        }
        return inspection.outcome();
    }

    /** The inputs and, of a scan of a common table expression, the plan of that expression. */
    private static Stream<PlanNode> feeds(Inspection inspection, PlanNode node) {
        Stream<PlanNode> expression = node.nodeType().equals("CTE Scan")
                ? inspection
                        .executed(other -> other.text(PlanKey.SUBPLAN_NAME)
                                .equals(node.text(PlanKey.CTE_NAME).map("CTE "::concat)))
                        .stream()
                : Stream.of();
        return Stream.concat(node.inputs().stream(), expression);
    }

    private static boolean startsBelow(Inspection inspection, PlanNode node) {
        return node.stream().anyMatch(below -> isMisestimated(inspection, below));
    }

    private static boolean isMisestimated(Inspection inspection, PlanNode node) {
        RowEstimate estimate = inspection.metrics(node).estimate();
        return estimate != null
                && estimate.factor() > inspection.threshold("factor")
                && Math.max(estimate.estimated(), estimate.actual()) > inspection.threshold("rows");
    }

    private static String size(Inspection inspection, double factor) {
        if (factor > inspection.threshold("extreme_factor")) {
            return "extreme misestimate: ";
        }
        return factor > inspection.threshold("large_factor") ? "large misestimate: " : "misestimate: ";
    }

    private static RedFlagOutcome innerScans(Inspection inspection) {
        for (PlanNode join : inspection.executed("Nested Loop")) {
            innerSide(join)
                    .filter(inner -> inner.loops() >= inspection.threshold(thresholdFor(inner)))
                    .ifPresent(
                            inner -> inspection.flag(
                                    inner,
                                    "the nested loop at node " + join.path() + " runs it " + count(inner.loops())
                                            + " times, touching "
                                            + count(inner.buffers().shared().touched()) + " blocks",
                                    isSequential(inner)
                                            ? "index the join column of "
                                                    + inner.text(PlanKey.RELATION_NAME)
                                                            .orElse("the inner table")
                                                    + ": "
                                                    + inner.text(PlanKey.FILTER)
                                                            .or(() -> join.text(PlanKey.JOIN_FILTER))
                                                            .map(Figures::condition)
                                                            .orElse("the loop has no condition")
                                            : "check the row estimate of the outer side; a hash join reads the inner side once"));
        }
        return inspection.outcome();
    }

    /** The inner side, or what fills its cache. */
    private static Optional<PlanNode> innerSide(PlanNode join) {
        return join.innerInput()
                .flatMap(inner -> CACHES.contains(inner.nodeType())
                        ? inner.inputs().stream().findFirst()
                        : Optional.of(inner));
    }

    private static String thresholdFor(PlanNode inner) {
        return isSequential(inner) ? "seq_scan_loops" : "loops";
    }

    private static boolean isSequential(PlanNode node) {
        return node.nodeType().equals("Seq Scan");
    }

    private static RedFlagOutcome memoizeEvictions(Inspection inspection) {
        for (PlanNode node : inspection.executed("Memoize")) {
            double thrownOut = node.sumOverWorkers(PlanKey.CACHE_EVICTIONS);
            double tooLarge = node.sumOverWorkers(PlanKey.CACHE_OVERFLOWS);
            double hits = node.sumOverWorkers(PlanKey.CACHE_HITS);
            double lookups = hits + node.sumOverWorkers(PlanKey.CACHE_MISSES);
            if (thrownOut + tooLarge > inspection.threshold("evictions")) {
                inspection.flag(
                        node,
                        count(thrownOut) + " cache entries were thrown out and " + count(tooLarge)
                                + " did not fit; " + percent(lookups == 0 ? 0 : hits / lookups) + " of "
                                + count(lookups) + " lookups were answered from the cache",
                        "raise work_mem for this query, or let the planner hash the inner side");
            }
        }
        return inspection.outcome();
    }

    private static RedFlagOutcome missingWorkers(Inspection inspection) {
        for (PlanNode node : inspection.executed("Gather", "Gather Merge")) {
            double planned = node.number(PlanKey.WORKERS_PLANNED).orElse(0);
            double launched = node.number(PlanKey.WORKERS_LAUNCHED).orElse(0);
            if (planned - launched > inspection.threshold("missing")) {
                inspection.flag(
                        node,
                        count(launched) + " of " + count(planned) + " planned workers came",
                        "raise max_parallel_workers, or prove the query without parallel workers");
            }
        }
        return inspection.outcome();
    }
}
