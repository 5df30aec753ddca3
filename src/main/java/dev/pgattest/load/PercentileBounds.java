package dev.pgattest.load;

import dev.pgattest.dataset.Mix64;
import java.util.Arrays;

/**
 * Confidence bounds of a percentile under load. Latencies that follow each other are alike: one slow second makes many slow
 * executions. So whole rounds are drawn again and again, with replacement, and the percentile of each draw is taken (the bootstrap of
 * blocks); the bounds are those that hold the middle of these. Where few rounds hold few executions that is too narrow, so the
 * bounds are never narrower than the exact ones of independent values.
 *
 * @param lowNanos lower bound; 0 when there are too few executions for one
 * @param highNanos upper bound; {@link LatencyRounds#NEVER} when there are too few executions for one, or too many without a result
 */
public record PercentileBounds(long lowNanos, long highNanos) {

    /** How often rounds are drawn. */
    public static final int RESAMPLES = 1000;

    /** The seed of the draws: the same latencies give the same bounds. */
    public static final long SEED = 20240229;

    /**
     * The bounds of a percentile.
     *
     * @param quantile from 0 to 1
     * @param confidence one-sided, of each bound
     */
    public static PercentileBounds of(LatencyRounds rounds, double quantile, double confidence) {
        long count = rounds.count();
        if (count == 0) {
            return new PercentileBounds(0, LatencyRounds.NEVER);
        }
        long[] drawn = draws(rounds, quantile);
        int beyond = (int) Math.floor((1 - confidence) * RESAMPLES + 1e-9);
        long lowest = OrderStatistics.lowerRank(count, quantile, confidence);
        long highest = OrderStatistics.upperRank(count, quantile, confidence);
        return new PercentileBounds(
                Math.min(lowest == 0 ? 0 : rounds.at(lowest), drawn[beyond]),
                Math.max(highest > count ? LatencyRounds.NEVER : rounds.at(highest), drawn[RESAMPLES - 1 - beyond]));
    }

    private static long[] draws(LatencyRounds rounds, double quantile) {
        long[] percentiles = new long[RESAMPLES];
        int[] times = new int[rounds.rounds()];
        long draw = 0;
        for (int i = 0; i < RESAMPLES; i++) {
            Arrays.fill(times, 0);
            for (int round = 0; round < times.length; round++) {
                times[(int) Mix64.bounded(Mix64.at(SEED, draw++), times.length)]++;
            }
            percentiles[i] = rounds.percentile(quantile, times);
        }
        Arrays.sort(percentiles);
        return percentiles;
    }
}
