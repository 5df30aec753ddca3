package dev.pgattest.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LatencySummaryTest {

    private final SequentialQuantileTest p95 = SequentialQuantileTest.of(0.95, 0.95, 576);

    @Test
    void percentiles_are_nearest_ranks_in_milliseconds() {
        LatencySummary summary = LatencySummary.of(millis(1, 144), p95);
        assertThat(summary.samples()).isEqualTo(144);
        assertThat(summary.p50Ms()).isEqualTo(72);
        assertThat(summary.p95Ms()).isEqualTo(137);
        assertThat(summary.p99Ms()).isEqualTo(143);
        assertThat(summary.maxMs()).isEqualTo(144);
    }

    @Test
    void the_interval_encloses_the_percentile() {
        LatencySummary summary = LatencySummary.of(millis(1, 144), p95);
        assertThat(summary.p95LowMs()).isNotNull().isLessThanOrEqualTo(137);
        assertThat(summary.p95HighMs()).isNotNull().isGreaterThanOrEqualTo(137);
    }

    @Test
    void two_samples_bound_the_percentile_from_below_only() {
        LatencySummary summary = LatencySummary.of(millis(5, 2), p95);
        assertThat(summary.p95LowMs()).isEqualTo(5);
        assertThat(summary.p95HighMs()).isNull();
    }

    @Test
    void one_sample_bounds_nothing() {
        LatencySummary summary = LatencySummary.of(millis(5, 1), p95);
        assertThat(summary.p95LowMs()).isNull();
        assertThat(summary.p95HighMs()).isNull();
        assertThat(summary.maxMs()).isEqualTo(5);
    }

    @Test
    void samples_after_the_last_look_do_not_move_the_bounds() {
        List<Long> samples =
                Stream.concat(millis(1, 72).stream(), millis(900, 3).stream()).toList();
        LatencySummary summary = LatencySummary.of(samples, p95);
        assertThat(summary.p95HighMs()).isEqualTo(72);
        assertThat(summary.maxMs()).isEqualTo(902);
    }

    @Test
    void no_samples_are_refused() {
        assertThatThrownBy(() -> LatencySummary.of(List.of(), p95)).isInstanceOf(IllegalArgumentException.class);
    }

    /** {@code count} latencies of {@code first}, {@code first + 1}, ... milliseconds. */
    private static List<Long> millis(int first, int count) {
        return LongStream.range(first, first + (long) count)
                .map(ms -> ms * 1_000_000)
                .boxed()
                .toList();
    }
}
