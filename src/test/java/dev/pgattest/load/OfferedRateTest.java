package dev.pgattest.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pgattest.workload.Frequency;
import org.junit.jupiter.api.Test;

class OfferedRateTest {

    private record Row(String frequency, long members, double factor, double perSecond) {}

    @Test
    void a_frequency_comes_to_a_rate() {
        Row[] rows = {
            new Row("50 / s", 1, 1, 50),
            new Row("10000 / hour / tenant", 100, 1, 277.7778),
            new Row("100 / day / tenant", 100, 1, 0.115741),
            new Row("6 / min", 1, 2.5, 0.25),
        };
        for (Row row : rows) {
            OfferedRate rate = OfferedRate.of(Frequency.parse(row.frequency).orThrow(), row.members, row.factor);

            assertThat(rate.perSecond()).isCloseTo(row.perSecond, within(1e-4));
            assertThat(rate.isRaised()).isFalse();
        }
    }

    @Test
    void a_rare_query_is_raised_so_that_enough_arrive_and_a_frequent_one_is_not() {
        OfferedRate rare =
                OfferedRate.of(Frequency.parse("1 / hour").orThrow(), 1, 1).raisedTo(59, 60);
        assertThat(rare.perSecond() * 60).isCloseTo(59 + 3 * Math.sqrt(59), within(1e-9));
        assertThat(rare.declaredPerSecond()).isCloseTo(1 / 3600.0, within(1e-12));
        assertThat(rare.isRaised()).isTrue();

        OfferedRate frequent =
                OfferedRate.of(Frequency.parse("50 / s").orThrow(), 1, 1).raisedTo(59, 60);
        assertThat(frequent.perSecond()).isEqualTo(50);
        assertThat(frequent.isRaised()).isFalse();
    }

    @Test
    void with_a_raised_rate_enough_arrive_whatever_the_seed() {
        OfferedRate rate =
                OfferedRate.of(Frequency.parse("1 / hour").orThrow(), 1, 1).raisedTo(59, 60);
        int tooFew = 0;
        for (long seed = 0; seed < 500; seed++) {
            ArrivalTimes times = new ArrivalTimes(seed, rate.perSecond());
            int arrivals = 0;
            while (times.next() < 60_000_000_000L) {
                arrivals++;
            }
            tooFew += arrivals < 59 ? 1 : 0;
        }
        assertThat(tooFew).isLessThan(10);
    }
}
