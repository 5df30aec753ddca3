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
        List<Long> sorted = sorted(nanos);
        // The bounds hold at a look; samples taken after the last look reached do not belong to them.
        List<Long> looked = sorted(nanos.subList(0, p95.samplesAtLastLook(nanos.size())));
        return new LatencySummary(
                sorted.size(),
                nearestRank(sorted, 0.50) / NANOS_PER_MILLI,
                nearestRank(sorted, 0.95) / NANOS_PER_MILLI,
                at(looked, p95.lowerRank(nanos.size())),
                at(looked, p95.upperRank(nanos.size())),
                nearestRank(sorted, 0.99) / NANOS_PER_MILLI,
                sorted.get(sorted.size() - 1) / NANOS_PER_MILLI);
    }

    /**
     * A percentile by nearest rank: the smallest value with at least {@code quantile} of all values at or below it.
     *
     * @param nanos latencies in nanoseconds in any order, at least one
     * @param quantile from 0 to 1
     * @return nanoseconds
     */
    public static long percentileNanos(List<Long> nanos, double quantile) {
        return nearestRank(sorted(nanos), quantile);
    }

    private static List<Long> sorted(List<Long> nanos) {
        return nanos.stream().sorted().toList();
    }

    private static long nearestRank(List<Long> sortedNanos, double quantile) {
        int rank = (int) Math.ceil(quantile * sortedNanos.size() - 1e-9);
        return sortedNanos.get(Math.max(rank, 1) - 1);
    }

    private static @Nullable Double at(List<Long> sortedNanos, OptionalInt rank) {
        return rank.isPresent() ? sortedNanos.get(rank.getAsInt() - 1) / NANOS_PER_MILLI : null;
    }
}
