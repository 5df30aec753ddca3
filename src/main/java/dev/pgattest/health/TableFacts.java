package dev.pgattest.health;

import dev.pgattest.sql.QualifiedName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A table or materialized view.
 *
 * @param name its name with its schema
 * @param kind what it is
 * @param parent the partitioned table that it is a part of; null for none
 * @param size how large it is
 * @param reads how it was read
 * @param writes how it was written
 * @param analysis what the planner knows about it
 * @param cache where its blocks were found
 */
public record TableFacts(
        QualifiedName name,
        Kind kind,
        @Nullable QualifiedName parent,
        Size size,
        Reads reads,
        Writes writes,
        Analysis analysis,
        Cache cache) {

    /** What a table is. */
    public enum Kind {
        TABLE,
        /** Holds no rows itself. */
        PARTITIONED,
        MATERIALIZED_VIEW
    }

    /**
     * How large it is, without its indexes and what is stored out of line.
     *
     * @param bytes size of its file
     * @param rows the planner's number of rows; below 0 when it was neither vacuumed nor analyzed
     */
    public record Size(long bytes, double rows) {}

    /**
     * How it was read since the counters were reset.
     *
     * @param sequentialScans reads from end to end, or begun so
     * @param sequentialRows rows that they looked at
     * @param indexScans scans of any of its indexes
     */
    public record Reads(long sequentialScans, long sequentialRows, long indexScans) {}

    /**
     * How it was written since the counters were reset.
     *
     * @param updated rows
     * @param deleted rows
     * @param sinceAnalyze rows inserted, updated or deleted since it was last analyzed, as the server estimates
     */
    public record Writes(long updated, long deleted, long sinceAnalyze) {}

    /**
     * What the planner knows about it.
     *
     * @param readable whether the role may see its statistics
     * @param present whether there are statistics; false when it cannot be seen
     * @param last when it was last analyzed, by hand or by autovacuum, since the counters were reset; null for never
     */
    public record Analysis(
            boolean readable, boolean present, @Nullable Instant last) {}

    /**
     * Where its blocks were found: in shared buffers, or not.
     *
     * @param tableHits of the table itself
     * @param tableReads of the table itself
     * @param indexHits of its indexes
     * @param indexReads of its indexes
     */
    public record Cache(long tableHits, long tableReads, long indexHits, long indexReads) {}
}
