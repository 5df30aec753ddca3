package dev.pgattest.lint;

import dev.pgattest.schema.IndexDefinition;
import dev.pgattest.sql.ParseNode;
import dev.pgattest.sql.QualifiedName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What the statements so far have made, by name with schema. What they do not mention may exist all the same. */
final class KnownObjects {

    private final Map<QualifiedName, KnownTable> tables;
    private final Map<QualifiedName, KnownIndex> indexes;
    private @Nullable Map<QualifiedName, List<KnownIndex>> indexesByTable;
    private final Map<QualifiedName, KnownType> types;
    private final Map<QualifiedName, ParseNode> routines;
    private final Map<String, Origin> schemas;

    /** What the files change of tables that they have not made. */
    private final Map<QualifiedName, KnownTable> altered = new LinkedHashMap<>();

    private final KnownPartitions partitions = new KnownPartitions();
    private final KnownDomains domains = new KnownDomains();

    /** Materialized views that nothing has filled yet. */
    private final Set<QualifiedName> unpopulated = new HashSet<>();

    private final List<DroppedIndex> droppedIndexes = new ArrayList<>();

    KnownObjects() {
        this(
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>());
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
                new LinkedHashMap<>(tables),
                new LinkedHashMap<>(indexes),
                new LinkedHashMap<>(types),
                new LinkedHashMap<>(routines),
                new LinkedHashMap<>(schemas));
        copy.altered.putAll(altered);
        copy.partitions.putAll(partitions);
        copy.domains.putAll(domains);
        copy.unpopulated.addAll(unpopulated);
        copy.droppedIndexes.addAll(droppedIndexes);
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

    /** All tables and views, in the order in which they were made or renamed. */
    Collection<KnownTable> tables() {
        return Collections.unmodifiableCollection(tables.values());
    }

    /** All indexes, in the order in which they were made or renamed. */
    Collection<KnownIndex> indexes() {
        return Collections.unmodifiableCollection(indexes.values());
    }

    /** The indexes of a table, in the order in which they were made. */
    List<KnownIndex> indexesOf(QualifiedName table) {
        return List.copyOf(byTable().getOrDefault(table, List.of()));
    }

    void put(KnownTable table) {
        tables.put(table.name(), table);
        altered.remove(table.name());
    }

    void put(KnownIndex index) {
        boolean replaces = indexes.put(index.name(), index) != null;
        if (replaces) {
            indexesByTable = null;
        } else if (indexesByTable != null) {
            indexesByTable
                    .computeIfAbsent(index.table(), table -> new ArrayList<>())
                    .add(index);
        }
    }

    /** Made when it is needed, and again after an index has gone: looking through all would take too long in a large file. */
    private Map<QualifiedName, List<KnownIndex>> byTable() {
        Map<QualifiedName, List<KnownIndex>> known = indexesByTable;
        if (known == null) {
            known = new LinkedHashMap<>();
            for (KnownIndex index : indexes.values()) {
                known.computeIfAbsent(index.table(), table -> new ArrayList<>()).add(index);
            }
            indexesByTable = known;
        }
        return known;
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
        indexesByTable = null;
        indexes.keySet().removeIf(each -> name.equals(each.schema()));
        types.keySet().removeIf(each -> name.equals(each.schema()));
        routines.keySet().removeIf(each -> name.equals(each.schema()));
    }

    /** The indexes that statements have removed by name, in order. */
    List<DroppedIndex> droppedIndexes() {
        return List.copyOf(droppedIndexes);
    }

    /** Whether a partitioned table is known to have a default partition. */
    boolean hasDefaultPartition(QualifiedName parent) {
        return partitions.defaultOf(parent).isPresent();
    }

    /** The partitions of a table that are known, in the order in which they were made. */
    List<KnownTable> partitionsOf(QualifiedName parent) {
        return tables().stream().filter(table -> parent.equals(table.parent())).toList();
    }

    void putDefaultPartition(QualifiedName partition, QualifiedName parent) {
        partitions.putDefault(parent, partition);
    }

    void removeDefaultPartition(QualifiedName partition) {
        partitions.removeDefault(partition);
    }

    /** Whether a materialized view is known to have been made WITH NO DATA and not refreshed since. */
    boolean isUnpopulated(QualifiedName view) {
        return unpopulated.contains(view);
    }

    void populated(QualifiedName view, boolean filled) {
        if (filled) {
            unpopulated.remove(view);
        } else {
            unpopulated.add(view);
        }
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
        unpopulated.remove(name);
        indexesByTable = null;
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
        indexesByTable = null;
        indexes.remove(name);
    }

    /** A statement removes an index. */
    void dropIndex(QualifiedName name, Statement statement, Origin here) {
        indexesByTable = null;
        droppedIndexes.add(new DroppedIndex(name, indexes.remove(name), statement, here));
    }

    /** The indexes that mention a column go with it. */
    void removeIndexesWith(QualifiedName table, String column) {
        indexesByTable = null;
        indexes.values()
                .removeIf(index -> index.table().equals(table)
                        && IndexDefinition.of(index.definition())
                                .filter(definition -> definition.mentions(column))
                                .isPresent());
    }

    void renameColumn(QualifiedName table, String from, String to) {
        indexesOf(table)
                .forEach(index -> put(new KnownIndex(
                        index.name(),
                        table,
                        RenamedColumn.in(index.definition(), from, to),
                        index.origin(),
                        index.place())));
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
                .forEach(index -> {
                    indexesByTable = null;
                    indexes.remove(index.name());
                    QualifiedName name =
                            new QualifiedName(to.schema(), index.name().name());
                    put(new KnownIndex(name, to, index.definition(), index.origin(), index.place()));
                });
    }

    void renameIndex(QualifiedName from, QualifiedName to) {
        indexesByTable = null;
        KnownIndex index = indexes.remove(from);
        if (index != null) {
            put(new KnownIndex(to, index.table(), index.definition(), index.origin(), index.place()));
        }
    }
}
