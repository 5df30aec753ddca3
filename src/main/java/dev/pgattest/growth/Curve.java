package dev.pgattest.growth;

/**
 * A model with its numbers.
 *
 * @param constant {@code a}; 0 for a power law
 * @param coefficient {@code b}; 0 for a constant
 * @param exponent {@code k} of a power law; 1 for all others
 */
public record Curve(Model model, double constant, double coefficient, double exponent) {

    /** The figure at a size, never below 0. */
    public double at(double size) {
        double grown = model == Model.POWER ? StrictMath.pow(size, exponent) : model.basis(size);
        return Math.max(0, constant + coefficient * grown);
    }
}
