package dev.pgattest.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArrivalTimesTest {

    @Test
    void as_many_arrive_as_the_rate_says_within_what_chance_allows() {
        for (double rate : new double[] {0.1, 3, 277.8, 5000}) {
            List<Long> times = times(7, rate, 40_000);

            double perSecond = times.size() / (times.get(times.size() - 1) / 1e9);

            // The deviation of a count of 40,000 is 200, half a percent; four of them are allowed.
            assertThat(perSecond / rate).isCloseTo(1, within(0.02));
        }
    }

    @Test
    void pauses_are_exponential_so_that_a_third_is_longer_than_the_mean_and_the_deviation_is_the_mean() {
        List<Long> times = times(11, 100, 40_000);
        double mean = 1e9 / 100;
        long longer = 0;
        double squares = 0;
        for (int i = 1; i < times.size(); i++) {
            double pause = times.get(i) - times.get(i - 1);
            longer += pause > mean ? 1 : 0;
            squares += (pause - mean) * (pause - mean);
        }

        assertThat(longer / 40_000.0).isCloseTo(1 / Math.E, within(0.01));
        assertThat(Math.sqrt(squares / 40_000) / mean).isCloseTo(1, within(0.03));
    }

    @Test
    void a_seed_gives_the_same_times_and_another_one_others() {
        assertThat(times(1, 50, 100)).isEqualTo(times(1, 50, 100)).isNotEqualTo(times(2, 50, 100));
    }

    @Test
    void another_rate_stretches_the_same_times() {
        List<Long> slow = times(5, 10, 1000);
        List<Long> fast = times(5, 20, 1000);

        assertThat(slow.get(999) / (double) fast.get(999)).isCloseTo(2, within(1e-6));
    }

    @Test
    void times_never_go_back() {
        assertThat(times(3, 1e9, 10_000)).isSorted();
    }

    @Test
    void no_rate_is_refused() {
        for (double rate : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> new ArrivalTimes(1, rate)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static List<Long> times(long seed, double perSecond, int count) {
        ArrivalTimes arrivals = new ArrivalTimes(seed, perSecond);
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            times.add(arrivals.next());
        }
        return times;
    }
}
