package dev.pgattest.load;

import dev.pgattest.dataset.Mix64;

/**
 * Times of arrival of a Poisson process: the pauses between arrivals are independent and exponentially distributed, so that arrivals
 * come in bunches as those of many users do. The same seed gives the same times. Not safe for several threads.
 */
public final class ArrivalTimes {

    private static final double NANOS_PER_SECOND = 1e9;

    /** 2^-53: a double has so many steps between 0 and 1. */
    private static final double STEP = 0x1p-53;

    private final long seed;
    private final double meanPauseNanos;
    private long number;
    private double nanos;

    /**
     * A process that begins at 0.
     *
     * @param perSecond mean number of arrivals a second, more than 0
     */
    public ArrivalTimes(long seed, double perSecond) {
        if (!(perSecond > 0) || Double.isInfinite(perSecond)) {
            throw new IllegalArgumentException("no rate: " + perSecond);
        }
        this.seed = seed;
        this.meanPauseNanos = NANOS_PER_SECOND / perSecond;
    }

    /** Nanoseconds from the beginning to the next arrival; never less than the one before. */
    public long next() {
        double share = ((Mix64.at(seed, number) >>> 11) + 1) * STEP; // more than 0, at most 1
        nanos -= StrictMath.log(share) * meanPauseNanos;
        number++;
        return (long) nanos;
    }
}
