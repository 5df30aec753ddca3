package dev.pgattest.evidence;

import dev.pgattest.growth.Fit;
import dev.pgattest.growth.Headroom;
import java.math.BigDecimal;
import java.util.List;

/**
 * How every case of one state grows with the data.
 *
 * @param state the state that was measured at every size
 * @param sizes the sizes, ascending
 * @param cases one entry a case and plan mode, in the order of the workload
 */
public record GrowthEvidence(String state, List<Size> sizes, List<CaseGrowth> cases) {

    public GrowthEvidence {
        sizes = List.copyOf(sizes);
        cases = List.copyOf(cases);
    }

    /**
     * A size of the dataset.
     *
     * @param factor of the chosen scale
     * @param scale share of the profile's rows
     * @param rows in all tables
     */
    public record Size(BigDecimal factor, BigDecimal scale, long rows) {}

    /**
     * One case in one plan mode at all sizes.
     *
     * @param subject what ran at the largest size
     * @param points what was measured, by size
     * @param changes where the plan changes
     * @param regimes ranges of sizes under one plan, ascending
     * @param headroom how far the data may grow
     */
    public record CaseGrowth(
            String query,
            String caseName,
            String mode,
            CaseEvidence.Subject subject,
            List<Measured> points,
            List<PlanChange> changes,
            List<Regime> regimes,
            Headroom headroom) {

        public CaseGrowth {
            points = List.copyOf(points);
            changes = List.copyOf(changes);
            regimes = List.copyOf(regimes);
        }

        /** The regime of the largest size. */
        public Regime lastRegime() {
            return regimes.get(regimes.size() - 1);
        }
    }

    /**
     * A case at one size.
     *
     * @param buffers shared buffers touched, exact
     * @param objectiveMs the percentile that the SLO is about, in milliseconds
     * @param p95Ms 95th percentile in milliseconds
     * @param samples executions that were timed
     * @param planShape digest of the plan's shape
     */
    public record Measured(
            BigDecimal factor, long buffers, double objectiveMs, double p95Ms, int samples, String planShape) {}

    /**
     * A change of the plan between two neighbouring sizes.
     *
     * @param before the larger size with the old plan
     * @param at the smaller size with the new plan
     * @param differences what changes, as {@code Seq Scan on t → Index Scan using i on t}
     */
    public record PlanChange(BigDecimal before, BigDecimal at, List<String> differences) {

        public PlanChange {
            differences = List.copyOf(differences);
        }
    }

    /** Sizes {@code from} to {@code to} have one plan, and their buffers this growth. */
    public record Regime(BigDecimal from, BigDecimal to, Fit fit) {}
}
