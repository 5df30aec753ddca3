package dev.pgattest.growth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class GrowthFitTest {

    /** A series with the model that it must be given. */
    record Known(String name, DoubleUnaryOperator series, Model model, List<Double> sizes) {

        @Override
        public String toString() {
            return name;
        }
    }

    private static final List<Double> DOUBLING = List.of(1.0, 2.0, 4.0, 8.0);
    private static final List<Double> TWO = List.of(1.0, 2.0);
    private static final List<Double> FRACTIONS = List.of(0.1, 0.5, 1.0, 3.0);

    static final List<Known> KNOWN = List.of(
            new Known("nothing", n -> 0, Model.CONSTANT, DOUBLING),
            new Known("always 4", n -> 4, Model.CONSTANT, DOUBLING),
            new Known("a tree that becomes one level deeper", n -> n < 4 ? 3 : 4, Model.CONSTANT, DOUBLING),
            new Known("1 % more in all", n -> 10_000 + 12 * n, Model.CONSTANT, DOUBLING),
            new Known("a line", n -> 443 * n, Model.LINEAR, DOUBLING),
            new Known("a line of whole pages", n -> Math.ceil(44.3 * n), Model.LINEAR, DOUBLING),
            new Known("a line with a foot", n -> 4_000 + 500 * n, Model.LINEAR, DOUBLING),
            new Known("a line at fractions", n -> Math.rint(70_000 * n), Model.LINEAR, FRACTIONS),
            new Known("a slow line", n -> 1_000 + 40 * n, Model.LINEAR, DOUBLING),
            new Known("a logarithm", n -> 500 + 100 * StrictMath.log(n), Model.LOGARITHMIC, DOUBLING),
            new Known("a square", n -> 300 * n * n, Model.QUADRATIC, DOUBLING),
            new Known("a square with a foot", n -> 9_000 + 300 * n * n, Model.QUADRATIC, DOUBLING),
            new Known("between line and square", n -> 100 * StrictMath.pow(n, 1.5), Model.POWER, DOUBLING),
            new Known("the root", n -> 10_000 * Math.sqrt(n), Model.POWER, DOUBLING),
            new Known("a few pages", n -> n < 4 ? 3 : n < 8 ? 4 : 6, Model.LINEAR, DOUBLING),
            new Known("about the same", n -> n == 2 ? 130 : 118 + n, Model.CONSTANT, DOUBLING),
            new Known("a little less", n -> 40 - n / 2, Model.CONSTANT, DOUBLING),
            new Known("less and less", n -> 10_000 / n, Model.NONE, DOUBLING),
            new Known("up and down", n -> n == 2 ? 10 : 1_000, Model.NONE, DOUBLING),
            new Known("from nothing", n -> n > 4 ? 5_000 : 0, Model.NONE, DOUBLING));

    @ParameterizedTest
    @FieldSource("KNOWN")
    void a_known_series_is_given_its_model(Known known) {
        Fit fit = GrowthFit.of(points(known.series(), known.sizes()));

        assertThat(fit.model()).isEqualTo(known.model());
        assertThat(fit.points()).isEqualTo(4);
        assertThat(fit.curve() == null).isEqualTo(known.model() == Model.NONE);
    }

    @Test
    void the_numbers_of_a_line_come_out_as_they_went_in() {
        Curve curve =
                GrowthFit.of(points(n -> 4_000 + 500 * n, DOUBLING)).known().orElseThrow();

        assertThat(curve.constant()).isCloseTo(4_000, within(1e-6));
        assertThat(curve.coefficient()).isCloseTo(500, within(1e-6));
        assertThat(curve.at(100)).isCloseTo(54_000, within(1e-3));
    }

    @Test
    void the_exponent_of_a_power_law_comes_out_as_it_went_in() {
        Fit fit = GrowthFit.of(points(n -> 100 * StrictMath.pow(n, 1.5), DOUBLING));

        assertThat(fit.known().orElseThrow().exponent()).isCloseTo(1.5, within(1e-9));
        assertThat(fit.deviation()).isCloseTo(0, within(1e-9));
    }

    @Test
    void the_deviation_is_that_of_the_measurement_that_fits_worst() {
        List<Point> points = new ArrayList<>(points(n -> 1_000 * n, DOUBLING));
        points.set(1, new Point(2, 2_020));

        Fit fit = GrowthFit.of(points);

        assertThat(fit.model()).isEqualTo(Model.LINEAR);
        assertThat(fit.deviation()).isBetween(0.005, 0.01);
    }

    @Test
    void n_log_n_over_sizes_that_can_be_loaded_is_told_apart_from_a_line_by_less_than_the_tolerance() {
        double rows = 1e6;
        Fit fit = GrowthFit.of(points(n -> rows * n * StrictMath.log(rows * n) / 100, DOUBLING));

        assertThat(fit.model()).isEqualTo(Model.LINEAR);
        assertThat(fit.deviation()).isLessThan(GrowthFit.CLOSE);
    }

    @Test
    void one_size_says_nothing() {
        Fit fit = GrowthFit.of(List.of(new Point(1, 7)));

        assertThat(fit).isEqualTo(new Fit(Model.NONE, null, null, 1));
        assertThat(GrowthFit.of(List.of())).isEqualTo(new Fit(Model.NONE, null, null, 0));
    }

    @Test
    void two_sizes_say_whether_a_figure_is_constant_and_else_its_exponent_without_a_deviation() {
        assertThat(GrowthFit.of(points(n -> 50, TWO)).model()).isEqualTo(Model.CONSTANT);
        assertThat(GrowthFit.of(points(n -> 0, TWO)).model()).isEqualTo(Model.CONSTANT);

        Fit grown = GrowthFit.of(points(n -> 50 * n * n, TWO));
        assertThat(grown.model()).isEqualTo(Model.POWER);
        assertThat(grown.known().orElseThrow().exponent()).isCloseTo(2, within(1e-9));
        assertThat(grown.deviation()).isNull();

        assertThat(GrowthFit.of(points(n -> n < 2 ? 0 : 90, TWO)).model()).isEqualTo(Model.NONE);
    }

    @Test
    void noise_of_half_a_percent_changes_no_model() {
        double[] noise = {1.004, 0.997, 1.005, 0.996, 1.002};
        for (Model model : List.of(Model.LINEAR, Model.QUADRATIC)) {
            List<Point> points = new ArrayList<>();
            for (int i = 0; i < noise.length; i++) {
                double size = 1 << i;
                points.add(new Point(size, 700 * model.basis(size) * noise[i]));
            }
            assertThat(GrowthFit.of(points).model()).isEqualTo(model);
        }
    }

    @Test
    void a_curve_is_never_negative() {
        assertThat(new Curve(Model.LINEAR, -500, 100, 1).at(1)).isZero();
    }

    @Test
    void a_point_without_size_or_with_a_negative_or_infinite_value_is_refused() {
        for (double[] wrong : new double[][] {
            {0, 1}, {-1, 1}, {1, -1}, {1, Double.NaN}, {Double.NaN, 1}, {1, Double.POSITIVE_INFINITY}
        }) {
            org.assertj.core.api.Assertions.assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Point(wrong[0], wrong[1]));
        }
    }

    static List<Point> points(DoubleUnaryOperator series, List<Double> sizes) {
        List<Point> points = new ArrayList<>();
        for (double size : sizes) {
            points.add(new Point(size, series.applyAsDouble(size)));
        }
        return points;
    }
}
