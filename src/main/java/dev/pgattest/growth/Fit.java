package dev.pgattest.growth;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a series of measurements says of its growth.
 *
 * @param model the model that describes it; {@link Model#NONE} when none does
 * @param curve the model's numbers; null when there is no model
 * @param deviation how far the measurement that fits worst lies from the curve, as a share of that measurement, at least one page
 *     being 1; null when the points are too few to deviate
 * @param points how many sizes were measured
 */
public record Fit(
        Model model, @Nullable Curve curve, @Nullable Double deviation, int points) {

    /** Too few sizes to say anything. */
    static Fit unknown(int points) {
        return new Fit(Model.NONE, null, null, points);
    }

    /** The curve, when there is one. */
    public Optional<Curve> known() {
        return Optional.ofNullable(curve);
    }
}
