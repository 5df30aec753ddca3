package dev.pgattest.report;

import java.math.BigDecimal;
import java.util.Locale;

/** Numbers as people read them, the same in every locale. */
public final class Numbers {

    private Numbers() {}

    /** Milliseconds with about three significant digits: {@code 0.041}, {@code 8.13}, {@code 29.2}, {@code 1,522}. */
    public static String ms(double ms) {
        String format = ms < 1 ? "%.3f" : ms < 10 ? "%.2f" : ms < 100 ? "%.1f" : "%,.0f";
        return String.format(Locale.ROOT, format, ms);
    }

    /** A limit in milliseconds as people write it: {@code 500}, {@code 1,000}, {@code 0.5}. */
    static String limit(double ms) {
        return ms == Math.rint(ms) ? count((long) ms) : share(ms);
    }

    /** A decimal without superfluous digits and never with an exponent: {@code 0.0005}, {@code 1}. */
    static String share(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    /** A count with thousands separators. */
    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** A count with its noun: {@code 1 query}, {@code 3 queries}. */
    public static String counted(int count, String one, String many) {
        return count(count) + " " + (count == 1 ? one : many);
    }

    /** A count with a noun whose plural ends in s: {@code 1 file}, {@code 2 files}. */
    static String counted(int count, String noun) {
        return counted(count, noun, noun + "s");
    }

    /** Bytes in the largest binary unit that leaves at least one of it. */
    public static String bytes(long bytes) {
        String[] units = {"B", "kB", "MB", "GB", "TB"};
        double value = bytes;
        int unit = 0;
        while (value >= 1024 && unit < units.length - 1) {
            value /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 || value >= 100 ? "%.0f %s" : "%.1f %s", value, units[unit]);
    }

    /** A duration in the unit that suits it: {@code 840 ms}, {@code 12.3 s}, {@code 3 min 20 s}. */
    public static String duration(double ms) {
        if (ms < 1000) {
            return String.format(Locale.ROOT, "%.0f ms", ms);
        }
        if (ms < 120_000) {
            return String.format(Locale.ROOT, "%.1f s", ms / 1000);
        }
        long seconds = Math.round(ms / 1000);
        return seconds / 60 + " min " + seconds % 60 + " s";
    }
}
