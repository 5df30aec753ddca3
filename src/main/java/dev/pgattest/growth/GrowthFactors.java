package dev.pgattest.growth;

import dev.pgattest.Problem;
import dev.pgattest.Result;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * The sizes that a growth is measured at.
 *
 * @param factors of the chosen scale, ascending, each once, at least two
 */
public record GrowthFactors(List<BigDecimal> factors) {

    private static final int MOST_DIGITS = 6;
    private static final int MOST_FACTORS = 12;
    private static final String EXAMPLE = "write for example 1,2,4,8";

    public GrowthFactors {
        factors = List.copyOf(factors);
    }

    /** Reads {@code 1,2,4,8}; every mistake is listed. */
    public static Result<GrowthFactors> parse(String text) {
        List<Problem> problems = new ArrayList<>();
        List<BigDecimal> factors = new ArrayList<>();
        String[] parts = text.split(",", -1);
        for (String part : parts) {
            BigDecimal factor = factor(part.strip(), problems);
            if (factor != null) {
                order(factors, factor, problems);
                factors.add(factor);
            }
        }
        if (parts.length == 1) {
            problems.add(problem("--growth has one size, and one size shows no growth", EXAMPLE));
        }
        if (parts.length > MOST_FACTORS) {
            problems.add(problem(
                    "--growth has " + parts.length + " sizes",
                    "name at most " + MOST_FACTORS + "; four tell the models apart"));
        }
        return problems.isEmpty() ? Result.of(new GrowthFactors(factors)) : Result.rejected(problems);
    }

    /** A factor for people: {@code 2x}, {@code 0.5x}. */
    public static String text(BigDecimal factor) {
        return factor.stripTrailingZeros().toPlainString() + "x";
    }

    private static @org.jspecify.annotations.Nullable BigDecimal factor(String part, List<Problem> problems) {
        if (!part.matches("-?[0-9]*\\.?[0-9]+")) {
            problems.add(problem("--growth: '" + shown(part) + "' is not a number", EXAMPLE));
            return null;
        }
        BigDecimal factor = new BigDecimal(part);
        if (part.replaceAll("[^0-9]", "").length() > MOST_DIGITS) {
            problems.add(problem(
                    "--growth: '" + shown(part) + "' has more than " + MOST_DIGITS + " digits",
                    "write a shorter factor"));
            return null;
        }
        if (factor.signum() <= 0) {
            problems.add(problem("--growth: the factor " + part + " is not more than 0", EXAMPLE));
            return null;
        }
        return factor.stripTrailingZeros();
    }

    private static void order(List<BigDecimal> before, BigDecimal factor, List<Problem> problems) {
        if (before.isEmpty()) {
            return;
        }
        BigDecimal last = before.get(before.size() - 1);
        if (before.stream().anyMatch(each -> each.compareTo(factor) == 0)) {
            problems.add(
                    problem("--growth names the factor " + factor.toPlainString() + " twice", "name each size once"));
        } else if (factor.compareTo(last) < 0) {
            problems.add(problem(
                    "--growth: the factor " + factor.toPlainString() + " comes after " + last.toPlainString(),
                    "write the factors in ascending order"));
        }
    }

    private static String shown(String part) {
        return part.length() <= 20 ? part : part.substring(0, 20) + "…";
    }

    private static Problem problem(String message, String remedy) {
        return Problem.ofInput(message, remedy);
    }
}
