package dev.pgattest.report;

import dev.pgattest.load.LatencyRounds;
import org.jspecify.annotations.Nullable;

/** Latencies under load as people read them. */
final class LoadNumbers {

    private static final double NANOS_PER_MILLI = 1e6;

    private LoadNumbers() {}

    /** Milliseconds; {@code failed} where so many failed that the percentile has no value, {@code -} without executions. */
    static String percentile(LatencyRounds latencies, double quantile) {
        if (latencies.count() == 0) {
            return "-";
        }
        Double ms = milliseconds(latencies.percentile(quantile));
        return ms == null ? "failed" : Numbers.ms(ms);
    }

    /** Milliseconds to the microsecond; null for what never came to its end. */
    static @Nullable Double milliseconds(long nanos) {
        return nanos == LatencyRounds.NEVER ? null : Math.rint(nanos / NANOS_PER_MILLI * 1000) / 1000;
    }
}
