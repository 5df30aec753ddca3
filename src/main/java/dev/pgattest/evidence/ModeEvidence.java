package dev.pgattest.evidence;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One case measured in one plan mode.
 *
 * @param mode {@code custom} or {@code generic}
 * @param decision what the sequential test says of the SLO
 * @param latency latencies summarised
 * @param latenciesMs every timed execution in order, in milliseconds
 * @param planned the plan and what was read from it
 * @param redFlags plan smells and rules that do not apply, in order of rule
 * @param otherPlans what else the planner chose when the statistics were drawn anew; empty when it always chose {@code planned}
 */
public record ModeEvidence(
        String mode,
        SequentialQuantileTest.Decision decision,
        LatencySummary latency,
        List<Double> latenciesMs,
        Planned planned,
        List<RedFlagEvidence> redFlags,
        List<OtherPlan> otherPlans) {

    public ModeEvidence {
        latenciesMs = List.copyOf(latenciesMs);
        redFlags = List.copyOf(redFlags);
        otherPlans = List.copyOf(otherPlans);
    }

    /** Evidence of a mode whose statistics were not drawn anew. */
    public ModeEvidence(
            String mode,
            SequentialQuantileTest.Decision decision,
            LatencySummary latency,
            List<Double> latenciesMs,
            Planned planned,
            List<RedFlagEvidence> redFlags) {
        this(mode, decision, latency, latenciesMs, planned, redFlags, List.of());
    }

    /** The same with these other plans. */
    public ModeEvidence withOtherPlans(List<OtherPlan> others) {
        return new ModeEvidence(mode, decision, latency, latenciesMs, planned, redFlags, others);
    }

    /**
     * A plan that ANALYZE's random sample led to, beside the one that was measured.
     *
     * @param buffers shared buffers that it touches, exact
     * @param json the server's JSON
     */
    public record OtherPlan(long buffers, JsonNode json) {}

    /**
     * A captured plan.
     *
     * @param buffers shared buffers touched, hit and read
     * @param planningMs planning time as the server reports it
     * @param executionMs execution time under {@code EXPLAIN ANALYZE}; never a latency
     * @param rows rows returned by the plan's root
     * @param rowsScanned rows that the scans of the plan read, before filters
     * @param indexesUsed names of indexes, sorted
     * @param scans scans in plan order, such as {@code Seq Scan on orders}
     * @param json the server's JSON
     * @param text the server's text
     * @param serialBuffers shared buffers of the same plan when the leader runs it alone; null when no parallel worker ran
     * @param writesCatalog whether it makes or removes something in the catalog, so that its buffers repeat only about
     */
    public record Planned(
            long buffers,
            double planningMs,
            double executionMs,
            double rows,
            double rowsScanned,
            List<String> indexesUsed,
            List<String> scans,
            JsonNode json,
            String text,
            @Nullable Long serialBuffers,
            boolean writesCatalog) {

        public Planned {
            indexesUsed = List.copyOf(indexesUsed);
            scans = List.copyOf(scans);
        }

        /** A plan without parallel workers. */
        public Planned(
                long buffers,
                double planningMs,
                double executionMs,
                double rows,
                double rowsScanned,
                List<String> indexesUsed,
                List<String> scans,
                JsonNode json,
                String text) {
            this(buffers, planningMs, executionMs, rows, rowsScanned, indexesUsed, scans, json, text, null, false);
        }

        /** Buffers that repeat from run to run: which worker gets which rows does not touch them. */
        public long exactBuffers() {
            return serialBuffers == null ? buffers : serialBuffers;
        }
    }
}
