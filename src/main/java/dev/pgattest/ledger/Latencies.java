package dev.pgattest.ledger;

import java.util.List;
import java.util.OptionalDouble;

/**
 * A few latencies of one case, as the client saw them.
 *
 * @param ms milliseconds, sorted; empty when nothing was timed
 */
public record Latencies(List<Double> ms) {

    /** Nothing was timed. */
    public static final Latencies NONE = new Latencies(List.of());

    /**
     * From so many values on, the smallest and the largest enclose the true median with more than 95 % confidence: both miss it on one
     * side with probability 2 · 0.5ⁿ, which is 3.1 % for 6.
     */
    public static final int ENOUGH = 6;

    public Latencies {
        ms = ms.stream().sorted().toList();
    }

    /** The median; empty when nothing was timed. */
    public OptionalDouble median() {
        int count = ms.size();
        return count == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of((ms.get((count - 1) / 2) + ms.get(count / 2)) / 2);
    }

    /** Whether the smallest and the largest value are an interval of the median with 95 % confidence. */
    public boolean isInterval() {
        return ms.size() >= ENOUGH;
    }
}
