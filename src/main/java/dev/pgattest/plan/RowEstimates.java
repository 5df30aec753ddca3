package dev.pgattest.plan;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Compares estimated with actual rows, only where that is fair.
 *
 * <p>A node that somebody above may stop early ({@code LIMIT}, a semi join, a merge join whose other side ends, {@code EXISTS})
 * returns fewer rows than it would have: an estimate above the actual rows says nothing there, one below still does. A sort, a hash
 * or a plain aggregate reads its input to the end whoever stops above. The estimate of a partial node is for one process of
 * the planned number, its actual rows are a mean over the processes that came: both are brought to totals first.
 */
final class RowEstimates {

    private static final Set<String> READ_TO_THE_END =
            Set.of("Sort", "Hash", "ModifyTable", "Bitmap Heap Scan", "BitmapAnd", "BitmapOr");
    private static final Set<String> ROWS_NOT_COUNTED =
            Set.of("Bitmap Index Scan", "BitmapAnd", "BitmapOr", "ModifyTable", "Hash");
    private static final Set<String> STOP_AT_FIRST_MATCH = Set.of("Semi", "Anti", "Right Semi", "Right Anti");

    private final Payers payers;
    private final boolean leaderTakesPart;
    private final Map<String, RowEstimate> byPath = new HashMap<>();

    private RowEstimates(Payers payers, boolean leaderTakesPart) {
        this.payers = payers;
        this.leaderTakesPart = leaderTakesPart;
    }

    static Map<String, RowEstimate> of(ExplainOutput plan, Payers payers) {
        boolean leaderTakesPart = !"off".equals(plan.settings().getOrDefault("parallel_leader_participation", "on"));
        RowEstimates estimates = new RowEstimates(payers, leaderTakesPart);
        payers.roots().forEach(root -> estimates.visit(root, new Surroundings(false, false, 0)));
        return estimates.byPath;
    }

    /** What a node inherits from above: may it be stopped early, are its rows read more than once, how many workers were planned. */
    private record Surroundings(boolean stoppable, boolean reread, double workers) {}

    private void visit(PlanNode node, Surroundings surroundings) {
        compare(node, surroundings).ifPresent(estimate -> byPath.put(node.path(), estimate));
        for (PlanNode child : payers.paidBy(node)) {
            visit(child, surroundings(node, child, surroundings));
        }
    }

    private Optional<RowEstimate> compare(PlanNode node, Surroundings surroundings) {
        var expected = node.number(PlanKey.PLAN_ROWS);
        var came = node.number(PlanKey.ACTUAL_ROWS);
        if (!node.executed()
                || expected.isEmpty()
                || came.isEmpty()
                || surroundings.reread
                || ROWS_NOT_COUNTED.contains(node.nodeType())) {
            return Optional.empty();
        }
        RowEstimate estimate = surroundings.workers > 0 && isPartial(node)
                ? RowEstimate.of(
                        expected.getAsDouble() * divisor(surroundings.workers), came.getAsDouble() * node.loops(), 1)
                : RowEstimate.of(expected.getAsDouble(), came.getAsDouble(), node.loops());
        return surroundings.stoppable && !estimate.tooLow() ? Optional.empty() : Optional.of(estimate);
    }

    private Surroundings surroundings(PlanNode node, PlanNode child, Surroundings above) {
        boolean merge = node.nodeType().equals("Merge Join");
        boolean inner =
                child.text(PlanKey.PARENT_RELATIONSHIP).filter("Inner"::equals).isPresent();
        double workers =
                Processes.isGather(node) ? node.number(PlanKey.WORKERS_PLANNED).orElse(0) : above.workers;
        return new Surroundings(stoppable(node, child, above), merge && inner, child.isInitPlan() ? 0 : workers);
    }

    private static boolean stoppable(PlanNode node, PlanNode child, Surroundings above) {
        if (child.isSubPlan() || child.isInitPlan()) {
            return !isCommonTableExpression(child) || above.stoppable;
        }
        return switch (node.nodeType()) {
            case "Limit", "Merge Join" -> true;
            case "Nested Loop" -> isInner(child) ? above.stoppable || stopsAtFirstMatch(node) : above.stoppable;
            case "Hash Join" -> isInner(child) ? false : above.stoppable || innerIsEmpty(node);
            case "Aggregate" ->
                above.stoppable
                        && node.text(PlanKey.STRATEGY).filter("Sorted"::equals).isPresent();
            default -> above.stoppable && !READ_TO_THE_END.contains(node.nodeType());
        };
    }

    private static boolean isCommonTableExpression(PlanNode node) {
        return node.text(PlanKey.SUBPLAN_NAME)
                .filter(name -> name.startsWith("CTE "))
                .isPresent();
    }

    private static boolean isInner(PlanNode node) {
        return node.text(PlanKey.PARENT_RELATIONSHIP).filter("Inner"::equals).isPresent();
    }

    private static boolean stopsAtFirstMatch(PlanNode join) {
        return join.isTrue(PlanKey.INNER_UNIQUE)
                || STOP_AT_FIRST_MATCH.contains(join.text(PlanKey.JOIN_TYPE).orElse(""));
    }

    private static boolean innerIsEmpty(PlanNode join) {
        return join.innerInput()
                .filter(inner -> inner.number(PlanKey.ACTUAL_ROWS).orElse(1) == 0)
                .isPresent();
    }

    /** Whether each process returns its part of the rows; an aggregate below the gather estimates its groups, not a part of them. */
    private static boolean isPartial(PlanNode node) {
        if (node.isTrue(PlanKey.PARALLEL_AWARE)) {
            return true;
        }
        return !node.nodeType().equals("Aggregate")
                && node.inputs().stream().filter(input -> !isInner(input)).anyMatch(RowEstimates::isPartial);
    }

    /** {@code get_parallel_divisor} in {@code src/backend/optimizer/path/costsize.c}. */
    private double divisor(double workers) {
        double leader = leaderTakesPart ? Math.max(0, 1 - 0.3 * workers) : 0;
        return workers + leader;
    }
}
