package dev.pgattest.dataset;

/**
 * PostgreSQL's binary {@code numeric}: digit count, weight, sign, display scale, then digits of base 10,000 aligned at the decimal
 * point, without zero digits at either end. The server sends exactly this form, so what is read back has the bytes that were written.
 * Source: {@code numeric_send} and {@code make_result} in PostgreSQL's numeric.c.
 */
final class NumericBinary {

    private static final int NEGATIVE = 0x4000;
    private static final int BASE = 10_000;
    private static final int BASE_DIGITS = 4;
    private static final long[] POWERS = new long[19];

    static {
        long power = 1;
        for (int i = 0; i < POWERS.length; i++) {
            POWERS[i] = power;
            power *= 10;
        }
    }

    private final int scale;
    private final int fractionGroups;
    private final long unit;
    private final long padding;

    NumericBinary(int scale) {
        this.scale = scale;
        fractionGroups = (scale + BASE_DIGITS - 1) / BASE_DIGITS;
        unit = POWERS[scale];
        padding = POWERS[fractionGroups * BASE_DIGITS - scale];
    }

    /** Ten to the power of {@code exponent}, from 0 to 18. */
    static long powerOfTen(int exponent) {
        return POWERS[exponent];
    }

    /** Writes the field of {@code unscaled} divided by ten to the power of the scale. */
    void write(long unscaled, TupleBuffer out) {
        if (fractionGroups <= 2 && unscaled >= 0 && unscaled < unit) {
            writeFraction((int) (unscaled * padding), out);
            return;
        }
        long magnitude = Math.abs(unscaled);
        long whole = magnitude / unit;
        long fraction = magnitude % unit * padding;
        int wholeGroups = groups(whole);
        int leading = fraction == 0 ? fractionGroups : fractionGroups - groups(fraction);
        int first = wholeGroups > 0 ? 0 : leading;
        int last = fractionGroups;
        while (last > 0 && fraction % BASE == 0) {
            fraction /= BASE;
            last--;
        }
        int trailingWhole = 0;
        if (last == 0) {
            while (whole != 0 && whole % BASE == 0) {
                whole /= BASE;
                trailingWhole++;
            }
        }
        int digits = magnitude == 0 ? 0 : wholeGroups - trailingWhole + Math.max(0, last - first);
        int weight = magnitude == 0 ? 0 : wholeGroups > 0 ? wholeGroups - 1 : -1 - first;
        out.writeInt(2 * (BASE_DIGITS + digits));
        out.writeShort(digits);
        out.writeShort(weight);
        out.writeShort(unscaled < 0 ? NEGATIVE : 0);
        out.writeShort(scale);
        writeGroups(whole, wholeGroups - trailingWhole, out);
        writeGroups(fraction, Math.max(0, last - first), out);
    }

    /** The frequent case, a share or a score from 0 to below 1 with at most two groups, without division by a variable. */
    private void writeFraction(int fraction, TupleBuffer out) {
        int high = fractionGroups == 2 ? fraction / BASE : 0;
        int low = fraction - high * BASE;
        boolean first = high != 0;
        boolean second = low != 0;
        int digits = (first ? 1 : 0) + (second ? 1 : 0);
        out.ensure(Integer.BYTES + Short.BYTES * (BASE_DIGITS + 2));
        out.writeInt(2 * (BASE_DIGITS + digits));
        out.writeShort(digits);
        out.writeShort(digits == 0 ? 0 : first || fractionGroups == 1 ? -1 : -2);
        out.writeShort(0);
        out.writeShort(scale);
        if (first) {
            out.writeShort(high);
        }
        if (second) {
            out.writeShort(low);
        }
    }

    private static void writeGroups(long value, int count, TupleBuffer out) {
        long divisor = 1;
        for (int i = 1; i < count; i++) {
            divisor *= BASE;
        }
        long rest = value;
        for (int i = 0; i < count; i++) {
            out.writeShort((int) (rest / divisor));
            rest %= divisor;
            divisor /= BASE;
        }
    }

    private static int groups(long value) {
        int count = 0;
        for (long rest = value; rest != 0; rest /= BASE) {
            count++;
        }
        return count;
    }
}
