package dev.pgattest.evidence;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of an earlier run's figures.
 *
 * @param tolerance share by which buffers may grow
 * @param compared how many cases, each in each plan mode and state, both runs have
 * @param changes what differs, in order of state, workload and mode
 * @param updated whether the earlier run's file was replaced
 */
public record BaselineComparison(double tolerance, int compared, List<Change> changes, boolean updated) {

    public BaselineComparison {
        changes = List.copyOf(changes);
    }

    /** What a change means. */
    public enum Outcome {
        /** Touches more buffers than allowed, or reads a critical table from end to end. Fails. */
        WORSE,
        /** The earlier run has it and this one does not. Fails. */
        VANISHED,
        /** Touches fewer buffers than before, by more than the tolerance. */
        BETTER,
        /** Another plan that touches about as many buffers. */
        OTHER_PLAN,
        /** Only this run has it. */
        NEW;

        /** Whether the comparison fails. */
        public boolean fails() {
            return this == WORSE || this == VANISHED;
        }

        /** As in evidence: {@code worse}, {@code other-plan}, ... */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * One case, query or state that differs.
     *
     * @param state name of the state
     * @param query name of the query; empty when the whole state is new or gone
     * @param caseName name of the case; empty with the query's
     * @param mode plan mode; empty when the case is new or gone in all
     * @param buffersBefore null when there were none
     * @param buffersAfter null when there are none
     * @param plan how the plan differs, in words; empty when it does not
     * @param reason why this is so
     */
    public record Change(
            Outcome outcome,
            String state,
            String query,
            String caseName,
            String mode,
            @Nullable Long buffersBefore,
            @Nullable Long buffersAfter,
            List<String> plan,
            String reason) {

        public Change {
            plan = List.copyOf(plan);
        }
    }

    /** Whether something became worse or vanished. */
    public boolean failed() {
        return changes.stream().anyMatch(change -> change.outcome().fails());
    }
}
