package dev.pgattest.evidence;

import java.util.List;
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
 */
public record ModeEvidence(
        String mode,
        SequentialQuantileTest.Decision decision,
        LatencySummary latency,
        List<Double> latenciesMs,
        Planned planned,
        List<RedFlagEvidence> redFlags) {

    public ModeEvidence {
        latenciesMs = List.copyOf(latenciesMs);
        redFlags = List.copyOf(redFlags);
    }

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
            String text) {

        public Planned {
            indexesUsed = List.copyOf(indexesUsed);
            scans = List.copyOf(scans);
        }
    }
}
