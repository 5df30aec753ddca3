package dev.pgattest.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import org.HdrHistogram.PackedHistogram;

/**
 * Collects what becomes of one query's arrivals; safe for any number of threads. Values are kept to a tenth of a percent, in HdrHistograms
 * without any correction: arrivals do not wait for each other, so nothing is omitted.
 */
public final class StreamRecorder {

    private static final long FINEST_NANOS = 1_000;
    private static final long LONGEST_NANOS = 24L * 3600 * 1_000_000_000;
    private static final int DIGITS = 3;

    private final String name;
    private final long roundNanos;
    private final List<Histogram> latencies = new ArrayList<>();
    private final List<Long> withoutResult = new ArrayList<>();
    private final Histogram waits = histogram();
    private final Histogram executions = histogram();
    private final Map<String, Long> errors = new TreeMap<>();
    private long unfinished;

    /**
     * A recorder.
     *
     * @param roundNanos length of a round
     */
    public StreamRecorder(String name, long roundNanos) {
        this.name = name;
        this.roundNanos = roundNanos;
    }

    static Histogram histogram() {
        return new PackedHistogram(FINEST_NANOS, LONGEST_NANOS, DIGITS);
    }

    static long recordable(long nanos) {
        return Math.max(0, Math.min(nanos, LONGEST_NANOS));
    }

    /**
     * An execution in nanoseconds from the beginning of the run.
     *
     * @param intended when it was to begin
     * @param free when a connection was free for it; when it was to begin, if one was free before
     * @param begun when it did begin
     * @param ended when its last row had arrived
     */
    public record Execution(long intended, long free, long begun, long ended) {}

    /** An execution came to its end. */
    public synchronized void completed(Execution execution) {
        int round = round(execution.intended());
        latencies.get(round).recordValue(recordable(execution.ended() - execution.intended()));
        waits.recordValue(recordable(execution.free() - execution.intended()));
        executions.recordValue(recordable(execution.ended() - execution.begun()));
    }

    /** An execution failed, with this SQLSTATE. */
    public synchronized void failed(long intended, String sqlState) {
        lost(intended);
        errors.merge(sqlState, 1L, Long::sum);
    }

    /** An arrival was not begun, because the run was given up. */
    public synchronized void unfinished(long intended) {
        lost(intended);
        unfinished++;
    }

    private void lost(long intended) {
        int round = round(intended);
        withoutResult.set(round, withoutResult.get(round) + 1);
    }

    private int round(long intended) {
        int round = (int) (intended / roundNanos);
        while (latencies.size() <= round) {
            latencies.add(histogram());
            withoutResult.add(0L);
        }
        return round;
    }

    /** What was collected, in at least this many rounds. */
    public synchronized StreamSamples samples(int rounds) {
        round((rounds - 1L) * roundNanos);
        List<Map<Long, Long>> counts = new ArrayList<>();
        for (int i = 0; i < latencies.size(); i++) {
            Map<Long, Long> count = new TreeMap<>();
            for (HistogramIterationValue value : latencies.get(i).recordedValues()) {
                count.put(value.getValueIteratedTo(), value.getCountAddedInThisIterationStep());
            }
            if (withoutResult.get(i) > 0) {
                count.put(LatencyRounds.NEVER, withoutResult.get(i));
            }
            counts.add(count);
        }
        return new StreamSamples(
                name, LatencyRounds.of(counts), Percentiles.of(waits), Percentiles.of(executions), errors, unfinished);
    }
}
