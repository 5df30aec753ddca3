package dev.pgattest.plan;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** How many processes shared the work of each node, so that summed times become wall-clock time. */
final class Processes {

    private static final Set<String> GATHERS = Set.of("Gather", "Gather Merge");

    private final Map<String, Double> byPath = new HashMap<>();

    private Processes() {}

    static Processes of(PlanNode root) {
        Processes processes = new Processes();
        processes.visit(root, 1);
        return processes;
    }

    static boolean isGather(PlanNode node) {
        return GATHERS.contains(node.nodeType());
    }

    /** At least 1; below a gather, the processes that took part, counted as executions of its input per execution of its own. */
    double of(String path) {
        return byPath.getOrDefault(path, 1.0);
    }

    /** Milliseconds of wall clock that the node and what it contains took over all loops; 0 with {@code TIMING OFF}. */
    double wallMillis(PlanNode node) {
        return node.number(PlanKey.ACTUAL_TOTAL_TIME).orElse(0) * node.loops() / of(node.path());
    }

    private void visit(PlanNode node, double processes) {
        byPath.put(node.path(), processes);
        for (PlanNode child : node.children()) {
            if (child.isInitPlan()) {
                visit(child, 1);
            } else if (isGather(node) && node.executed()) {
                visit(child, Math.max(1, child.loops() / node.loops()));
            } else {
                visit(child, processes);
            }
        }
    }
}
