package dev.pgattest.load;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of the arrivals of one query.
 *
 * @param name name of the query
 * @param latencies from the intended start to the last row, by round; those that failed or never began count as endless
 * @param waits from the intended start until a connection was free
 * @param executions from the moment that a connection was at hand to the last row
 * @param errors how many executions failed, by SQLSTATE
 * @param unfinished arrivals that were not begun when the run was given up
 */
public record StreamSamples(
        String name,
        LatencyRounds latencies,
        Percentiles waits,
        Percentiles executions,
        Map<String, Long> errors,
        long unfinished) {

    public StreamSamples {
        errors = Collections.unmodifiableMap(new TreeMap<>(errors));
    }

    /** How many executions failed. */
    public long failed() {
        return errors.values().stream().mapToLong(Long::longValue).sum();
    }
}
