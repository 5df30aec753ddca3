package dev.pgattest.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OrderStatisticsTest {

    private record Row(long count, double quantile, double confidence, long lower, long upper) {}

    /** Two-sided 95 % intervals of the p95 by Hahn and Meeker, and what follows by hand from powers of 0.95 and 0.5. */
    private static final Row[] TABLE = {
        new Row(200, 0.95, 0.975, 184, 197),
        new Row(500, 0.95, 0.975, 465, 485),
        new Row(1000, 0.95, 0.975, 936, 964),
        new Row(5000, 0.95, 0.975, 4719, 4781),
        new Row(1, 0.95, 0.95, 1, 2),
        new Row(2, 0.95, 0.95, 1, 3),
        new Row(58, 0.95, 0.95, 52, 59),
        new Row(59, 0.95, 0.95, 53, 59),
        new Row(5, 0.5, 0.95, 1, 5),
        new Row(4, 0.5, 0.95, 0, 5),
    };

    @Test
    void ranks_are_those_of_the_tables() {
        for (Row row : TABLE) {
            assertThat(OrderStatistics.lowerRank(row.count, row.quantile, row.confidence))
                    .as("lower of %s", row)
                    .isEqualTo(row.lower);
            assertThat(OrderStatistics.upperRank(row.count, row.quantile, row.confidence))
                    .as("upper of %s", row)
                    .isEqualTo(row.upper);
        }
    }

    @Test
    void bounds_hold_as_often_as_they_promise_when_summed_by_hand() {
        for (int count : new int[] {1, 2, 7, 59, 93, 300}) {
            for (double quantile : new double[] {0.5, 0.9, 0.95, 0.99}) {
                long lower = OrderStatistics.lowerRank(count, quantile, 0.95);
                long upper = OrderStatistics.upperRank(count, quantile, 0.95);

                assertThat(below(count, quantile, lower)).isLessThanOrEqualTo(0.05 + 1e-9);
                assertThat(lower == count ? 1 : below(count, quantile, lower + 1))
                        .isGreaterThan(0.05);
                assertThat(1 - below(count, quantile, upper)).isLessThanOrEqualTo(0.05 + 1e-9);
                assertThat(1 - below(count, quantile, upper - 1)).isGreaterThan(0.05);
            }
        }
    }

    @Test
    void a_million_values_are_no_trouble() {
        assertThat(OrderStatistics.lowerRank(1_000_000, 0.95, 0.975)).isBetween(949_500L, 949_640L);
        assertThat(OrderStatistics.upperRank(1_000_000, 0.95, 0.975)).isBetween(950_360L, 950_500L);
    }

    /** Probability that fewer than {@code rank} of the values are below the percentile; term by term, by multiplication only. */
    private static double below(int count, double quantile, long rank) {
        double[] chances = {1};
        for (int i = 0; i < count; i++) {
            double[] next = new double[chances.length + 1];
            for (int k = 0; k < chances.length; k++) {
                next[k] += chances[k] * (1 - quantile);
                next[k + 1] += chances[k] * quantile;
            }
            chances = next;
        }
        double sum = 0;
        for (int k = 0; k < Math.min(rank, chances.length); k++) {
            sum += chances[k];
        }
        return sum;
    }
}
