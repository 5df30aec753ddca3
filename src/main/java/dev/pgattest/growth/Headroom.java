package dev.pgattest.growth;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How far the data may grow before a latency objective breaks.
 *
 * @param kind what can be said
 * @param breaksAt the factor at which the objective breaks: the smallest measured one above it, or the predicted one; null when
 *     no break is seen
 * @param earliest the largest factor that is safe with 95 % confidence, or measured within the objective; null when unknown
 * @param latest the factor at which it is broken with 95 % confidence; null when that lies beyond the limit or was measured
 * @param limit the largest factor that the statement covers
 * @param spread standard deviation of the latencies about their model, as a share; null without a model
 * @param reason why nothing can be said; empty otherwise
 */
public record Headroom(
        Kind kind,
        @Nullable Double breaksAt,
        @Nullable Double earliest,
        @Nullable Double latest,
        double limit,
        @Nullable Double spread,
        String reason) {

    /** What can be said. */
    public enum Kind {
        /** A measured size misses the objective. */
        MEASURED,
        /** The model crosses the objective within the limit. */
        PREDICTED,
        /** The model stays within the objective, but its upper bound does not. */
        NOT_RULED_OUT,
        /** Even the model's upper bound stays within the objective up to the limit. */
        NONE,
        /** Too few sizes under the last plan, or no model. */
        UNKNOWN;

        /** As in evidence: {@code measured}, {@code not-ruled-out}, ... */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Nothing can be said beyond the largest size that was measured. */
    static Headroom unknown(double largest, String reason) {
        return new Headroom(Kind.UNKNOWN, null, null, null, largest, null, reason);
    }
}
