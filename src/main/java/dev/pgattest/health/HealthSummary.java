package dev.pgattest.health;

import java.util.List;
import java.util.function.ToLongFunction;

/**
 * The figures of a database that stand before its findings.
 *
 * @param largeTables scans of large tables that use an index
 * @param allTables scans of all tables that use an index
 * @param tableCache blocks of tables that were found in shared buffers
 * @param indexCache blocks of indexes that were found in shared buffers
 * @param tables how many tables there are, each partition counted
 * @param indexes how many indexes there are, without those of partitioned tables
 */
public record HealthSummary(
        Share largeTables, Share allTables, Share tableCache, Share indexCache, Amount tables, Amount indexes) {

    /**
     * A part of a whole.
     *
     * @param part how many have the property
     * @param whole out of how many
     */
    public record Share(long part, long whole) {

        /** From 0 to 1; NaN when there is nothing to share. */
        public double value() {
            return whole == 0 ? Double.NaN : (double) part / whole;
        }
    }

    /**
     * Objects and their size.
     *
     * @param count how many
     * @param bytes size of all together
     */
    public record Amount(int count, long bytes) {}

    static HealthSummary of(HealthSnapshot snapshot) {
        List<TableFacts> tables = snapshot.schema().tables();
        List<TableFacts> large = tables.stream()
                .filter(table -> table.size().bytes() >= ReadingRules.LARGE_BYTES)
                .toList();
        List<TableFacts> stored = tables.stream()
                .filter(table -> table.kind() != TableFacts.Kind.PARTITIONED)
                .toList();
        List<IndexFacts> indexes = snapshot.schema().indexes().stream()
                .filter(index -> !index.index().partitioned())
                .toList();
        return new HealthSummary(
                indexShare(large),
                indexShare(tables),
                tableCache(tables),
                indexCache(tables),
                new Amount(stored.size(), sum(stored, table -> table.size().bytes())),
                new Amount(indexes.size(), sum(indexes, index -> index.index().sizeBytes())));
    }

    static Share indexShare(List<TableFacts> tables) {
        long byIndex = sum(tables, table -> table.reads().indexScans());
        return new Share(byIndex, byIndex + sum(tables, table -> table.reads().sequentialScans()));
    }

    static Share tableCache(List<TableFacts> tables) {
        long hits = sum(tables, table -> table.cache().tableHits());
        return new Share(hits, hits + sum(tables, table -> table.cache().tableReads()));
    }

    static Share indexCache(List<TableFacts> tables) {
        long hits = sum(tables, table -> table.cache().indexHits());
        return new Share(hits, hits + sum(tables, table -> table.cache().indexReads()));
    }

    private static <T> long sum(List<T> all, ToLongFunction<T> number) {
        return all.stream().mapToLong(number).sum();
    }
}
