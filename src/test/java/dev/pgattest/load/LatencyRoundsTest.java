package dev.pgattest.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LatencyRoundsTest {

    private static final LatencyRounds THREE =
            LatencyRounds.ofValues(List.of(List.of(5L, 1L, 3L), List.of(), List.of(3L, 9L)));

    @Test
    void percentiles_are_nearest_ranks_over_all_rounds() {
        assertThat(THREE.count()).isEqualTo(5);
        assertThat(THREE.percentile(0.5)).isEqualTo(3);
        assertThat(THREE.percentile(0.6)).isEqualTo(3);
        assertThat(THREE.percentile(0.61)).isEqualTo(5);
        assertThat(THREE.percentile(1)).isEqualTo(9);
        assertThat(THREE.percentile(0)).isEqualTo(1);
        assertThat(THREE.longest()).isEqualTo(9);
    }

    @Test
    void a_round_that_is_taken_twice_counts_twice_and_one_that_is_not_taken_not_at_all() {
        assertThat(THREE.percentile(0.5, new int[] {0, 1, 2})).isEqualTo(3);
        assertThat(THREE.percentile(0.51, new int[] {0, 1, 2})).isEqualTo(9);
        assertThat(THREE.percentile(0.5, new int[] {0, 3, 0})).isEqualTo(LatencyRounds.NEVER);
    }

    @Test
    void what_has_no_result_is_longer_than_all_others() {
        LatencyRounds rounds = LatencyRounds.of(List.of(Map.of(7L, 98L, LatencyRounds.NEVER, 2L)));

        assertThat(rounds.failed()).isEqualTo(2);
        assertThat(rounds.percentile(0.98)).isEqualTo(7);
        assertThat(rounds.percentile(0.99)).isEqualTo(LatencyRounds.NEVER);
        assertThat(rounds.longest()).isEqualTo(7);
        assertThat(rounds.countAbove(7)).isEqualTo(2);
        assertThat(rounds.countAbove(6)).isEqualTo(100);
    }

    @Test
    void nothing_at_all_has_no_percentile() {
        LatencyRounds none = LatencyRounds.ofValues(List.of(List.of(), List.of()));

        assertThat(none.count()).isZero();
        assertThat(none.longest()).isZero();
        assertThat(none.percentile(0.5)).isEqualTo(LatencyRounds.NEVER);
    }
}
