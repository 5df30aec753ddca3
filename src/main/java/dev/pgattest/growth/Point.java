package dev.pgattest.growth;

/**
 * A figure measured at a size.
 *
 * @param size factor of the chosen scale, more than 0
 * @param value what was measured, 0 or more
 */
public record Point(double size, double value) {

    public Point {
        if (!(size > 0) || !(value >= 0) || Double.isInfinite(size) || Double.isInfinite(value)) {
            throw new IllegalArgumentException("no point of a growth: " + size + ", " + value);
        }
    }
}
