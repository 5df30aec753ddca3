package dev.pgattest.health;

import java.time.Duration;
import java.util.Locale;

/** Figures in messages, the same in every locale. */
final class Figures {

    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};

    private Figures() {}

    /** Rounded to whole ones. */
    static String count(double count) {
        return String.format(Locale.ROOT, "%,.0f", count);
    }

    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** A count with a noun whose plural ends in s. */
    static String counted(long count, String noun) {
        return count(count) + " " + noun + (count == 1 ? "" : "s");
    }

    /** A share from 0 to 1 as a percentage; never 100 % or 0 % when it is only nearly so. */
    static String percent(double share) {
        double percent = share * 100;
        if (percent > 99.95 && share < 1) {
            return "over 99.9 %";
        }
        if (percent < 0.05 && share > 0) {
            return "under 0.1 %";
        }
        return String.format(Locale.ROOT, "%.1f %%", percent);
    }

    /** An interval of shares as percentages. */
    static String percent(double low, double high) {
        return String.format(Locale.ROOT, "%.0f to %.0f %%", Math.floor(low * 100), Math.ceil(high * 100));
    }

    static String bytes(long bytes) {
        return bytes((double) bytes);
    }

    static String bytes(double bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 1024 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 || value >= 100 ? "%.0f %s" : "%.1f %s", value, UNITS[unit]);
    }

    /** A duration in days, hours or minutes, whichever is the largest that it holds. */
    static String age(Duration age) {
        if (age.toDays() > 0) {
            return counted(age.toDays(), "day");
        }
        return age.toHours() > 0 ? counted(age.toHours(), "hour") : counted(Math.max(0, age.toMinutes()), "minute");
    }
}
