package dev.pgattest.health;

import dev.pgattest.Severity;
import dev.pgattest.health.HealthRule.Found;
import dev.pgattest.health.HealthRule.Limit;
import dev.pgattest.health.HealthRule.Page;
import dev.pgattest.schema.ForeignKey;
import dev.pgattest.sql.Identifier;
import dev.pgattest.sql.QualifiedName;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The rule about foreign keys that no index serves. */
final class ForeignKeyRules {

    /** Smaller tables are rightly read from end to end. */
    private static final long LARGE_BYTES = 8L << 20;

    static final List<HealthRule> ALL = List.of(new HealthRule(
            "foreign-key-without-index",
            Severity.WARNING,
            List.of(new Limit(
                    LARGE_BYTES,
                    "bytes",
                    "a smaller table, or one whose referenced rows stay as they are, gets a note only")),
            new Page(
                    "Deleting a referenced row, or changing its key, looks for rows that refer to it. No valid index begins with the "
                            + "columns of the foreign key, in any order, over all rows that have them; so the whole table is read, "
                            + "once for each such row, while the row's lock is held. A partitioned table is served when the table "
                            + "itself or each of its partitions is.",
                    "Create the index concurrently. For a partitioned table: on ONLY the table, concurrently on each partition, then "
                            + "attach.",
                    "PostgreSQL's manual: Constraints, Foreign Keys. The limit is pgattest's."),
            ForeignKeyRules::withoutIndex));

    private ForeignKeyRules() {}

    private static Stream<Found> withoutIndex(Examination examination) {
        return examination.snapshot().schema().foreignKeys().stream()
                .filter(key -> examination.table(key.table()).isPresent())
                .filter(key -> !isServed(examination, key))
                .map(key -> found(examination, key));
    }

    private static boolean isServed(Examination examination, ForeignKey key) {
        if (examination.indexesOf(key.table()).stream().anyMatch(index -> key.isServedBy(index.index()))) {
            return true;
        }
        List<TableFacts> partitions = examination.partitionsOf(key.table());
        return !partitions.isEmpty()
                && partitions.stream()
                        .allMatch(partition -> isServed(
                                examination,
                                new ForeignKey(key.name(), partition.name(), key.columns(), key.referenced())));
    }

    private static Found found(Examination examination, ForeignKey key) {
        long bytes = examination.table(key.table()).map(examination::bytes).orElse(0L);
        long changes = examination
                .table(key.referenced())
                .map(table -> examination.leaves(table).stream()
                        .mapToLong(
                                leaf -> leaf.writes().deleted() + leaf.writes().updated())
                        .sum())
                .orElse(0L);
        boolean standby = examination.server().standby();
        Severity severity = bytes >= LARGE_BYTES && (changes > 0 || standby) ? Severity.WARNING : Severity.INFO;
        String columns = key.columns().stream().map(Identifier::quote).collect(Collectors.joining(", "));
        String message = "no index finds the rows of a foreign key, " + Identifier.quote(key.name()) + " (" + columns
                + "): deleting a row of " + key.referenced().sql() + " reads the whole table, " + Figures.bytes(bytes)
                + (standby
                        ? ""
                        : "; " + Figures.counted(changes, "row")
                                + " updated or deleted there while the counters counted");
        return Found.of(severity, key.table().sql(), message, remedy(examination, key, columns));
    }

    private static String remedy(Examination examination, ForeignKey key, String columns) {
        List<TableFacts> partitions = examination.partitionsOf(key.table());
        if (partitions.isEmpty()) {
            return create(examination, key.table(), key, columns);
        }
        boolean deep = partitions.stream().anyMatch(part -> part.kind() == TableFacts.Kind.PARTITIONED);
        String parent = indexName(examination, key.table(), key.columns());
        String first = "create index " + Identifier.quote(parent) + " on only "
                + key.table().sql() + " (" + columns + ");";
        if (deep) {
            return first
                    + "\n-- then the same on each partitioned partition, concurrently on each that holds rows, and attach each:\n"
                    + "alter index " + sql(key.table(), parent) + " attach partition <the part>;";
        }
        return first + "\n"
                + partitions.stream()
                        .map(part -> create(examination, part.name(), key, columns) + "\nalter index "
                                + sql(key.table(), parent) + " attach partition "
                                + sql(part.name(), indexName(examination, part.name(), key.columns())) + ";")
                        .collect(Collectors.joining("\n"));
    }

    private static String create(Examination examination, QualifiedName table, ForeignKey key, String columns) {
        return "create index concurrently "
                + Identifier.quote(indexName(examination, table, key.columns())) + " on " + table.sql() + " (" + columns
                + ");";
    }

    private static String sql(QualifiedName table, String index) {
        return new QualifiedName(table.schema(), index).sql();
    }

    /** As the server would name it: table, columns, {@code idx}; short enough, and no index of the schema has it. */
    private static String indexName(Examination examination, QualifiedName table, List<String> columns) {
        Set<QualifiedName> taken =
                examination.indexes().stream().map(IndexFacts::name).collect(Collectors.toSet());
        String base = table.name() + "_" + String.join("_", columns);
        return IntStream.iterate(0, number -> number + 1)
                .mapToObj(number -> fitting(base, number == 0 ? "_idx" : "_idx" + number))
                .filter(name -> !taken.contains(new QualifiedName(table.schema(), name)))
                .findFirst()
                .orElseThrow();
    }

    private static String fitting(String base, String end) {
        String start = base;
        while (!Identifier.fits(start + end)) {
            start = start.substring(0, start.offsetByCodePoints(start.length(), -1));
        }
        return start + end;
    }
}
