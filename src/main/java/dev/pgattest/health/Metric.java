package dev.pgattest.health;

import java.util.List;
import java.util.Map;

/**
 * A figure for monitoring, of all objects that have it.
 *
 * @param name as Prometheus has it, with its unit, without {@code _total}
 * @param kind whether it only grows
 * @param unit {@code bytes}, {@code seconds}, {@code ratio}; empty for a count
 * @param help one sentence
 * @param samples one an object
 */
public record Metric(String name, Kind kind, String unit, String help, List<Sample> samples) {

    /** How a figure moves. */
    public enum Kind {
        /** Up and down. */
        GAUGE,
        /** Up only, and to zero when the server's counters are reset. */
        COUNTER
    }

    /**
     * A figure of one object.
     *
     * @param labels name the object, in the order in which they are shown
     * @param value in the metric's unit
     */
    public record Sample(Map<String, String> labels, double value) {}

    public Metric {
        samples = List.copyOf(samples);
    }
}
