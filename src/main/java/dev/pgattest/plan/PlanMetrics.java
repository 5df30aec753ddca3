package dev.pgattest.plan;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What follows from the facts of a plan.
 *
 * @param nodes by path, in plan order
 * @param totals of the whole statement
 * @param shares of its time
 * @param scans every scan of a relation, executed or not, in plan order
 */
public record PlanMetrics(Map<String, NodeMetrics> nodes, Totals totals, Shares shares, List<Scan> scans) {

    /**
     * Sums over the statement.
     *
     * @param buffers blocks that execution touched: those of the root and of data-modifying common table expressions that nobody
     *     reads, which PostgreSQL runs after the root and leaves out of it
     * @param workersPlanned parallel workers, over all gather nodes
     * @param workersLaunched parallel workers that came
     */
    public record Totals(Buffers buffers, long workersPlanned, long workersLaunched) {}

    /**
     * Parts of the time, 0 to 1; 0 when the plan has no times.
     *
     * @param planning of planning and execution together
     * @param jit of execution
     * @param triggers of execution
     */
    public record Shares(double planning, double jit, double triggers) {}

    public PlanMetrics {
        nodes = Collections.unmodifiableMap(new LinkedHashMap<>(nodes));
        scans = List.copyOf(scans);
    }

    /** Computes them. */
    public static PlanMetrics of(ExplainOutput plan) {
        Payers payers = Payers.of(plan.root());
        return new PlanMetrics(nodes(plan, payers), totals(plan, payers), shares(plan), Scan.of(plan.root()));
    }

    /**
     * The metrics of the node at {@code path}.
     *
     * @throws IllegalArgumentException when the plan has no such node
     */
    public NodeMetrics node(String path) {
        NodeMetrics metrics = nodes.get(path);
        if (metrics == null) {
            throw new IllegalArgumentException("the plan has no node " + path);
        }
        return metrics;
    }

    /** Shared blocks that execution touched, hit and read: exact and repeatable on a warm, quiet, vacuumed database. */
    public long sharedBuffersTouched() {
        return totals.buffers.shared().touched();
    }

    /** Blocks of temporary files that were written: what did not fit into memory. */
    public long tempBlocksWritten() {
        return totals.buffers.tempWritten();
    }

    /** Names of the indexes that the plan names, sorted, each once. */
    public List<String> indexesUsed() {
        return scans.stream()
                .flatMap(scan -> scan.indexes().stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** Rows looked at (returned and removed) in each relation, over all its scans, by relation name. */
    public SortedMap<String, Double> rowsScanned() {
        SortedMap<String, Double> rows = new TreeMap<>();
        for (Scan scan : scans) {
            rows.merge(scan.relation(), node(scan.path()).rowsRead(), Double::sum);
        }
        return rows;
    }

    private static Map<String, NodeMetrics> nodes(ExplainOutput plan, Payers payers) {
        Processes processes = Processes.of(plan.root());
        Map<String, Double> millis = payers.exclusive(
                payers.roots().stream().map(processes::wallMillis).toList(),
                (node, left) -> Math.min(processes.wallMillis(node), left),
                (left, share) -> left - share);
        Map<String, Buffers> buffers = payers.exclusive(
                payers.roots().stream().map(PlanNode::buffers).toList(),
                (node, left) -> node.buffers().atMost(left),
                Buffers::minus);
        Map<String, RowEstimate> estimates = RowEstimates.of(plan, payers);
        Map<String, NodeMetrics> metrics = new LinkedHashMap<>();
        plan.nodes()
                .forEach(node -> metrics.put(
                        node.path(),
                        new NodeMetrics(
                                processes.wallMillis(node),
                                millis.getOrDefault(node.path(), 0.0),
                                buffers.getOrDefault(node.path(), Buffers.NONE),
                                node.number(PlanKey.ACTUAL_ROWS).orElse(0) * node.loops(),
                                rowsRemoved(node),
                                estimates.get(node.path()),
                                processes.of(node.path()))));
        return metrics;
    }

    private static double rowsRemoved(PlanNode node) {
        double perLoop = node.number(PlanKey.ROWS_REMOVED_BY_FILTER).orElse(0)
                + node.number(PlanKey.ROWS_REMOVED_BY_JOIN_FILTER).orElse(0)
                + node.number(PlanKey.ROWS_REMOVED_BY_INDEX_RECHECK).orElse(0);
        return perLoop * node.loops();
    }

    private static Totals totals(ExplainOutput plan, Payers payers) {
        Buffers buffers = payers.roots().stream().map(PlanNode::buffers).reduce(Buffers.NONE, Buffers::plus);
        return new Totals(buffers, sum(plan, PlanKey.WORKERS_PLANNED), sum(plan, PlanKey.WORKERS_LAUNCHED));
    }

    private static long sum(ExplainOutput plan, PlanKey key) {
        return (long) plan.nodes()
                .filter(PlanNode::executed)
                .mapToDouble(node -> node.number(key).orElse(0))
                .sum();
    }

    private static Shares shares(ExplainOutput plan) {
        ExplainOutput.Execution execution = plan.execution();
        double executing = Objects.requireNonNullElse(execution.millis(), 0.0);
        double planning = Objects.requireNonNullElse(plan.planning().millis(), 0.0);
        double compiling = execution.jit() == null ? 0 : execution.jit().totalMillis();
        double triggering = execution.triggers().stream()
                .mapToDouble(ExplainOutput.Trigger::millis)
                .sum();
        return new Shares(
                executing == 0 ? 0 : planning / (planning + executing),
                share(compiling, executing),
                share(triggering, executing));
    }

    private static double share(double part, double whole) {
        return whole == 0 ? 0 : Math.min(1, part / whole);
    }
}
