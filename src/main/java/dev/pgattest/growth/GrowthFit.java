package dev.pgattest.growth;

import dev.pgattest.growth.LineFit.Observation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the model of a series of buffers. Buffers repeat exactly, so what a curve misses is the model's error and not noise: a model
 * holds when it misses no measurement by more than {@link #CLOSE}. The constant comes first, then whichever of logarithm and line misses
 * less, then the square.
 */
public final class GrowthFit {

    /** A model holds within this share of each measurement, or within one page: the last page of a table is rarely full. */
    public static final double CLOSE = 0.02;

    /** Where no model holds, a constant or a power law that misses by no more than this share still describes the figure. */
    public static final double ROUGH = 0.10;

    private static final double ONE_PAGE = 1;

    private GrowthFit() {}

    /**
     * The model of points of different sizes, all measured under one plan.
     *
     * <p>One point says nothing. Two say whether the figure is constant and otherwise how fast it grows, as the exponent of a power law
     * through both, which has no deviation. Three and more tell models apart.
     */
    public static Fit of(List<Point> points) {
        if (points.size() < 2) {
            return Fit.unknown(points.size());
        }
        Fit constant = fit(Model.CONSTANT, points);
        if (holds(constant, points, CLOSE)) {
            return constant;
        }
        if (points.size() == 2) {
            return power(points)
                    .map(curve -> new Fit(Model.POWER, curve, null, points.size()))
                    .orElse(Fit.unknown(points.size()));
        }
        return named(points)
                .or(() -> rough(constant, points))
                .orElseGet(() -> new Fit(Model.NONE, null, nearest(points), points.size()));
    }

    private static Optional<Fit> named(List<Point> points) {
        Optional<Fit> gentle = Stream.of(Model.LOGARITHMIC, Model.LINEAR)
                .map(model -> fit(model, points))
                .filter(fit -> grows(fit, points))
                .min(Comparator.comparingDouble(fit -> squares(fit, points)));
        return gentle.or(() -> Optional.of(fit(Model.QUADRATIC, points)).filter(fit -> grows(fit, points)));
    }

    private static boolean grows(Fit fit, List<Point> points) {
        return fit.known().filter(curve -> curve.coefficient() > 0).isPresent() && holds(fit, points, CLOSE);
    }

    private static Optional<Fit> rough(Fit constant, List<Point> points) {
        if (holds(constant, points, ROUGH)) {
            return Optional.of(constant);
        }
        return power(points)
                .filter(curve -> curve.exponent() > 0)
                .map(curve -> new Fit(Model.POWER, curve, deviation(curve, points), points.size()))
                .filter(fit -> holds(fit, points, ROUGH));
    }

    private static Fit fit(Model model, List<Point> points) {
        List<Observation> observations = new ArrayList<>();
        points.forEach(point ->
                observations.add(new Observation(model.basis(point.size()), Math.max(point.value(), ONE_PAGE))));
        boolean allZero = points.stream().allMatch(point -> point.value() == 0);
        LineFit line = model == Model.CONSTANT ? LineFit.constant(observations) : LineFit.of(observations);
        Curve curve = new Curve(model, allZero ? 0 : line.constant(), line.coefficient(), 1);
        return new Fit(model, curve, deviation(curve, points), points.size());
    }

    /** A line through the logarithms; none when a value is 0. */
    private static Optional<Curve> power(List<Point> points) {
        if (points.stream().anyMatch(point -> point.value() == 0)) {
            return Optional.empty();
        }
        double meanX = points.stream()
                .mapToDouble(point -> StrictMath.log(point.size()))
                .average()
                .orElseThrow();
        double meanY = points.stream()
                .mapToDouble(point -> StrictMath.log(point.value()))
                .average()
                .orElseThrow();
        double products = 0;
        double squares = 0;
        for (Point point : points) {
            double x = StrictMath.log(point.size()) - meanX;
            products += x * (StrictMath.log(point.value()) - meanY);
            squares += x * x;
        }
        if (squares == 0) {
            return Optional.empty();
        }
        double exponent = products / squares;
        return Optional.of(new Curve(Model.POWER, 0, StrictMath.exp(meanY - exponent * meanX), exponent));
    }

    private static double nearest(List<Point> points) {
        double nearest = Double.POSITIVE_INFINITY;
        for (Model model : List.of(Model.CONSTANT, Model.LOGARITHMIC, Model.LINEAR, Model.QUADRATIC)) {
            Curve curve = fit(model, points).known().orElseThrow();
            nearest = Math.min(nearest, deviation(curve, points));
        }
        return Math.min(
                nearest, power(points).map(curve -> deviation(curve, points)).orElse(nearest));
    }

    private static boolean holds(Fit fit, List<Point> points, double share) {
        return fit.known()
                .filter(curve -> points.stream()
                        .allMatch(point -> Math.abs(curve.at(point.size()) - point.value())
                                <= Math.max(ONE_PAGE, share * point.value())))
                .isPresent();
    }

    private static double deviation(Curve curve, List<Point> points) {
        return points.stream().mapToDouble(point -> error(curve, point)).max().orElse(0);
    }

    private static double squares(Fit fit, List<Point> points) {
        Curve curve = fit.known().orElseThrow();
        return points.stream()
                .mapToDouble(point -> error(curve, point) * error(curve, point))
                .sum();
    }

    private static double error(Curve curve, Point point) {
        return Math.abs(curve.at(point.size()) - point.value()) / Math.max(point.value(), ONE_PAGE);
    }
}
