package dev.pgattest.health;

import dev.pgattest.sql.QualifiedName;
import org.jspecify.annotations.Nullable;

/**
 * A sequence whose value could be read.
 *
 * @param name its name with its schema
 * @param last the value that it gave last, or gives first
 * @param range what it may give
 * @param column the column that it fills; null for none
 */
public record SequenceFacts(
        QualifiedName name,
        long last,
        Range range,
        @Nullable Column column) {

    /**
     * What a sequence may give.
     *
     * @param lowest its {@code MINVALUE}
     * @param highest its {@code MAXVALUE}
     * @param increment its step, below 0 when it goes down
     * @param cycles whether it begins anew after the last value
     */
    public record Range(long lowest, long highest, long increment, boolean cycles) {}

    /**
     * A column filled by a sequence.
     *
     * @param table the column's table
     * @param name the column's name
     * @param type its type as the server writes it
     * @param largest the largest number that the type holds; {@link Long#MAX_VALUE} when it is no integer
     */
    public record Column(QualifiedName table, String name, String type, long largest) {}

    /** Whether the column's type ends before the sequence does. */
    boolean isLimitedByColumn() {
        return column != null && range.increment() > 0 && column.largest() < range.highest();
    }

    /** The last value that can be stored. */
    long limit() {
        if (range.increment() < 0) {
            return column == null ? range.lowest() : Math.max(range.lowest(), -column.largest() - 1);
        }
        return column == null ? range.highest() : Math.min(range.highest(), column.largest());
    }

    /** The share of the values that is used up, from 0 to 1. */
    public double used() {
        double start = range.increment() < 0 ? range.highest() : range.lowest();
        double whole = Math.abs((double) limit() - start) + 1;
        double used = (Math.abs(last - start) + 1) / whole;
        return Math.max(0, Math.min(1, used));
    }
}
