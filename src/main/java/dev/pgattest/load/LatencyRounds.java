package dev.pgattest.load;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Latencies of one query, counted by round: a round is a slice of the run. An execution that failed, or did not come to its end,
 * counts as longer than any that did.
 */
public final class LatencyRounds {

    /** The latency of an execution that never gave a result. */
    public static final long NEVER = Long.MAX_VALUE;

    private final long[] values;
    private final long[][] counts;

    private LatencyRounds(long[] values, long[][] counts) {
        this.values = values;
        this.counts = counts;
    }

    /**
     * Rounds in order, each with how often each latency occurred.
     *
     * @param rounds counts of at least 1 by latency in nanoseconds; {@link #NEVER} for those without a result
     */
    public static LatencyRounds of(List<? extends Map<Long, Long>> rounds) {
        TreeSet<Long> distinct = new TreeSet<>();
        rounds.forEach(round -> distinct.addAll(round.keySet()));
        long[] values = distinct.stream().mapToLong(Long::longValue).toArray();
        long[][] counts = new long[rounds.size()][values.length];
        for (int round = 0; round < counts.length; round++) {
            for (Map.Entry<Long, Long> entry : rounds.get(round).entrySet()) {
                counts[round][Arrays.binarySearch(values, entry.getKey())] = entry.getValue();
            }
        }
        return new LatencyRounds(values, counts);
    }

    /** Rounds in order, each with its latencies in nanoseconds in any order. */
    public static LatencyRounds ofValues(List<? extends Collection<Long>> rounds) {
        List<Map<Long, Long>> counted = new ArrayList<>();
        for (Collection<Long> round : rounds) {
            Map<Long, Long> counts = new TreeMap<>();
            round.forEach(value -> counts.merge(value, 1L, Long::sum));
            counted.add(counts);
        }
        return of(counted);
    }

    /** All executions of several queries, each query as one round. */
    public static LatencyRounds together(Collection<LatencyRounds> queries) {
        return of(queries.stream().map(LatencyRounds::counts).toList());
    }

    private Map<Long, Long> counts() {
        Map<Long, Long> all = new TreeMap<>();
        for (long[] round : counts) {
            for (int i = 0; i < values.length; i++) {
                if (round[i] > 0) {
                    all.merge(values[i], round[i], Long::sum);
                }
            }
        }
        return all;
    }

    /** How many rounds there are, empty ones included. */
    public int rounds() {
        return counts.length;
    }

    /** How many executions there were. */
    public long count() {
        return Arrays.stream(counts).flatMapToLong(Arrays::stream).sum();
    }

    /** How many had no result. */
    public long failed() {
        return countFrom(NEVER);
    }

    /** How many took longer than a limit in nanoseconds, those without a result included. */
    public long countAbove(long limitNanos) {
        return countFrom(limitNanos == NEVER ? NEVER : limitNanos + 1);
    }

    private long countFrom(long fewest) {
        long sum = 0;
        for (int i = 0; i < values.length; i++) {
            if (values[i] >= fewest) {
                for (long[] round : counts) {
                    sum += round[i];
                }
            }
        }
        return sum;
    }

    /** The longest that had a result, in nanoseconds; 0 when none had. */
    public long longest() {
        for (int i = values.length - 1; i >= 0; i--) {
            if (values[i] != NEVER) {
                return values[i];
            }
        }
        return 0;
    }

    /** The latency at a rank in ascending order, counted from 1, in nanoseconds; {@link #NEVER} beyond the last result. */
    public long at(long rank) {
        return at(rank, ones());
    }

    /** A percentile by nearest rank, of at least one execution, in nanoseconds. */
    public long percentile(double quantile) {
        return percentile(quantile, ones());
    }

    /**
     * A percentile, by nearest rank, of rounds that are taken several times or not at all.
     *
     * @param times how often each round is taken
     * @return nanoseconds; {@link #NEVER} also when nothing is left
     */
    long percentile(double quantile, int[] times) {
        long count = 0;
        for (int round = 0; round < counts.length; round++) {
            if (times[round] > 0) {
                count += times[round] * Arrays.stream(counts[round]).sum();
            }
        }
        return at(Math.max(1, (long) Math.ceil(count * quantile - 1e-9)), times);
    }

    private long at(long rank, int[] times) {
        long below = 0;
        for (int i = 0; i < values.length; i++) {
            for (int round = 0; round < counts.length; round++) {
                below += times[round] * counts[round][i];
            }
            if (below >= rank) {
                return values[i];
            }
        }
        return NEVER;
    }

    private int[] ones() {
        int[] ones = new int[counts.length];
        Arrays.fill(ones, 1);
        return ones;
    }
}
