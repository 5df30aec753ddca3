package dev.pgattest.deploy;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What building an index is likely to cost, for each row of a table.
 *
 * @param method access method
 * @param keyBytes width of the keys and included columns, by the statistics
 * @param share of the rows that the index holds, 0 to 1
 * @param msPerRow milliseconds that a plain build took for each row of the table in the project's evidence; null when there is none
 */
public record BuildCost(
        String method, int keyBytes, double share, @Nullable Double msPerRow) {

    /** Tuple header and line pointer; see src/include/access/itup.h and storage/itemid.h. */
    private static final int OVERHEAD_BYTES = 8 + 4;

    private static final int ALIGNMENT = 8;

    /** BTREE_DEFAULT_FILLFACTOR. */
    private static final double BTREE_FILL = 0.9;

    /** HASH_DEFAULT_FILLFACTOR. */
    private static final double HASH_FILL = 0.75;

    private static final int HASH_BYTES = 4;
    private static final int PAGES_PER_RANGE = 128;
    private static final int PAGE_BYTES = 8192;

    /** A concurrent build reads the table twice. */
    private static final int SCANS = 2;

    /**
     * For a table of so many rows and bytes.
     *
     * @param rows negative when they are not known
     */
    Step.Estimate estimate(double rows, long tableBytes) {
        if (rows < 0) {
            return Step.Estimate.NONE;
        }
        Double time = msPerRow;
        return new Step.Estimate(
                bytes(rows, tableBytes), time == null ? null : Duration.ofMillis((long) (time * rows * SCANS)));
    }

    private @Nullable Long bytes(double rows, long tableBytes) {
        return switch (method) {
            case "btree" -> (long) (rows * share * tuple(keyBytes) / BTREE_FILL);
            case "hash" -> (long) (rows * share * tuple(HASH_BYTES) / HASH_FILL);
            case "brin" -> (tableBytes / PAGE_BYTES / PAGES_PER_RANGE + 1) * tuple(2 * keyBytes) + 2L * PAGE_BYTES;
            default -> null;
        };
    }

    private static int tuple(int bytes) {
        return OVERHEAD_BYTES + (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
}
