package dev.pgattest.baseline;

import dev.pgattest.plan.ExplainOutput;
import dev.pgattest.plan.PlanShape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What of a run's evidence is compared.
 *
 * @param subject what the run depends on
 * @param states names of the states, in order
 * @param cases the figures of every case in every state and plan mode, in the order of the evidence
 */
record Snapshot(Subject subject, List<String> states, Map<CaseKey, Figures> cases) {

    Snapshot {
        states = List.copyOf(states);
        cases = new LinkedHashMap<>(cases);
    }

    /** A dataset for people; no members are an empty text. */
    static String describe(String profile, String scale, String members) {
        return profile + " at scale " + scale + (members.isEmpty() ? "" : " with " + members + " members");
    }

    /**
     * What figures depend on.
     *
     * @param data description of the dataset: profile, scale, members
     * @param definition digest of the dataset's declaration and size
     * @param version of the server
     * @param planModes that were measured
     */
    record Subject(
            String project,
            String data,
            String definition,
            String version,
            SortedMap<String, String> settings,
            List<String> planModes) {}

    /** A case in a state and a plan mode. */
    record CaseKey(String state, String query, String caseName, String mode) {

        /** The case in the state, in any plan mode. */
        CaseKey ofAnyMode() {
            return new CaseKey(state, query, caseName, "");
        }
    }

    /**
     * The plans of a case: the one that was measured and those that other statistics led to.
     *
     * @param readsCritical whether the measured plan reads a critical table from end to end
     * @param drawsLots whether a plan uses an index whose pages are split at random, so that no two builds are alike, or writes to the
     *     catalog, whose pages hold what was there before
     */
    record Figures(Plan measured, List<Plan> others, boolean readsCritical, boolean drawsLots) {

        Figures {
            others = List.copyOf(others);
        }

        /** The most buffers that any of its plans touches; empty when they were not measured exactly. */
        Optional<Long> most() {
            return exact().map(plans ->
                    plans.stream().mapToLong(Plan::buffers).max().orElseThrow());
        }

        /** The fewest buffers that any of its plans touches; empty when they were not measured exactly. */
        Optional<Long> fewest() {
            return exact().map(plans ->
                    plans.stream().mapToLong(Plan::buffers).min().orElseThrow());
        }

        /** Whether one of its plans has the shape. */
        boolean knows(PlanShape shape) {
            return shape.equals(measured.shape()) || others.stream().anyMatch(other -> shape.equals(other.shape()));
        }

        private Optional<List<Plan>> exact() {
            List<Plan> plans = new java.util.ArrayList<>(others);
            plans.add(measured);
            return plans.stream().allMatch(Plan::exact) ? Optional.of(plans) : Optional.empty();
        }
    }

    /**
     * A plan.
     *
     * @param exact whether the buffers repeat: those of parallel workers do not
     */
    record Plan(long buffers, boolean exact, ExplainOutput output, PlanShape shape) {}
}
