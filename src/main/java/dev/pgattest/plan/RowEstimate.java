package dev.pgattest.plan;

/**
 * What the planner expected against what came, over all loops and processes.
 *
 * @param estimated rows expected
 * @param actual rows that came
 * @param factor how far apart they are per loop, at least 1; both sides count as 1 row or more, since the planner never expects less
 */
public record RowEstimate(double estimated, double actual, double factor) {

    /** Whether more rows came than expected. */
    public boolean tooLow() {
        return actual > estimated;
    }

    static RowEstimate of(double estimatedPerLoop, double actualPerLoop, double loops) {
        double estimated = Math.max(1, estimatedPerLoop);
        double actual = Math.max(1, actualPerLoop);
        double factor = Math.max(estimated, actual) / Math.min(estimated, actual);
        return new RowEstimate(estimatedPerLoop * loops, actualPerLoop * loops, factor);
    }
}
