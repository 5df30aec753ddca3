package dev.pgattest.growth;

import java.util.List;

/**
 * The line {@code y = a + b u} with the smallest sum of squared relative errors. Errors count as shares of the measurement, so that the
 * largest size does not decide alone.
 *
 * <p>Source of the formulas: weighted least squares with weights {@code 1 / y²}, Draper and Smith, "Applied Regression Analysis"
 * (1998), chapter 9.
 *
 * @param constant {@code a}
 * @param coefficient {@code b}
 * @param spread standard deviation of the relative errors; 0 when the points leave no freedom
 * @param freedom points less the numbers that were fitted
 */
record LineFit(double constant, double coefficient, double spread, int freedom, Sums sums) {

    /** A point on the line's own axis, with what its error is divided by. */
    record Observation(double u, double y) {

        double weight() {
            double scale = Math.max(1e-9, y);
            return 1 / (scale * scale);
        }
    }

    /** Weighted sums of 1, u and u². */
    record Sums(double w, double wu, double wuu) {

        double determinant() {
            return w * wuu - wu * wu;
        }

        /** Whether all points have the same u, so that no slope can be told. */
        boolean isFlat() {
            return determinant() <= 1e-12 * w * wuu;
        }
    }

    static LineFit of(List<Observation> observations) {
        Sums sums = sums(observations);
        double wy = 0;
        double wuy = 0;
        for (Observation each : observations) {
            wy += each.weight() * each.y();
            wuy += each.weight() * each.u() * each.y();
        }
        if (sums.isFlat()) {
            return constant(observations);
        }
        double slope = (sums.w() * wuy - sums.wu() * wy) / sums.determinant();
        double constant = (wy - slope * sums.wu()) / sums.w();
        return withSpread(observations, constant, slope, 2);
    }

    /** The line without a slope. */
    static LineFit constant(List<Observation> observations) {
        double w = 0;
        double wy = 0;
        for (Observation each : observations) {
            w += each.weight();
            wy += each.weight() * each.y();
        }
        return withSpread(observations, wy / w, 0, 1);
    }

    double at(double u) {
        return constant + coefficient * u;
    }

    /**
     * Half the width of the interval in which one more measurement at {@code u} lies with 95 % confidence.
     *
     * @return infinite when the points leave no freedom to judge by
     */
    double halfWidth(double u) {
        if (freedom < 1) {
            return Double.POSITIVE_INFINITY;
        }
        double own = at(u) * at(u);
        double ofLine = coefficient == 0
                ? 1 / sums.w()
                : (sums.wuu() - 2 * u * sums.wu() + u * u * sums.w()) / sums.determinant();
        return StudentT.twoSided95(freedom) * spread * Math.sqrt(own + Math.max(0, ofLine));
    }

    private static LineFit withSpread(List<Observation> observations, double constant, double slope, int fitted) {
        double squares = 0;
        for (Observation each : observations) {
            double error = each.y() - constant - slope * each.u();
            squares += each.weight() * error * error;
        }
        int freedom = observations.size() - fitted;
        double spread = freedom < 1 ? 0 : Math.sqrt(squares / freedom);
        return new LineFit(constant, slope, spread, freedom, sums(observations));
    }

    private static Sums sums(List<Observation> observations) {
        double w = 0;
        double wu = 0;
        double wuu = 0;
        for (Observation each : observations) {
            w += each.weight();
            wu += each.weight() * each.u();
            wuu += each.weight() * each.u() * each.u();
        }
        return new Sums(w, wu, wuu);
    }
}
