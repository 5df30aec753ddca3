package dev.pgattest.plan;

import org.jspecify.annotations.Nullable;

/**
 * What follows from the facts of one node.
 *
 * @param wallMillis milliseconds that the node and what ran inside it took over all loops; times of parallel processes are
 *     divided by their number, 0 with {@code TIMING OFF}
 * @param exclusiveMillis the node's own part of it
 * @param exclusiveBuffers blocks that the node itself touched, without what ran inside it
 * @param rows returned over all loops and processes
 * @param rowsRemoved read and dropped by filter, join filter or index recheck, over all loops and processes
 * @param estimate null where the comparison says nothing: never executed, stopped early, rows not counted
 * @param processes that shared the node's work, 1 outside of a parallel query
 */
public record NodeMetrics(
        double wallMillis,
        double exclusiveMillis,
        Buffers exclusiveBuffers,
        double rows,
        double rowsRemoved,
        @Nullable RowEstimate estimate,
        double processes) {

    /** Rows that the node looked at: returned and removed. */
    public double rowsRead() {
        return rows + rowsRemoved;
    }

    /** The part of the rows looked at that was returned, 0 to 1; 1 when it looked at none. */
    public double shareReturned() {
        return rowsRead() == 0 ? 1 : rows / rowsRead();
    }
}
