package dev.pgattest.workload;

import dev.pgattest.Problem;
import dev.pgattest.Result;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A latency objective: a percentile of what the client sees stays below a limit.
 *
 * @param quantile the percentile as a fraction, 0.95 for p95; between 0.5 and 1
 * @param limit what the percentile must be below
 */
public record Slo(BigDecimal quantile, Duration limit) {

    private static final Pattern FORM = Pattern.compile("p(\\d+(?:\\.\\d+)?)\\s*(<=|<)\\s*(.+)");
    private static final String REMEDY = "write for example `p95 < 500 ms`";

    public Slo {
        boolean isFraction = quantile.compareTo(new BigDecimal("0.5")) >= 0 && quantile.compareTo(BigDecimal.ONE) < 0;
        if (!isFraction || limit.isZero() || limit.isNegative()) {
            throw new IllegalArgumentException("no objective: " + quantile + " < " + limit);
        }
    }

    /** Reads {@code p95 < 500 ms}; the problem has no place. */
    public static Result<Slo> parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            return wrong("'" + text + "' is not an SLO");
        }
        if (matcher.group(2).equals("<=")) {
            return wrong("'" + text + "' has '<=': a limit is itself too slow");
        }
        BigDecimal quantile = new BigDecimal(matcher.group(1)).movePointLeft(2).stripTrailingZeros();
        if (quantile.compareTo(new BigDecimal("0.5")) < 0 || quantile.compareTo(BigDecimal.ONE) >= 0) {
            return wrong("'p" + matcher.group(1) + "' is not a percentile from p50 to below p100");
        }
        return TimeText.parse(matcher.group(3), "the limit of the SLO")
                .then(limit -> Result.of(new Slo(quantile, limit)));
    }

    private static Result<Slo> wrong(String message) {
        return Result.rejected(Problem.ofInput(message, REMEDY));
    }

    /**
     * The fewest samples with which the objective can pass: the smallest n with quantile^n at most 1 - confidence, because
     * the largest of n samples is then an upper bound (Hahn and Meeker, Statistical Intervals).
     *
     * @param confidence one-sided, between 0 and 1
     */
    public int fewestSamples(BigDecimal confidence) {
        double samples = StrictMath.log(1 - confidence.doubleValue()) / StrictMath.log(quantile.doubleValue());
        return (int) Math.ceil(samples);
    }

    /** The percentile's name, {@code p95}. */
    public String percentile() {
        return "p" + quantile.movePointRight(2).stripTrailingZeros().toPlainString();
    }

    /** The form that {@link #parse} reads. */
    @Override
    public String toString() {
        return percentile() + " < " + TimeText.of(limit);
    }
}
