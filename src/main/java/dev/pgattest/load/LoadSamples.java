package dev.pgattest.load;

import java.util.List;

/**
 * What a run under load gave.
 *
 * @param seconds length of the run without its warm-up
 * @param connections connections that all queries had together
 * @param streams one a query, in the order in which they were asked for
 * @param offered how many executions were to begin in each second
 * @param achieved how many came to an end in each second; as long as {@code offered}, so what ended later is not in it
 * @param lag how late the driver itself was: from the intended start to the moment at which a free connection's thread woke up
 */
public record LoadSamples(
        double seconds,
        int connections,
        List<StreamSamples> streams,
        List<Long> offered,
        List<Long> achieved,
        Percentiles lag) {

    public LoadSamples {
        streams = List.copyOf(streams);
        offered = List.copyOf(offered);
        achieved = List.copyOf(achieved);
    }

    /** Executions that were to begin. */
    public long offeredCount() {
        return offered.stream().mapToLong(Long::longValue).sum();
    }

    /** Executions that came to an end within the run. */
    public long achievedCount() {
        return achieved.stream().mapToLong(Long::longValue).sum();
    }
}
