package dev.pgattest.dataset;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Neighbouring rows of a referenced table that together are chosen with probability {@code share}.
 *
 * @param members how many rows, or which part of the table
 * @param share fraction of 1
 * @param decline how the share is divided inside the group
 */
public record ShareGroup(Members members, BigDecimal share, Decline decline) {

    /** The size of a group: a number of rows, or a percentage of the table that follows its scale. */
    public record Members(BigDecimal amount, boolean percent) {

        /** All rows of the table. */
        public static final Members ALL = new Members(BigDecimal.valueOf(100), true);

        /** How many of {@code rows} rows these are, rounded. */
        long of(long rows) {
            BigDecimal count =
                    percent ? amount.multiply(BigDecimal.valueOf(rows)).movePointLeft(2) : amount;
            return count.setScale(0, RoundingMode.HALF_UP).longValue();
        }
    }

    /** The weights inside a group of n, from its first row on. */
    public enum Shape {
        /** 1, 1, 1, ... */
        NONE,
        /** n, n-1, ... 1. */
        LINEAR,
        /** 1, 1/2^e, 1/3^e, ... with the exponent e. */
        ZIPF
    }

    /** A shape and, for {@link Shape#ZIPF}, its exponent. */
    public record Decline(Shape shape, BigDecimal exponent) {

        /** Every row as likely. */
        public static final Decline NONE = new Decline(Shape.NONE, BigDecimal.ONE);

        /** The weight of the row at {@code index}, from 0, of {@code size}. */
        double weight(long index, long size) {
            return switch (shape) {
                case NONE -> 1;
                case LINEAR -> size - index;
                case ZIPF -> 1 / StrictMath.pow((double) (index + 1), exponent.doubleValue());
            };
        }
    }
}
