package dev.pgattest.load;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** Collects what concerns a run as a whole; safe for any number of threads. */
public final class RunRecorder {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final List<Long> offered = new ArrayList<>();
    private final List<Long> achieved = new ArrayList<>();
    private final Histogram lag = StreamRecorder.histogram();

    /** An execution is to begin at this nanosecond of the run. */
    public synchronized void offered(long nanos) {
        count(offered, nanos);
    }

    /** An execution came to an end, a good or a bad one. */
    public synchronized void achieved(long nanos) {
        count(achieved, nanos);
    }

    /** A thread that had a free connection woke up so late. */
    public synchronized void lag(long nanos) {
        lag.recordValue(StreamRecorder.recordable(nanos));
    }

    private static void count(List<Long> counts, long nanos) {
        int second = (int) Math.max(0, nanos / NANOS_PER_SECOND);
        while (counts.size() <= second) {
            counts.add(0L);
        }
        counts.set(second, counts.get(second) + 1);
    }

    /** What was collected in a run of this length. */
    public synchronized LoadSamples samples(long lengthNanos, int connections, List<StreamSamples> streams) {
        int seconds = (int) ((lengthNanos + NANOS_PER_SECOND - 1) / NANOS_PER_SECOND);
        return new LoadSamples(
                lengthNanos / (double) NANOS_PER_SECOND,
                connections,
                streams,
                firstOf(offered, seconds),
                firstOf(achieved, seconds),
                Percentiles.of(lag));
    }

    private static List<Long> firstOf(List<Long> counts, int seconds) {
        List<Long> first = new ArrayList<>(counts.subList(0, Math.min(seconds, counts.size())));
        while (first.size() < seconds) {
            first.add(0L);
        }
        return first;
    }
}
