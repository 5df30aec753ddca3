package dev.pgattest.growth;

import static dev.pgattest.growth.GrowthFitTest.points;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class HeadroomFitTest {

    private static final List<Double> SIZES = List.of(1.0, 2.0, 4.0, 8.0);
    private static final Fit LINE = GrowthFit.of(points(n -> 1_000 * n, SIZES));
    private static final Fit SAME = GrowthFit.of(points(n -> 4, SIZES));

    @Test
    void latency_that_follows_the_buffers_exactly_breaks_where_the_line_crosses() {
        Headroom headroom = HeadroomFit.of(points(n -> 1 + 5 * n, SIZES), 4, LINE, 101);

        assertThat(headroom.kind()).isEqualTo(Headroom.Kind.PREDICTED);
        assertThat(headroom.breaksAt()).isCloseTo(20, within(1e-6));
        assertThat(headroom.earliest()).isCloseTo(20, within(1e-3));
        assertThat(headroom.latest()).isCloseTo(20, within(1e-3));
        assertThat(headroom.limit()).isEqualTo(32);
        assertThat(headroom.spread()).isCloseTo(0, within(1e-9));
    }

    @Test
    void noise_widens_the_range_around_the_prediction() {
        List<Point> noisy = List.of(new Point(1, 6.1), new Point(2, 10.8), new Point(4, 21.3), new Point(8, 40.6));

        Headroom headroom = HeadroomFit.of(noisy, 4, LINE, 100);

        assertThat(headroom.kind()).isEqualTo(Headroom.Kind.PREDICTED);
        assertThat(headroom.breaksAt()).isCloseTo(20, within(2.0));
        assertThat(headroom.earliest()).isLessThan(headroom.breaksAt());
        assertThat(headroom.latest()).isGreaterThan(headroom.breaksAt());
        assertThat(headroom.spread()).isBetween(0.005, 0.05);
    }

    @Test
    void a_break_beyond_the_limit_is_not_predicted() {
        Headroom headroom = HeadroomFit.of(points(n -> 1 + 5 * n, SIZES), 4, LINE, 1_000);

        assertThat(headroom.kind()).isEqualTo(Headroom.Kind.NONE);
        assertThat(headroom.breaksAt()).isNull();
        assertThat(headroom.limit()).isEqualTo(32);
    }

    @Test
    void a_break_that_the_upper_bound_allows_is_not_ruled_out() {
        List<Point> noisy = List.of(new Point(1, 4), new Point(2, 13), new Point(4, 17), new Point(8, 44));

        Headroom headroom = HeadroomFit.of(noisy, 4, LINE, 200);

        assertThat(headroom.kind()).isEqualTo(Headroom.Kind.NOT_RULED_OUT);
        assertThat(headroom.breaksAt()).isNull();
        assertThat(headroom.earliest()).isBetween(8.0, 32.0);
    }

    @Test
    void constant_buffers_leave_latency_at_its_mean() {
        Headroom headroom = HeadroomFit.of(
                List.of(new Point(1, 0.4), new Point(2, 0.41), new Point(4, 0.39), new Point(8, 0.4)), 4, SAME, 10);

        assertThat(headroom.kind()).isEqualTo(Headroom.Kind.NONE);
    }

    @Test
    void latency_that_falls_is_no_reason_to_promise_more() {
        List<Point> falling = List.of(new Point(1, 5), new Point(2, 4.8), new Point(4, 4.9), new Point(8, 4.7));

        assertThat(HeadroomFit.of(falling, 4, LINE, 10).kind()).isEqualTo(Headroom.Kind.NONE);
    }

    @Test
    void a_measured_break_is_named_with_the_size_before_it() {
        Headroom headroom = HeadroomFit.of(points(n -> 10 * n, SIZES), 4, LINE, 30);

        assertThat(headroom).isEqualTo(new Headroom(Headroom.Kind.MEASURED, 4.0, 2.0, null, 8, null, ""));
        assertThat(HeadroomFit.of(points(n -> 10 * n, SIZES), 4, LINE, 10).earliest())
                .isNull();
    }

    @Test
    void a_size_that_misses_the_objective_by_chance_breaks_nothing_when_a_larger_one_meets_it() {
        List<Point> latencies = List.of(new Point(1, 2.8), new Point(2, 12), new Point(4, 2.9), new Point(8, 3));

        assertThat(HeadroomFit.of(latencies, 4, SAME, 10).kind()).isNotEqualTo(Headroom.Kind.MEASURED);
    }

    @Test
    void fewer_than_three_sizes_under_the_last_plan_predict_nothing() {
        Headroom headroom = HeadroomFit.of(points(n -> n, SIZES), 2, LINE, 100);

        assertThat(headroom.kind()).isEqualTo(Headroom.Kind.UNKNOWN);
        assertThat(headroom.limit()).isEqualTo(8);
        assertThat(headroom.reason()).contains("2 sizes", "needs 3");
    }

    @Test
    void buffers_without_a_model_predict_nothing() {
        Fit none = GrowthFit.of(points(n -> n == 2 ? 10 : 1_000, SIZES));

        assertThat(HeadroomFit.of(points(n -> n, SIZES), 4, none, 100).reason())
                .isEqualTo("no model describes the buffers");
    }

    @Test
    void the_interval_holds_its_promise() {
        // 2,000 series with errors of a known size; one more measurement lies in the interval in about 95 % of them.
        int inside = 0;
        int series = 2_000;
        long state = 42;
        for (int i = 0; i < series; i++) {
            double[] errors = new double[5];
            for (int j = 0; j < errors.length; j++) {
                double sum = 0;
                for (int k = 0; k < 12; k++) {
                    state = state * 6364136223846793005L + 1442695040888963407L;
                    sum += (state >>> 11) * 0x1.0p-53;
                }
                errors[j] = 1 + 0.05 * (sum - 6);
            }
            List<LineFit.Observation> observed = new java.util.ArrayList<>();
            for (int j = 0; j < 4; j++) {
                observed.add(new LineFit.Observation(SIZES.get(j), (3 + 2 * SIZES.get(j)) * errors[j]));
            }
            LineFit line = LineFit.of(observed);
            double next = (3 + 2 * 16) * errors[4];
            inside += Math.abs(next - line.at(16)) <= line.halfWidth(16) ? 1 : 0;
        }
        assertThat(inside / (double) series).isBetween(0.92, 0.98);
    }
}
