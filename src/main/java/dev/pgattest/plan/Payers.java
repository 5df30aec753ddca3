package dev.pgattest.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Who pays for whom: the tree along which inclusive figures contain each other.
 *
 * <p>PostgreSQL prints an init plan and a common table expression below the node that <em>owns</em> it, but runs it inside the node
 * that first <em>needs</em> it, often deep below the owner: a common table expression runs inside the scan that reads it, an init
 * plan inside the node whose expression uses its result. Only that node's figures contain it, so only from that node may it be
 * subtracted. A data-modifying common table expression that nobody reads runs after the main plan, inside no node: it stands
 * beside the root.
 *
 * <p>Where several scans read one common table expression, the one with the most time pays (with the most blocks when untimed).
 * Where several nodes use an init plan, the gather that evaluates it for its workers pays, else the deepest and first.
 * Before PostgreSQL 17 an init plan's result and a parameter of a generic plan are both printed {@code $1}; mistaking one for
 * the other moves exclusive figures between nodes and never changes their sum.
 */
final class Payers {

    private static final Pattern RETURNS = Pattern.compile("\\$(\\d+)");
    private static final Comparator<PlanNode> MOST_WORK = Comparator.<PlanNode>comparingDouble(
                    node -> node.number(PlanKey.ACTUAL_TOTAL_TIME).orElse(0) * node.loops())
            .thenComparingLong(node -> node.buffers().shared().touched());

    private final Map<String, List<PlanNode>> paidBy = new HashMap<>();
    private final Map<String, PlanNode> payerOf = new HashMap<>();
    private final List<PlanNode> roots = new ArrayList<>();

    private Payers() {}

    static Payers of(PlanNode root) {
        Payers payers = new Payers();
        payers.roots.add(root);
        payers.place(root, false);
        payers.place(root, true);
        return payers;
    }

    /** The root of the plan, then the common table expressions that ran beside it. */
    List<PlanNode> roots() {
        return List.copyOf(roots);
    }

    /** The nodes whose figures {@code node}'s contain directly. */
    List<PlanNode> paidBy(PlanNode node) {
        return paidBy.getOrDefault(node.path(), List.of());
    }

    /** The node whose figures contain {@code node}'s; empty for a root. */
    Optional<PlanNode> payerOf(PlanNode node) {
        return Optional.ofNullable(payerOf.get(node.path()));
    }

    /**
     * Splits an inclusive figure into each node's own part, by path. The parts of all nodes add up to the figure of the
     * roots, and none is negative: where children report more than their payer (rounding of printed means, a common table
     * expression read by two), they get what the payer has left, in order.
     */
    <T> Map<String, T> exclusive(List<T> ofRoots, BiFunction<PlanNode, T, T> atMost, BinaryOperator<T> minus) {
        Map<String, T> own = new HashMap<>();
        for (int i = 0; i < roots.size(); i++) {
            allot(roots.get(i), ofRoots.get(i), new Split<>(own, atMost, minus));
        }
        return own;
    }

    private record Split<T>(Map<String, T> own, BiFunction<PlanNode, T, T> atMost, BinaryOperator<T> minus) {}

    private <T> void allot(PlanNode node, T available, Split<T> split) {
        T left = available;
        for (PlanNode child : paidBy(node)) {
            T share = split.atMost.apply(child, left);
            left = split.minus.apply(left, share);
            allot(child, share, split);
        }
        split.own.put(node.path(), left);
    }

    /**
     * Ordinary nodes first, so that the chains of payers stand before init plans are hung into them; of init plans the inner ones
     * first, so that an outer one is not hung into what it contains: chains of payers have no circles.
     */
    private void place(PlanNode owner, boolean initPlans) {
        for (PlanNode child : owner.children()) {
            place(child, initPlans);
            if (child.isInitPlan() == initPlans) {
                assign(owner, child);
            }
        }
    }

    private void assign(PlanNode owner, PlanNode child) {
        Optional<PlanNode> payer = child.isInitPlan() ? payerOfInitPlan(owner, child) : Optional.of(owner);
        if (payer.isEmpty()) {
            roots.add(child);
        } else {
            payerOf.put(child.path(), payer.get());
            paidBy.computeIfAbsent(payer.get().path(), path -> new ArrayList<>())
                    .add(child);
        }
    }

    private Optional<PlanNode> payerOfInitPlan(PlanNode owner, PlanNode plan) {
        String name = plan.text(PlanKey.SUBPLAN_NAME).orElse("");
        if (name.startsWith("CTE ")) {
            String cte = name.substring("CTE ".length());
            return owner.stream()
                    .filter(node -> node.nodeType().equals("CTE Scan"))
                    .filter(node ->
                            node.text(PlanKey.CTE_NAME).filter(cte::equals).isPresent())
                    .filter(node -> !isPaidBy(node, plan))
                    .max(MOST_WORK);
        }
        List<Pattern> results = results(name);
        List<PlanNode> users = postOrder(owner)
                .filter(node -> !isPaidBy(node, plan))
                .filter(node -> results.stream().anyMatch(result -> uses(node, result)))
                .toList();
        return users.stream()
                .filter(Payers::evaluatesForWorkers)
                .findFirst()
                .or(() -> users.stream().findFirst())
                .or(() -> Optional.of(owner));
    }

    private boolean isPaidBy(PlanNode node, PlanNode plan) {
        Optional<PlanNode> payer = Optional.of(node);
        while (payer.isPresent()) {
            if (payer.get().path().equals(plan.path())) {
                return true;
            }
            payer = payerOf(payer.get());
        }
        return false;
    }

    /** {@code InitPlan 1 (returns $0,$1)} until PostgreSQL 16, {@code InitPlan 1} used as {@code (InitPlan 1).col1} since. */
    private static List<Pattern> results(String subplanName) {
        List<Pattern> results = new ArrayList<>();
        Matcher returned = RETURNS.matcher(subplanName);
        while (returned.find()) {
            results.add(Pattern.compile("\\$" + returned.group(1) + "(?!\\d)"));
        }
        if (results.isEmpty()) {
            results.add(Pattern.compile(Pattern.quote("(" + subplanName + ")")));
        }
        return results;
    }

    private static boolean uses(PlanNode node, Pattern result) {
        return node.facts().entrySet().stream()
                .filter(fact -> !fact.getKey().equals(PlanKey.SUBPLAN_NAME.keyName()))
                .anyMatch(
                        fact -> result.matcher(String.valueOf(fact.getValue())).find());
    }

    /** A gather runs the init plans that its workers need before it starts them, and says so. */
    private static boolean evaluatesForWorkers(PlanNode node) {
        return Processes.isGather(node)
                && !node.texts(PlanKey.PARAMETERS_EVALUATED).isEmpty();
    }

    private static Stream<PlanNode> postOrder(PlanNode node) {
        return Stream.concat(node.children().stream().flatMap(Payers::postOrder), Stream.of(node));
    }
}
