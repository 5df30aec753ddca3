package dev.pgattest.load;

import dev.pgattest.workload.Frequency;

/**
 * How often a query is to run.
 *
 * @param declaredPerSecond what the workload declares, times the factor of the run
 * @param perSecond what is offered; more than declared where too few executions for any verdict would come together
 */
public record OfferedRate(double declaredPerSecond, double perSecond) {

    /**
     * What a frequency comes to.
     *
     * @param members how many tenants, or whatever the frequency is for each of
     * @param factor of the run
     */
    public static OfferedRate of(Frequency frequency, long members, double factor) {
        double perSecond = frequency.count().doubleValue() / frequency.per().seconds() * members * factor;
        return new OfferedRate(perSecond, perSecond);
    }

    /**
     * The same, raised so that an arrival process of a length almost never has fewer than a number of arrivals: that number and three
     * times its root, the deviation of a Poisson count.
     */
    public OfferedRate raisedTo(int fewest, double seconds) {
        double enough = (fewest + 3 * Math.sqrt(fewest)) / seconds;
        return new OfferedRate(declaredPerSecond, Math.max(perSecond, enough));
    }

    /** Whether more is offered than declared. */
    public boolean isRaised() {
        return perSecond > declaredPerSecond;
    }
}
