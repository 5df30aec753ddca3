package dev.pgattest.health;

/**
 * How much of an index would be gone after it was built anew.
 *
 * @param low at least this share of its size, from 0 to 1
 * @param high at most this share of its size, from 0 to 1
 * @param method where the shares come from
 */
public record Bloat(double low, double high, Method method) {

    /** Where the shares come from. */
    public enum Method {
        /** From the planner's statistics. */
        ESTIMATED,
        /** All pages were read, by {@code pgstatindex}. */
        EXACT
    }

    public Bloat {
        if (!(low >= 0 && high >= low && high <= 1)) {
            throw new IllegalArgumentException("not shares: " + low + " to " + high);
        }
    }
}
