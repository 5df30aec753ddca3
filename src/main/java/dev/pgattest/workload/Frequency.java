package dev.pgattest.workload;

import dev.pgattest.Problem;
import dev.pgattest.Result;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often something runs.
 *
 * @param count executions, more than 0
 * @param per in which time
 * @param each for each of what, {@code tenant}; empty when in all
 */
public record Frequency(BigDecimal count, Period per, String each) {

    private static final Pattern FORM =
            Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*/\\s*(\\p{L}+)\\s*(?:/\\s*(\\S.*?))?\\s*");

    /** Reads {@code 100 / day / tenant}; the problem has no place. */
    public static Result<Frequency> parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            return wrong("'" + text + "' is not a frequency");
        }
        BigDecimal count = new BigDecimal(matcher.group(1));
        if (count.signum() == 0) {
            return wrong("the frequency is zero: '" + text + "'");
        }
        for (Period per : Period.values()) {
            if (per.label().equals(matcher.group(2))) {
                return Result.of(new Frequency(count, per, matcher.group(3) == null ? "" : matcher.group(3)));
            }
        }
        return wrong("'" + matcher.group(2) + "' in '" + text + "' is none of s, min, hour, day");
    }

    private static Result<Frequency> wrong(String message) {
        return Result.rejected(Problem.ofInput(message, "write for example `100 / day / tenant` or `50 / s`"));
    }

    /** The form that {@link #parse} reads. */
    @Override
    public String toString() {
        return count.toPlainString() + " / " + per.label() + (each.isEmpty() ? "" : " / " + each);
    }

    /** A time in which executions are counted. */
    public enum Period {
        S(1),
        MIN(60),
        HOUR(3_600),
        DAY(86_400);

        private final int seconds;

        Period(int seconds) {
            this.seconds = seconds;
        }

        /** Its length in seconds. */
        public int seconds() {
            return seconds;
        }

        /** The name in workload files. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
