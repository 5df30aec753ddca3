package dev.pgattest.ledger;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What writes pay for an index.
 *
 * @param measuredIn state in which it was measured; another than that of the ledger when table and indexes are the same there
 * @param insert inserts; null when they could not be measured
 * @param updateOfIndexed updates of a column that the index contains; null for none
 * @param updateOfOther updates of a column that no index of the table contains; null for none
 * @param notes what could not be measured and why
 */
public record WriteCost(
        String measuredIn,
        @Nullable WriteDifference insert,
        @Nullable WriteDifference updateOfIndexed,
        @Nullable WriteDifference updateOfOther,
        List<String> notes) {

    public WriteCost {
        notes = List.copyOf(notes);
    }

    /** Nothing could be measured. */
    public static WriteCost unknown(String state, String reason) {
        return new WriteCost(state, null, null, null, List.of(reason));
    }

    /** Inserts, when they were measured. */
    public Optional<WriteDifference> inserts() {
        return Optional.ofNullable(insert);
    }

    /** Updates of a column that the index contains, when they were measured. */
    public Optional<WriteDifference> indexedUpdates() {
        return Optional.ofNullable(updateOfIndexed);
    }

    /** Updates of a column that no index contains, when they were measured. */
    public Optional<WriteDifference> otherUpdates() {
        return Optional.ofNullable(updateOfOther);
    }

    /** Shared buffers that the index adds to an inserted row; 0 when inserts were not measured. */
    public double buffersPerInsert() {
        return insert == null ? 0 : insert.buffersPerRow();
    }
}
