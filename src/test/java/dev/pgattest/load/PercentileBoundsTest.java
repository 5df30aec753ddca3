package dev.pgattest.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.dataset.Mix64;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PercentileBoundsTest {

    @Test
    void independent_values_are_bounded_at_least_as_widely_as_order_statistics_say() {
        List<Long> values = new ArrayList<>();
        for (long i = 1; i <= 1000; i++) {
            values.add(i);
        }
        PercentileBounds bounds = PercentileBounds.of(dealt(values, 20), 0.95, 0.975);

        assertThat(bounds.lowNanos()).isLessThanOrEqualTo(936);
        assertThat(bounds.highNanos()).isGreaterThanOrEqualTo(964).isLessThanOrEqualTo(980);
    }

    @Test
    void one_bad_round_in_ten_widens_the_bounds_to_both_sides_of_the_limit() {
        List<List<Long>> rounds = new ArrayList<>();
        for (int round = 0; round < 10; round++) {
            rounds.add(repeated(round == 4 ? 900 : 10, 100));
        }
        PercentileBounds bounds = PercentileBounds.of(LatencyRounds.ofValues(rounds), 0.95, 0.95);

        // A tenth of all values is slow, so independent values would refute a p95 of 10; ten rounds do not.
        assertThat(bounds).isEqualTo(new PercentileBounds(10, 900));
    }

    @Test
    void fewer_than_59_executions_give_no_upper_bound_of_a_p95() {
        assertThat(PercentileBounds.of(dealt(repeated(5, 58), 5), 0.95, 0.95).highNanos())
                .isEqualTo(LatencyRounds.NEVER);
        assertThat(PercentileBounds.of(dealt(repeated(5, 60), 5), 0.95, 0.95).highNanos())
                .isEqualTo(5);
    }

    @Test
    void two_executions_give_a_lower_bound_and_none_gives_none() {
        assertThat(PercentileBounds.of(dealt(List.of(800L, 900L), 1), 0.95, 0.95)
                        .lowNanos())
                .isEqualTo(800);
        assertThat(PercentileBounds.of(LatencyRounds.ofValues(List.of(List.of())), 0.95, 0.95))
                .isEqualTo(new PercentileBounds(0, LatencyRounds.NEVER));
    }

    @Test
    void failures_push_the_upper_bound_beyond_every_limit() {
        List<Long> values = new ArrayList<>(repeated(5, 93));
        values.addAll(repeated(LatencyRounds.NEVER, 7));

        assertThat(PercentileBounds.of(dealt(values, 10), 0.95, 0.95).highNanos())
                .isEqualTo(LatencyRounds.NEVER);
    }

    /** Rounds have a level of their own, as seconds under load do; the bounds must hold the true median of all levels in most runs. */
    @Test
    void bounds_hold_in_most_runs_although_values_of_a_round_are_alike() {
        int held = 0;
        int runs = 200;
        for (int run = 0; run < runs; run++) {
            List<List<Long>> rounds = new ArrayList<>();
            for (int round = 0; round < 20; round++) {
                long level = Mix64.bounded(Mix64.at(run, round), 1000);
                List<Long> values = new ArrayList<>();
                for (int i = 0; i < 50; i++) {
                    values.add(level + Mix64.bounded(Mix64.at(run * 31L + round, i), 3));
                }
                rounds.add(values);
            }
            PercentileBounds bounds = PercentileBounds.of(LatencyRounds.ofValues(rounds), 0.5, 0.95);
            held += bounds.lowNanos() <= 500 && bounds.highNanos() >= 500 ? 1 : 0;
        }
        // Each side may miss in 5 % of the runs; of 200 runs 180 are expected, and the deviation is 4.
        assertThat(held).isGreaterThanOrEqualTo(165);
    }

    @Test
    void the_same_latencies_give_the_same_bounds() {
        LatencyRounds rounds = dealt(List.of(1L, 5L, 2L, 8L, 3L, 9L, 4L, 7L), 4);

        assertThat(PercentileBounds.of(rounds, 0.5, 0.9)).isEqualTo(PercentileBounds.of(rounds, 0.5, 0.9));
    }

    private static LatencyRounds dealt(List<Long> values, int count) {
        List<List<Long>> rounds = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rounds.add(new ArrayList<>());
        }
        for (int i = 0; i < values.size(); i++) {
            rounds.get(i % count).add(values.get(i));
        }
        return LatencyRounds.ofValues(rounds);
    }

    private static List<Long> repeated(long value, int count) {
        return new ArrayList<>(java.util.Collections.nCopies(count, value));
    }
}
