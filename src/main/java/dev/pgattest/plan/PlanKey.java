package dev.pgattest.plan;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The keys of a plan node that pgattest reads, as PostgreSQL 14 to 18 write them in {@code FORMAT JSON}. Every other key is kept
 * unread in {@link PlanNode#facts()}: each major version adds some.
 *
 * <p>Source: {@code src/backend/commands/explain.c} of PostgreSQL.
 */
public enum PlanKey {
    NODE_TYPE("Node Type", Kind.TEXT),
    PARENT_RELATIONSHIP("Parent Relationship", Kind.TEXT),
    SUBPLAN_NAME("Subplan Name", Kind.TEXT),
    PARALLEL_AWARE("Parallel Aware", Kind.TRUTH),
    STRATEGY("Strategy", Kind.TEXT),
    PARTIAL_MODE("Partial Mode", Kind.TEXT),
    COMMAND("Command", Kind.TEXT),
    OPERATION("Operation", Kind.TEXT),
    JOIN_TYPE("Join Type", Kind.TEXT),
    INNER_UNIQUE("Inner Unique", Kind.TRUTH),
    /** PostgreSQL 18 and later. */
    DISABLED("Disabled", Kind.TRUTH),

    SCHEMA("Schema", Kind.TEXT),
    RELATION_NAME("Relation Name", Kind.TEXT),
    ALIAS("Alias", Kind.TEXT),
    INDEX_NAME("Index Name", Kind.TEXT),
    SCAN_DIRECTION("Scan Direction", Kind.TEXT),
    CTE_NAME("CTE Name", Kind.TEXT),
    FUNCTION_NAME("Function Name", Kind.TEXT),

    STARTUP_COST("Startup Cost", Kind.NUMBER),
    TOTAL_COST("Total Cost", Kind.NUMBER),
    /** Estimated rows per loop; of a partial node, per process. */
    PLAN_ROWS("Plan Rows", Kind.NUMBER),
    PLAN_WIDTH("Plan Width", Kind.NUMBER),
    /** Milliseconds, mean over loops. */
    ACTUAL_STARTUP_TIME("Actual Startup Time", Kind.NUMBER),
    /** Milliseconds, mean over loops. */
    ACTUAL_TOTAL_TIME("Actual Total Time", Kind.NUMBER),
    /** Mean over loops; a whole number before PostgreSQL 18, two decimals since. */
    ACTUAL_ROWS("Actual Rows", Kind.NUMBER),
    /** Executions, summed over all processes of a parallel query; 0 when never executed. */
    ACTUAL_LOOPS("Actual Loops", Kind.NUMBER),

    OUTPUT("Output", Kind.TEXTS),
    FILTER("Filter", Kind.TEXT),
    INDEX_CONDITION("Index Cond", Kind.TEXT),
    RECHECK_CONDITION("Recheck Cond", Kind.TEXT),
    HASH_CONDITION("Hash Cond", Kind.TEXT),
    MERGE_CONDITION("Merge Cond", Kind.TEXT),
    JOIN_FILTER("Join Filter", Kind.TEXT),
    ONE_TIME_FILTER("One-Time Filter", Kind.TEXT),
    SORT_KEY("Sort Key", Kind.TEXTS),
    PARAMETERS_EVALUATED("Params Evaluated", Kind.TEXTS),
    /** Mean over loops. */
    ROWS_REMOVED_BY_FILTER("Rows Removed by Filter", Kind.NUMBER),
    /** Mean over loops. */
    ROWS_REMOVED_BY_JOIN_FILTER("Rows Removed by Join Filter", Kind.NUMBER),
    /** Mean over loops. */
    ROWS_REMOVED_BY_INDEX_RECHECK("Rows Removed by Index Recheck", Kind.NUMBER),
    /** Total over loops. */
    HEAP_FETCHES("Heap Fetches", Kind.NUMBER),
    /** Total over loops; PostgreSQL 18 and later. */
    INDEX_SEARCHES("Index Searches", Kind.NUMBER),
    EXACT_HEAP_BLOCKS("Exact Heap Blocks", Kind.NUMBER),
    LOSSY_HEAP_BLOCKS("Lossy Heap Blocks", Kind.NUMBER),

    WORKERS_PLANNED("Workers Planned", Kind.NUMBER),
    WORKERS_LAUNCHED("Workers Launched", Kind.NUMBER),
    /** One group of facts a worker, present with {@code VERBOSE}. */
    WORKERS("Workers", Kind.GROUPS),

    SORT_METHOD("Sort Method", Kind.TEXT),
    /** Kilobytes. */
    SORT_SPACE_USED("Sort Space Used", Kind.NUMBER),
    /** {@code Memory} or {@code Disk}. */
    SORT_SPACE_TYPE("Sort Space Type", Kind.TEXT),
    /** Of an incremental sort. */
    FULL_SORT_GROUPS("Full-sort Groups", Kind.GROUP),
    /** Of an incremental sort. */
    PRE_SORTED_GROUPS("Pre-sorted Groups", Kind.GROUP),
    HASH_BATCHES("Hash Batches", Kind.NUMBER),
    ORIGINAL_HASH_BATCHES("Original Hash Batches", Kind.NUMBER),
    HASH_AGGREGATE_BATCHES("HashAgg Batches", Kind.NUMBER),
    /** Kilobytes. */
    PEAK_MEMORY_USAGE("Peak Memory Usage", Kind.NUMBER),
    /** Kilobytes. */
    DISK_USAGE("Disk Usage", Kind.NUMBER),
    CACHE_HITS("Cache Hits", Kind.NUMBER),
    CACHE_MISSES("Cache Misses", Kind.NUMBER),
    CACHE_EVICTIONS("Cache Evictions", Kind.NUMBER),
    CACHE_OVERFLOWS("Cache Overflows", Kind.NUMBER),
    SUBPLANS_REMOVED("Subplans Removed", Kind.NUMBER),

    SHARED_HIT_BLOCKS("Shared Hit Blocks", Kind.NUMBER),
    SHARED_READ_BLOCKS("Shared Read Blocks", Kind.NUMBER),
    SHARED_DIRTIED_BLOCKS("Shared Dirtied Blocks", Kind.NUMBER),
    SHARED_WRITTEN_BLOCKS("Shared Written Blocks", Kind.NUMBER),
    LOCAL_HIT_BLOCKS("Local Hit Blocks", Kind.NUMBER),
    LOCAL_READ_BLOCKS("Local Read Blocks", Kind.NUMBER),
    LOCAL_DIRTIED_BLOCKS("Local Dirtied Blocks", Kind.NUMBER),
    LOCAL_WRITTEN_BLOCKS("Local Written Blocks", Kind.NUMBER),
    TEMP_READ_BLOCKS("Temp Read Blocks", Kind.NUMBER),
    TEMP_WRITTEN_BLOCKS("Temp Written Blocks", Kind.NUMBER);

    /** What the value of a key is. */
    public enum Kind {
        TEXT("a text"),
        NUMBER("a number"),
        TRUTH("true or false"),
        TEXTS("a list of texts"),
        GROUP("an object"),
        GROUPS("a list of objects");

        private final String description;

        Kind(String description) {
            this.description = description;
        }

        String description() {
            return description;
        }
    }

    private static final Map<String, PlanKey> BY_NAME = new HashMap<>();

    static {
        for (PlanKey key : values()) {
            BY_NAME.put(key.keyName, key);
        }
    }

    private final String keyName;
    private final Kind kind;

    PlanKey(String keyName, Kind kind) {
        this.keyName = keyName;
        this.kind = kind;
    }

    /** The key as PostgreSQL writes it. */
    public String keyName() {
        return keyName;
    }

    /** What its value is. */
    public Kind kind() {
        return kind;
    }

    /** The key that PostgreSQL writes as {@code name}; empty when pgattest does not read it. */
    public static Optional<PlanKey> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }
}
