package dev.pgattest.workload;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How cases are measured.
 *
 * @param confidence one-sided confidence of the bounds on a percentile, between 0.5 and 1
 * @param warmup executions of a case before its first sample
 * @param maxSamples samples after which an undecided verdict is inconclusive
 * @param planModes the plans to measure, at least one
 * @param calibration SQL timed around each state; null for the program's own
 * @param caseTimeLimit time after which a case is ended
 */
public record Measurement(
        BigDecimal confidence,
        int warmup,
        int maxSamples,
        List<PlanMode> planModes,
        @Nullable String calibration,
        Duration caseTimeLimit) {

    /** What holds when the project's file says nothing. */
    public static final Measurement DEFAULT = new Measurement(
            new BigDecimal("0.95"), 3, 576, List.of(PlanMode.CUSTOM, PlanMode.GENERIC), null, Duration.ofSeconds(60));

    public Measurement {
        planModes = List.copyOf(planModes);
    }
}
