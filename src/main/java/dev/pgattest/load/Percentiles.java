package dev.pgattest.load;

import org.HdrHistogram.AbstractHistogram;

/**
 * A distribution of times in nanoseconds; all zero when there was none.
 *
 * @param count how many times
 * @param p50 median, and so on
 * @param max the longest
 */
public record Percentiles(long count, long p50, long p95, long p99, long max) {

    /** Nothing was measured. */
    public static final Percentiles NONE = new Percentiles(0, 0, 0, 0, 0);

    static Percentiles of(AbstractHistogram times) {
        return times.getTotalCount() == 0
                ? NONE
                : new Percentiles(
                        times.getTotalCount(),
                        times.getValueAtPercentile(50),
                        times.getValueAtPercentile(95),
                        times.getValueAtPercentile(99),
                        times.getMaxValue());
    }
}
