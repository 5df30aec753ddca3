package dev.pgattest.pipeline;

import dev.pgattest.plan.ExplainOutput;
import dev.pgattest.plan.PlanMetrics;
import dev.pgattest.plan.PlanParser;
import dev.pgattest.postgres.CaseSession;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Buffers that repeat from run to run, also of parallel plans. */
final class ExactBuffers {

    private static final Set<String> PARALLEL = Set.of("Gather", "Gather Merge");

    private ExactBuffers() {}

    /** The buffers of a plan that was run, when the leader runs it alone; null when it has no parallel part. */
    static @Nullable Long serial(CaseSession session, String planJson) {
        ExplainOutput plan = PlanParser.parse(planJson);
        boolean parallel = plan.nodes().anyMatch(node -> PARALLEL.contains(node.nodeType()));
        return parallel
                ? (Long) PlanMetrics.of(PlanParser.parse(session.explainSerialJson()))
                        .sharedBuffersTouched()
                : null;
    }

    /** Runs the case and returns its exact buffers with its plan as JSON. */
    static Run run(CaseSession session) {
        String planJson = session.explainJson();
        Long serial = serial(session, planJson);
        return new Run(
                serial == null ? PlanMetrics.of(PlanParser.parse(planJson)).sharedBuffersTouched() : serial, planJson);
    }

    /** What one run gave. */
    record Run(long buffers, String planJson) {}
}
