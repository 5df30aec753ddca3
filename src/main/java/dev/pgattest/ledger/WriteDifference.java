package dev.pgattest.ledger;

import java.util.ArrayList;
import java.util.List;

/**
 * One kind of write with and without an index, round by round. The first round of either side begins with a vacuumed table and, where
 * the server allows it, after a checkpoint; its figures other than the time count.
 *
 * @param column the column that is updated; empty for inserts
 * @param with at least one round with the index
 * @param without as many rounds without it
 */
public record WriteDifference(String column, List<WriteFigures> with, List<WriteFigures> without) {

    /** Figures are given for so many rows. */
    public static final int ROWS = 10_000;

    public WriteDifference {
        with = List.copyOf(with);
        without = List.copyOf(without);
        if (with.isEmpty() || with.size() != without.size()) {
            throw new IllegalArgumentException(with.size() + " rounds with, " + without.size() + " without");
        }
    }

    /** Rows written in a round. */
    public long rows() {
        return with.get(0).rows();
    }

    /** Bytes of write-ahead log that the index adds to 10,000 rows. */
    public long walBytes() {
        return Math.round(perRow(with.get(0).walBytes(), without.get(0).walBytes()) * ROWS);
    }

    /** The part that the index adds to the write-ahead log without it. */
    public double walShare() {
        double without =
                (double) this.without.get(0).walBytes() / this.without.get(0).rows();
        return without == 0 ? 0 : walBytes() / (without * ROWS);
    }

    /** Shared buffers that the index adds to a row. */
    public double buffersPerRow() {
        return perRow(with.get(0).buffers(), without.get(0).buffers());
    }

    /** Of 10,000 updates, those that are heap-only without the index and not with it. */
    public long hotLost() {
        return -Math.round(perRow(with.get(0).hotRows(), without.get(0).hotRows()) * ROWS);
    }

    /** Of 10,000 updates, those that are heap-only with the index. */
    public long hotKept() {
        return Math.round((double) with.get(0).hotRows() / with.get(0).rows() * ROWS);
    }

    /** Milliseconds that the index adds to 10,000 rows, one value a round. */
    public Latencies addedMs() {
        List<Double> added = new ArrayList<>();
        for (int round = 0; round < with.size(); round++) {
            added.add((with.get(round).ms() / with.get(round).rows()
                            - without.get(round).ms() / without.get(round).rows())
                    * ROWS);
        }
        return new Latencies(added);
    }

    private double perRow(long figureWith, long figureWithout) {
        return (double) figureWith / with.get(0).rows()
                - (double) figureWithout / without.get(0).rows();
    }
}
