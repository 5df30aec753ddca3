package dev.pgattest.health;

import dev.pgattest.health.IndexFacts.Use;
import dev.pgattest.schema.CatalogIndex;
import dev.pgattest.sql.QualifiedName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A snapshot, with what rules look up in it. */
final class Examination {

    private final HealthSnapshot snapshot;
    private final Duration youngest;
    private final Map<QualifiedName, TableFacts> tables;
    private final Map<QualifiedName, IndexFacts> indexes;
    private final Map<QualifiedName, List<IndexFacts>> indexesOfTables;
    private final Map<QualifiedName, List<TableFacts>> partitions = new HashMap<>();
    private final Map<QualifiedName, List<IndexFacts>> parts = new HashMap<>();

    /**
     * Prepares a snapshot for the rules.
     *
     * @param youngest how long counters must have counted before something is called unused
     */
    Examination(HealthSnapshot snapshot, Duration youngest) {
        this.snapshot = snapshot;
        this.youngest = youngest;
        this.tables = byName(snapshot.schema().tables(), TableFacts::name);
        this.indexes = byName(snapshot.schema().indexes(), IndexFacts::name);
        this.indexesOfTables = snapshot.schema().indexes().stream()
                .collect(Collectors.groupingBy(
                        each -> each.index().table(), LinkedHashMap::new, Collectors.toUnmodifiableList()));
        tables.values().forEach(table -> add(partitions, table.parent(), table));
        indexes.values().forEach(each -> each.index().partOf().ifPresent(parent -> add(parts, parent, each)));
    }

    private static <T> Map<QualifiedName, T> byName(List<T> all, Function<T, QualifiedName> name) {
        Map<QualifiedName, T> map = new LinkedHashMap<>();
        all.forEach(each -> map.put(name.apply(each), each));
        return map;
    }

    private static <T> void add(
            Map<QualifiedName, List<T>> lists, @org.jspecify.annotations.Nullable QualifiedName key, T value) {
        if (key != null) {
            lists.computeIfAbsent(key, name -> new ArrayList<>()).add(value);
        }
    }

    HealthSnapshot snapshot() {
        return snapshot;
    }

    ServerFacts server() {
        return snapshot.server();
    }

    /** How long counters must have counted before something is called unused. */
    Duration youngest() {
        return youngest;
    }

    List<TableFacts> tables() {
        return snapshot.schema().tables();
    }

    List<IndexFacts> indexes() {
        return snapshot.schema().indexes();
    }

    Optional<TableFacts> table(QualifiedName name) {
        return Optional.ofNullable(tables.get(name));
    }

    List<IndexFacts> indexesOf(QualifiedName table) {
        return indexesOfTables.getOrDefault(table, List.of());
    }

    /** Tables with indexes, in their order. */
    List<List<IndexFacts>> indexesByTable() {
        return List.copyOf(indexesOfTables.values());
    }

    /** The direct partitions of a table. */
    List<TableFacts> partitionsOf(QualifiedName table) {
        return partitions.getOrDefault(table, List.of());
    }

    /** The parts of a partitioned index in the direct partitions of its table. */
    List<IndexFacts> partsOf(IndexFacts index) {
        return parts.getOrDefault(index.name(), List.of());
    }

    /** Itself, or the parts that hold rows when it is a partitioned one. */
    List<IndexFacts> leaves(IndexFacts index) {
        return index.index().partitioned()
                ? partsOf(index).stream().flatMap(part -> leaves(part).stream()).toList()
                : List.of(index);
    }

    /** Itself, or the partitions that hold rows when it is a partitioned one. */
    List<TableFacts> leaves(TableFacts table) {
        return table.kind() == TableFacts.Kind.PARTITIONED
                ? partitionsOf(table.name()).stream()
                        .flatMap(part -> leaves(part).stream())
                        .toList()
                : List.of(table);
    }

    /** Its size; that of all its parts, when it is a partitioned one. */
    long bytes(IndexFacts index) {
        return leaves(index).stream()
                .map(IndexFacts::index)
                .mapToLong(CatalogIndex::sizeBytes)
                .sum();
    }

    /** The size of a table, or of all its partitions. */
    long bytes(TableFacts table) {
        return leaves(table).stream().mapToLong(leaf -> leaf.size().bytes()).sum();
    }

    /** How it and all its parts were used, here and on the replicas. */
    Use use(IndexFacts index) {
        Use use = Use.NONE;
        for (IndexFacts leaf : leaves(index)) {
            use = use.and(leaf.use());
            for (ReplicaFacts replica : snapshot.replicas()) {
                use = use.and(replica.uses().getOrDefault(leaf.name(), Use.NONE));
            }
        }
        return use;
    }

    /** Whether the counters of this server and all replicas have counted for long enough. */
    boolean countersAreOldEnough() {
        return server().counters().enabled()
                && server().counters().age().compareTo(youngest) >= 0
                && snapshot.replicas().stream()
                        .allMatch(replica -> replica.counters().enabled()
                                && replica.counters().age().compareTo(youngest) >= 0);
    }

    /** The age of the youngest counters that are added up. */
    Duration countersAge() {
        return snapshot.replicas().stream()
                .map(replica -> replica.counters().age())
                .reduce(server().counters().age(), (one, other) -> one.compareTo(other) <= 0 ? one : other);
    }
}
