package dev.pgattest.verdict;

import dev.pgattest.plan.ExplainOutput;
import dev.pgattest.plan.PlanMetrics;
import dev.pgattest.plan.Scan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the rules look at: one plan of one case of a query, and what the project and the database say about it.
 *
 * @param plan as captured
 * @param metrics of {@code plan}
 * @param blocking whether the query's priority blocks the gate (P0)
 * @param criticalTables that the query must not read sequentially at volume, {@code invoice} or {@code public.invoice}; partitions
 *     are scanned under their own names, so they are listed too
 * @param intendedIndexes names of indexes that are meant to serve the query in this state
 * @param partitions of partitioned tables and indexes, by the parent's name
 * @param tables sizes by {@code invoice} or {@code public.invoice}; tables that are missing are judged by the pages that the plan touched
 * @param slo latency that the case's percentile must stay under; null when not declared
 * @param p95 measured at the client; null before it is measured
 * @param settings of the project
 */
public record RedFlagContext(
        ExplainOutput plan,
        PlanMetrics metrics,
        boolean blocking,
        Set<String> criticalTables,
        List<String> intendedIndexes,
        Map<String, Set<String>> partitions,
        Map<String, TableSize> tables,
        @Nullable Duration slo,
        @Nullable Duration p95,
        RedFlagSettings settings) {

    /** Size of a table: 8 kB pages of its main fork, and rows. */
    public record TableSize(long pages, long rows) {}

    public RedFlagContext {
        criticalTables = Set.copyOf(criticalTables);
        intendedIndexes = List.copyOf(intendedIndexes);
        partitions = Map.copyOf(partitions);
        tables = Map.copyOf(tables);
    }

    /** Starts a context with a plan and nothing else known: not blocking, default settings. */
    public static Builder builder(ExplainOutput plan) {
        return new Builder(plan);
    }

    /** Whether the plan uses an index, or one of its partitions. */
    boolean uses(String index) {
        List<String> used = metrics.indexesUsed();
        return used.contains(index)
                || partitions.getOrDefault(index, Set.of()).stream().anyMatch(used::contains);
    }

    boolean isCritical(Scan scan) {
        return criticalTables.contains(scan.relation())
                || criticalTables.contains(scan.schema() + "." + scan.relation());
    }

    @Nullable
    TableSize sizeOf(Scan scan) {
        TableSize qualified = tables.get(scan.schema() + "." + scan.relation());
        return qualified == null ? tables.get(scan.relation()) : qualified;
    }

    /** Builds a context. */
    public static final class Builder {
        private final ExplainOutput plan;
        private boolean blocking;
        private Set<String> criticalTables = Set.of();
        private List<String> intendedIndexes = List.of();
        private Map<String, Set<String>> partitions = Map.of();
        private Map<String, TableSize> tables = Map.of();
        private @Nullable Duration slo;
        private @Nullable Duration p95;
        private RedFlagSettings settings = RedFlagSettings.DEFAULTS;

        private Builder(ExplainOutput plan) {
            this.plan = Objects.requireNonNull(plan);
        }

        /** The query blocks the gate. */
        public Builder blocking() {
            this.blocking = true;
            return this;
        }

        /** See {@link RedFlagContext#criticalTables()}. */
        public Builder criticalTables(Set<String> names) {
            this.criticalTables = names;
            return this;
        }

        /** See {@link RedFlagContext#intendedIndexes()}. */
        public Builder intendedIndexes(List<String> names) {
            this.intendedIndexes = names;
            return this;
        }

        /** See {@link RedFlagContext#partitions()}. */
        public Builder partitions(Map<String, Set<String>> byParent) {
            this.partitions = byParent;
            return this;
        }

        /** See {@link RedFlagContext#tables()}. */
        public Builder tables(Map<String, TableSize> sizes) {
            this.tables = sizes;
            return this;
        }

        /** See {@link RedFlagContext#slo()}. */
        public Builder slo(Duration limit) {
            this.slo = limit;
            return this;
        }

        /** See {@link RedFlagContext#p95()}. */
        public Builder p95(Duration measured) {
            this.p95 = measured;
            return this;
        }

        /** See {@link RedFlagContext#settings()}. */
        public Builder settings(RedFlagSettings projectSettings) {
            this.settings = projectSettings;
            return this;
        }

        /** The context, with the metrics of its plan. */
        public RedFlagContext build() {
            return new RedFlagContext(
                    plan,
                    PlanMetrics.of(plan),
                    blocking,
                    criticalTables,
                    intendedIndexes,
                    partitions,
                    tables,
                    slo,
                    p95,
                    settings);
        }
    }
}
