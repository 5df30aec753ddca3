package dev.pgattest.load;

import dev.pgattest.Problem;
import dev.pgattest.Result;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * The multiples of the declared rates that a state is tried at, one after the other.
 *
 * @param listed the only ones, ascending; empty to search for the one that breaks
 */
public record RateFactors(List<Double> listed) {

    /** The declared rates alone. */
    public static final RateFactors DECLARED = new RateFactors(List.of(1.0));

    /** Double until something breaks, then look closer. */
    public static final RateFactors SEARCH = new RateFactors(List.of());

    private static final String SEARCH_WORD = "search";
    private static final double LARGEST = 1000;

    /** How far what breaks may be above what holds when a search ends. */
    private static final double CLOSE = 1.2;

    private static final MathContext TWO_DIGITS = new MathContext(2);

    public RateFactors {
        listed = List.copyOf(listed);
        if (!rise(listed)) {
            throw new IllegalArgumentException("factors rise from above 0 to at most 1000: " + listed);
        }
    }

    /** Reads {@code search}, or factors such as {@code 1,2,4}; the problem has no place. */
    public static Result<RateFactors> parse(String text) {
        if (text.strip().equals(SEARCH_WORD)) {
            return Result.of(SEARCH);
        }
        List<Double> factors =
                Stream.of(text.split(",", -1)).map(RateFactors::number).toList();
        return rise(factors)
                ? Result.of(new RateFactors(factors))
                : Result.rejected(Problem.ofInput(
                        "--rate-factor is '" + text + "'",
                        "give factors above 0 and up to 1000, the smallest first, for example 1,2,4, or `search`"));
    }

    private static boolean rise(List<Double> factors) {
        double before = 0;
        for (double factor : factors) {
            if (!(factor > before) || factor > LARGEST) {
                return false;
            }
            before = factor;
        }
        return true;
    }

    private static double number(String text) {
        try {
            return new BigDecimal(text.strip()).doubleValue();
        } catch (NumberFormatException notOne) {
            return Double.NaN;
        }
    }

    /** The first, whose verdict is that of the gate. */
    public double first() {
        return listed.isEmpty() ? 1 : listed.get(0);
    }

    /**
     * The one to try next: the next of the list as long as all before it hold; in a search twice the highest, until one breaks, and then
     * the geometric mean of the highest that holds and the lowest that breaks, until these are close.
     *
     * @param tried whether the objectives held, by factor
     * @return empty when nothing is left to try
     */
    public OptionalDouble next(SortedMap<Double, Boolean> tried) {
        if (tried.isEmpty()) {
            return OptionalDouble.of(first());
        }
        OptionalDouble broken = tried.entrySet().stream()
                .filter(each -> !each.getValue())
                .mapToDouble(Map.Entry::getKey)
                .min();
        if (!listed.isEmpty()) {
            return broken.isPresent() || tried.size() == listed.size()
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(listed.get(tried.size()));
        }
        SortedMap<Double, Boolean> below = broken.isPresent() ? tried.headMap(broken.getAsDouble()) : tried;
        if (below.isEmpty()) {
            return OptionalDouble.empty();
        }
        double held = below.lastKey();
        if (broken.isEmpty()) {
            return held * 2 > LARGEST ? OptionalDouble.empty() : OptionalDouble.of(held * 2);
        }
        double middle = new BigDecimal(Math.sqrt(held * broken.getAsDouble()))
                .round(TWO_DIGITS)
                .doubleValue();
        boolean close = broken.getAsDouble() <= held * CLOSE || middle <= held || middle >= broken.getAsDouble();
        return close ? OptionalDouble.empty() : OptionalDouble.of(middle);
    }
}
