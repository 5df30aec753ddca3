package dev.pgattest.growth;

import java.util.Locale;

/**
 * How a figure may grow with the size {@code n}.
 *
 * <p>The set is small because few sizes can tell few models apart, and because each of these is what a plan does: touch the same pages
 * (constant), descend a deeper tree (logarithmic), read what grows with the table (linear), compare each row with each other
 * (quadratic). {@code n log n} is left out on purpose: over a range of sizes that a machine can load it differs from a line with an
 * intercept by less than the line differs from its own measurements.
 */
public enum Model {
    /** {@code a}. */
    CONSTANT,
    /** {@code a + b ln n}. */
    LOGARITHMIC,
    /** {@code a + b n}. */
    LINEAR,
    /** {@code a + b n²}. */
    QUADRATIC,
    /** {@code b n^k}: says how fast a figure grows that follows none of the others. */
    POWER,
    /** No model describes the figure. */
    NONE;

    /** What the coefficient is multiplied with at a size. */
    double basis(double size) {
        return switch (this) {
            case CONSTANT, NONE -> 0;
            case LOGARITHMIC -> StrictMath.log(size);
            case LINEAR, POWER -> size;
            case QUADRATIC -> size * size;
        };
    }

    /** As in evidence: {@code constant}, {@code linear}, ... */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
