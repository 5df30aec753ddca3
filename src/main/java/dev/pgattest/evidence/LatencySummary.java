package dev.pgattest.evidence;

import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Latencies of one case in one plan mode, summarised. All values are in milliseconds as the client saw them.
 *
 * @param samples number of executions that were timed
 * @param p50Ms median, nearest rank
 * @param p95Ms 95th percentile, nearest rank
 * @param p95LowMs lower confidence bound of the 95th percentile; null when too few samples give none
 * @param p95HighMs upper confidence bound of the 95th percentile; null when too few samples give none
 * @param p99Ms 99th percentile, nearest rank
 * @param maxMs longest execution
 */
public record LatencySummary(
        int samples,
        double p50Ms,
        double p95Ms,
        @Nullable Double p95LowMs,
        @Nullable Double p95HighMs,
        double p99Ms,
        double maxMs) {

    private static final double NANOS_PER_MILLI = 1e6;

    /**
     * Summarises latencies.
     *
     * @param nanos latencies in nanoseconds, in the order of execution, at least one
     * @param p95 the test whose looks give the bounds of the 95th percentile
     */
    public static LatencySummary of(List<Long> nanos, SequentialQuantileTest p95) {
        if (nanos.isEmpty()) {
            throw new IllegalArgumentException("no latencies to summarise");
        }
        long[] sorted = sorted(nanos);
        // The bounds hold at a look; samples taken after the last look reached do not belong to them.
        long[] looked = sorted(nanos.subList(0, p95.samplesAtLastLook(nanos.size())));
        return new LatencySummary(
                sorted.length,
                nearestRank(sorted, 0.50),
                nearestRank(sorted, 0.95),
                at(looked, p95.lowerRank(nanos.size())),
                at(looked, p95.upperRank(nanos.size())),
                nearestRank(sorted, 0.99),
                sorted[sorted.length - 1] / NANOS_PER_MILLI);
    }

    private static long[] sorted(List<Long> nanos) {
        return nanos.stream().mapToLong(Long::longValue).sorted().toArray();
    }

    /** The smallest value with at least {@code quantile} of the sorted values at or below it, in milliseconds. */
    static double nearestRank(long[] sortedNanos, double quantile) {
        int rank = (int) Math.ceil(quantile * sortedNanos.length - 1e-9);
        return sortedNanos[Math.max(rank, 1) - 1] / NANOS_PER_MILLI;
    }

    private static @Nullable Double at(long[] sortedNanos, OptionalInt rank) {
        return rank.isPresent() ? sortedNanos[rank.getAsInt() - 1] / NANOS_PER_MILLI : null;
    }
}
