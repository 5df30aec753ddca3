package dev.pgattest.lint;

import dev.pgattest.sql.ParseNode;
import dev.pgattest.sql.QualifiedName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What the statements so far have made, by name with schema. What they do not mention may exist all the same. */
final class KnownObjects {

    private final Map<QualifiedName, KnownTable> tables;
    private final Map<QualifiedName, KnownIndex> indexes;
    private final Map<QualifiedName, KnownType> types;
    private final Map<QualifiedName, ParseNode> routines;
    private final Map<String, Origin> schemas;

    /** What the files change of tables that they have not made. */
    private final Map<QualifiedName, KnownTable> altered = new HashMap<>();

    private final KnownPartitions partitions = new KnownPartitions();
    private final KnownDomains domains = new KnownDomains();

    KnownObjects() {
        this(new HashMap<>(), new HashMap<>(), new HashMap<>(), new HashMap<>(), new HashMap<>());
    }

    private KnownObjects(
            Map<QualifiedName, KnownTable> tables,
            Map<QualifiedName, KnownIndex> indexes,
            Map<QualifiedName, KnownType> types,
            Map<QualifiedName, ParseNode> routines,
            Map<String, Origin> schemas) {
        this.tables = tables;
        this.indexes = indexes;
        this.types = types;
        this.routines = routines;
        this.schemas = schemas;
    }

    KnownObjects copy() {
        KnownObjects copy = new KnownObjects(
                new HashMap<>(tables),
                new HashMap<>(indexes),
                new HashMap<>(types),
                new HashMap<>(routines),
                new HashMap<>(schemas));
        copy.altered.putAll(altered);
        copy.partitions.putAll(partitions);
        copy.domains.putAll(domains);
        return copy;
    }

    Optional<KnownTable> table(QualifiedName name) {
        return Optional.ofNullable(tables.get(name));
    }

    /**
     * What is known of a table that may not have been made by the files: of such a one, only the columns and constraints that they
     * have added are.
     */
    KnownTable seen(QualifiedName name) {
        KnownTable made = tables.get(name);
        return made == null ? altered.getOrDefault(name, KnownTable.unknown(name)) : made;
    }

    /** Keys and default partitions of partitioned tables. */
    KnownPartitions partitions() {
        return partitions;
    }

    /** Domains and their constraints. */
    KnownDomains domains() {
        return domains;
    }

    Optional<KnownIndex> index(QualifiedName name) {
        return Optional.ofNullable(indexes.get(name));
    }

    Optional<KnownType> type(QualifiedName name) {
        return Optional.ofNullable(types.get(name));
    }

    /** The {@code CreateFunctionStmt} of a function or procedure; of overloads, the last one. */
    Optional<ParseNode> routine(QualifiedName name) {
        return Optional.ofNullable(routines.get(name));
    }

    /** Where a schema was made. */
    Optional<Origin> schema(String name) {
        return Optional.ofNullable(schemas.get(name));
    }

    /** All tables and views, sorted by name. */
    List<KnownTable> tables() {
        return tables.values().stream()
                .sorted(java.util.Comparator.comparing(table -> table.name().sql()))
                .toList();
    }

    /** The indexes of a table, in the order in which they were made. */
    List<KnownIndex> indexesOf(QualifiedName table) {
        return indexes.values().stream()
                .filter(index -> index.table().equals(table))
                .sorted(java.util.Comparator.comparing(
                                (KnownIndex index) -> index.origin().file())
                        .thenComparing(KnownIndex::place)
                        .thenComparing(index -> index.name().sql()))
                .toList();
    }

    void put(KnownTable table) {
        tables.put(table.name(), table);
        altered.remove(table.name());
    }

    void put(KnownIndex index) {
        indexes.put(index.name(), index);
    }

    void put(KnownType type) {
        types.put(type.name(), type);
    }

    void putRoutine(QualifiedName name, ParseNode definition) {
        routines.put(name, definition);
    }

    void putSchema(String name, Origin origin) {
        schemas.putIfAbsent(name, origin);
    }

    /** Forgets a schema with all that is in it. */
    void removeSchema(String name) {
        schemas.remove(name);
        tables.keySet().removeIf(each -> name.equals(each.schema()));
        altered.keySet().removeIf(each -> name.equals(each.schema()));
        indexes.keySet().removeIf(each -> name.equals(each.schema()));
        types.keySet().removeIf(each -> name.equals(each.schema()));
        routines.keySet().removeIf(each -> name.equals(each.schema()));
    }

    /** Changes a table; of one that the files have not made, the change is remembered. */
    void change(QualifiedName name, UnaryOperator<KnownTable> change) {
        KnownTable table = tables.get(name);
        if (table != null) {
            put(change.apply(table));
        } else {
            altered.put(name, change.apply(seen(name)));
        }
    }

    /** Forgets a table with its indexes and partitions. */
    void removeTable(QualifiedName name) {
        tables.remove(name);
        altered.remove(name);
        partitions.remove(name);
        indexes.values().removeIf(index -> index.table().equals(name));
        tables.values().stream()
                .filter(table -> name.equals(table.parent()))
                .map(KnownTable::name)
                .toList()
                .forEach(this::removeTable);
    }

    /** Forgets what goes with a connection. */
    void removeTemporary() {
        tables().stream().filter(KnownTable::isTemporary).map(KnownTable::name).forEach(this::removeTable);
    }

    void removeIndex(QualifiedName name) {
        indexes.remove(name);
    }

    void removeType(QualifiedName name) {
        types.remove(name);
        domains.remove(name);
    }

    void renameTable(QualifiedName from, QualifiedName to) {
        KnownTable table = tables.remove(from);
        if (table != null) {
            put(table.named(to));
        }
        KnownTable other = altered.remove(from);
        if (other != null) {
            altered.put(to, other.named(to));
        }
        partitions.rename(from, to);
        indexes.values().stream()
                .filter(index -> index.table().equals(from))
                .toList()
                .forEach(index ->
                        put(new KnownIndex(index.name(), to, index.definition(), index.origin(), index.place())));
    }

    void renameIndex(QualifiedName from, QualifiedName to) {
        KnownIndex index = indexes.remove(from);
        if (index != null) {
            put(new KnownIndex(to, index.table(), index.definition(), index.origin(), index.place()));
        }
    }
}
