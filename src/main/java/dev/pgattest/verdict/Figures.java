package dev.pgattest.verdict;

import java.time.Duration;
import java.util.Locale;

/** Numbers as messages show them, the same in every locale. */
final class Figures {

    private static final int LONGEST_CONDITION = 120;

    private Figures() {}

    /** {@code 1,819}; fractions of small counts with two decimals. */
    static String count(double value) {
        boolean whole = value == Math.rint(value) || value >= 100;
        return String.format(Locale.ROOT, whole ? "%,.0f" : "%,.2f", value);
    }

    /** {@code 1,819}. */
    static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** {@code 41 %}; {@code under 1 %} and {@code over 99 %} where rounding would say none or all. */
    static String percent(double share) {
        if (share > 0 && share < 0.01) {
            return "under 1 %";
        }
        return share < 1 && share > 0.99 ? "over 99 %" : String.format(Locale.ROOT, "%.0f %%", share * 100);
    }

    /** {@code 12.3 ms}. */
    static String millis(double value) {
        return String.format(Locale.ROOT, "%,.1f ms", value);
    }

    /** {@code 500.0 ms}. */
    static String millis(Duration value) {
        return millis(value.toNanos() / 1e6);
    }

    /** {@code 2.5 times}. */
    static String times(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.1f times" : "%,.0f times", value);
    }

    /** A condition, cut where it would fill the screen. */
    static String condition(String text) {
        return text.length() <= LONGEST_CONDITION ? text : text.substring(0, LONGEST_CONDITION) + "...";
    }
}
