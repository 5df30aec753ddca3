package dev.pgattest.health;

import java.util.List;
import java.util.Optional;

/**
 * What the size of a B-tree follows from, as the catalog and the planner's statistics have it.
 *
 * <p>The estimate lays out the index as {@code CREATE INDEX} would (src/backend/access/nbtree/nbtsort.c): tuples of a header of 8
 * bytes, a bitmap for NULLs, and aligned values, each with a line pointer of 4 bytes; pages filled up to the fill factor; equal keys
 * merged into lists of 6 bytes a row where the index may do that. What the statistics leave open makes it an interval: the padding
 * between values of variable width, which rows have NULLs, how many combinations of values there are, and how many rows came or went
 * since the table was analyzed.
 *
 * @param pages of the index's file
 * @param pageBytes size of a page
 * @param rows in the index, as the planner believes
 * @param rowsChanged that came, changed or went since
 * @param fillFactor in percent
 * @param deduplicates whether equal keys are merged
 * @param columns keys and included ones
 */
public record BtreeShape(
        long pages,
        int pageBytes,
        double rows,
        double rowsChanged,
        int fillFactor,
        boolean deduplicates,
        List<Column> columns) {

    private static final int PAGE_HEADER_BYTES = 24;
    private static final int PAGE_END_BYTES = 16;
    private static final int TUPLE_HEADER_BYTES = 8;
    private static final int NULL_BITMAP_BYTES = 8;
    private static final int LINE_POINTER_BYTES = 4;
    private static final int ROW_POINTER_BYTES = 6;
    private static final int ALIGNMENT = 8;

    /** Upper levels are filled to 70 % ({@code BTREE_NONLEAF_FILLFACTOR} in nbtree.h). */
    private static final double UPPER_FILL = 0.7;

    /** The longest list of rows with one key that a build makes: a tenth of a page ({@code _bt_load} in nbtsort.c). */
    private static final double LONGEST_LIST_SHARE = 0.1;

    /** Longer values may be compressed, which no statistics tell ({@code TOAST_INDEX_TARGET} is 1/16 of a page). */
    private static final double WIDEST_BYTES = 250;

    /** The sample from which ANALYZE counts distinct values sees too few of them; how many times too few. */
    private static final double UNSEEN_DISTINCT = 4;

    /**
     * A column of the index.
     *
     * @param bytes width of every value; below 0 when it varies
     * @param alignment what a value's place is a multiple of, in bytes
     * @param averageBytes average width as the planner knows it
     * @param nullShare share of NULLs, from 0 to 1
     * @param distinct number of values as {@code pg_stats.n_distinct} gives it: below 0 the negated share of the rows
     */
    public record Column(int bytes, int alignment, double averageBytes, double nullShare, double distinct) {

        double distinct(double rows) {
            return Math.max(1, Math.min(rows, distinct < 0 ? -distinct * rows : distinct));
        }
    }

    public BtreeShape {
        columns = List.copyOf(columns);
    }

    /** How much of it is air; empty when the statistics cannot tell. */
    public Optional<Bloat> bloat() {
        boolean tooWide = columns.stream().anyMatch(column -> column.averageBytes() > WIDEST_BYTES);
        if (tooWide || columns.isEmpty() || rows < 0 || pages <= 0) {
            return Optional.empty();
        }
        double fewest = pages(Math.max(0, rows - rowsChanged), false);
        double most = pages(rows + rowsChanged, true);
        return Optional.of(new Bloat(air(most), Math.max(air(most), air(fewest)), Bloat.Method.ESTIMATED));
    }

    private double air(double needed) {
        return Math.max(0, Math.min(1, 1 - needed / pages));
    }

    /** Pages of the index after it was built anew, at least or at most. */
    private double pages(double count, boolean most) {
        double tuple = tuple(most);
        double room = pageBytes - PAGE_HEADER_BYTES - PAGE_END_BYTES;
        // The first tuple of the page behind limits each page; it takes room too.
        double filled = room - pageBytes * (100 - fillFactor) / 100.0 - (most ? tuple : 0);
        double leaves = Math.ceil(count * bytesARow(count, tuple, most) / Math.max(1, filled));
        double pivot = most ? tuple + ALIGNMENT : 2.0 * TUPLE_HEADER_BYTES + LINE_POINTER_BYTES;
        double upper = Math.min(0.5, pivot / (room * UPPER_FILL));
        return 1 + leaves + Math.floor(leaves * upper / (1 - upper));
    }

    private double tuple(boolean most) {
        double nulls = most
                ? Math.min(1, columns.stream().mapToDouble(Column::nullShare).sum())
                : columns.stream().mapToDouble(Column::nullShare).max().orElse(0);
        return TUPLE_HEADER_BYTES + NULL_BITMAP_BYTES * nulls + values(most) + LINE_POINTER_BYTES;
    }

    private double values(boolean most) {
        boolean exact = columns.stream().allMatch(column -> column.bytes() > 0 && column.nullShare() == 0);
        if (exact) {
            int end = 0;
            for (Column column : columns) {
                end = aligned(end, column.alignment()) + column.bytes();
            }
            return aligned(end, ALIGNMENT);
        }
        double width = 0;
        for (Column column : columns) {
            double padding = most ? column.alignment() - 1 : 0;
            double bytes = column.bytes() > 0 ? column.bytes() : column.averageBytes();
            width += (bytes + padding) * (1 - column.nullShare());
        }
        return most ? width + ALIGNMENT - 1 : width;
    }

    private static int aligned(int place, int alignment) {
        return (place + alignment - 1) / alignment * alignment;
    }

    private double bytesARow(double count, double tuple, boolean most) {
        double keys = keys(count, most);
        if (!deduplicates || count < 1 || keys >= count) {
            return tuple;
        }
        double listBytes = pageBytes * LONGEST_LIST_SHARE - tuple;
        double inList = Math.max(1, Math.min(count / keys, listBytes / ROW_POINTER_BYTES));
        return Math.min(tuple, (tuple + (most ? ALIGNMENT - 1 : 0) + ROW_POINTER_BYTES * inList) / inList);
    }

    /** Distinct keys, at least or at most: of several columns, as many as the one with most, or all combinations. */
    private double keys(double count, boolean most) {
        if (!most) {
            return columns.stream()
                    .mapToDouble(column -> column.distinct(count))
                    .max()
                    .orElse(count);
        }
        double combinations = 1;
        for (Column column : columns) {
            combinations *= column.distinct(count);
        }
        return Math.min(count, UNSEEN_DISTINCT * combinations);
    }
}
