package dev.pgattest.load;

/**
 * Ranks between which a percentile lies with a stated confidence, whatever the distribution: how many of n independent values are below
 * the percentile is binomial. Source: Hahn and Meeker, "Statistical Intervals" (1991), chapter 5.
 */
final class OrderStatistics {

    /** Beyond this share of the largest probability, terms no longer change a sum of doubles. */
    private static final double NEGLIGIBLE = 1e-18;

    private OrderStatistics() {}

    /**
     * The largest rank whose value is above the percentile with at most probability {@code 1 - confidence}: a lower bound.
     *
     * @return from 1; 0 when there is none
     */
    static long lowerRank(long count, double quantile, double confidence) {
        // The value of rank k is above the percentile when fewer than k are below it.
        double[] first = new double[1];
        double[] terms = terms(count, quantile, first);
        double allowed = (1 - confidence) * sum(terms);
        double below = 0;
        for (int i = 0; i < terms.length; i++) {
            below += terms[i];
            if (below > allowed) {
                return (long) first[0] + i;
            }
        }
        return count;
    }

    /**
     * The smallest rank whose value is below the percentile with at most probability {@code 1 - confidence}: an upper bound.
     *
     * @return at most the count; one more when there is none
     */
    static long upperRank(long count, double quantile, double confidence) {
        // The value of rank k is below the percentile when at least k are below it.
        double[] first = new double[1];
        double[] terms = terms(count, quantile, first);
        double allowed = (1 - confidence) * sum(terms);
        double above = 0;
        for (int i = terms.length - 1; i >= 0; i--) {
            above += terms[i];
            if (above > allowed) {
                return (long) first[0] + i + 1;
            }
        }
        return 1;
    }

    /** Probabilities of the counts around the most likely one, up to a common factor; the first count goes into {@code first}. */
    private static double[] terms(long count, double quantile, double[] first) {
        long mode = Math.min(count, (long) Math.floor((count + 1) * quantile));
        double odds = quantile / (1 - quantile);
        int down = 0;
        for (double term = 1; mode - down > 0 && term > NEGLIGIBLE; down++) {
            term *= (mode - down) / ((count - mode + down + 1) * odds);
        }
        int up = 0;
        for (double term = 1; mode + up < count && term > NEGLIGIBLE; up++) {
            term *= (count - mode - up) * odds / (mode + up + 1);
        }
        double[] terms = new double[down + up + 1];
        terms[down] = 1;
        for (int i = down - 1; i >= 0; i--) {
            long at = mode - down + i + 1;
            terms[i] = terms[i + 1] * at / ((count - at + 1) * odds);
        }
        for (int i = down + 1; i < terms.length; i++) {
            long at = mode - down + i - 1;
            terms[i] = terms[i - 1] * ((count - at) * odds) / (at + 1);
        }
        first[0] = mode - down;
        return terms;
    }

    private static double sum(double[] terms) {
        double sum = 0;
        for (double term : terms) {
            sum += term;
        }
        return sum;
    }
}
