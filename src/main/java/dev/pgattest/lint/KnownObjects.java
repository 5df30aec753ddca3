package dev.pgattest.lint;

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
import java.util.stream.Stream;

/** What the statements so far have made, by name with schema. What they do not mention may exist all the same. */
final class KnownObjects {

    private final Map<QualifiedName, KnownTable> tables = new LinkedHashMap<>();
    private final KnownIndexes indexes;
    private final Map<QualifiedName, KnownType> types = new LinkedHashMap<>();
    private final Map<QualifiedName, ParseNode> routines = new LinkedHashMap<>();
    private final Map<String, Origin> schemas = new LinkedHashMap<>();

    /** What the files change of tables that they have not made. */
    private final Map<QualifiedName, KnownTable> altered = new LinkedHashMap<>();

    /** Tables that have or had partitions. */
    private final Set<QualifiedName> parents = new HashSet<>();

    private final KnownPartitions partitions = new KnownPartitions();
    private final KnownDomains domains = new KnownDomains();

    /** Types that may have been changed by the latest transaction. */
    private final Set<QualifiedName> changedTypes = new HashSet<>();

    /** Materialized views that nothing has filled yet. */
    private final Set<QualifiedName> unpopulated = new HashSet<>();

    private final List<DroppedIndex> droppedIndexes = new ArrayList<>();

    KnownObjects() {
        this(new KnownIndexes());
    }

    private KnownObjects(KnownIndexes indexes) {
        this.indexes = indexes;
    }

    KnownObjects copy() {
        KnownObjects copy = new KnownObjects(indexes.copy());
        copy.tables.putAll(tables);
        copy.types.putAll(types);
        copy.routines.putAll(routines);
        copy.schemas.putAll(schemas);
        copy.altered.putAll(altered);
        copy.parents.addAll(parents);
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
        return indexes.find(name);
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
        return indexes.all();
    }

    /** The indexes of a table, in the order in which they were made. */
    List<KnownIndex> indexesOf(QualifiedName table) {
        return indexes.of(table);
    }

    void put(KnownTable table) {
        tables.put(table.name(), table);
        altered.remove(table.name());
        notePartition(table);
    }

    private void notePartition(KnownTable table) {
        if (table.parent() != null) {
            parents.add(table.parent());
        }
    }

    void put(KnownIndex index) {
        indexes.put(index);
    }

    void put(KnownType type) {
        types.put(type.name(), type);
        changedTypes.add(type.name());
    }

    /** The enums that a transaction has given values but not made. Those of another than the latest are forgotten. */
    List<KnownType> newValues(int transaction) {
        List<KnownType> enums = changedTypes.stream()
                .flatMap(name -> type(name).stream())
                .filter(type -> type.origin().transaction() != transaction
                        && type.values().values().stream().anyMatch(added -> added.transaction() == transaction))
                .toList();
        changedTypes.retainAll(enums.stream().map(KnownType::name).toList());
        return enums;
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
        indexes.removeSchema(name);
        types.keySet().removeIf(each -> name.equals(each.schema()));
        routines.keySet().removeIf(each -> name.equals(each.schema()));
    }

    /** The indexes that statements have removed by name, in order. */
    List<DroppedIndex> droppedIndexes() {
        return List.copyOf(droppedIndexes);
    }

    /** The partitions of a table that are known, in the order in which they were made. */
    List<KnownTable> partitionsOf(QualifiedName parent) {
        return parents.contains(parent)
                ? tables().stream()
                        .filter(table -> parent.equals(table.parent()))
                        .toList()
                : List.of();
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
            notePartition(seen(name));
        }
    }

    /** Forgets a table with its indexes and partitions. */
    void removeTable(QualifiedName name) {
        tables.remove(name);
        altered.remove(name);
        partitions.remove(name);
        unpopulated.remove(name);
        indexes.removeTable(name);
        partitionsOf(name).forEach(partition -> removeTable(partition.name()));
    }

    /** Forgets what goes with a connection. */
    void removeTemporary() {
        tables().stream()
                .filter(KnownTable::isTemporary)
                .map(KnownTable::name)
                .toList()
                .forEach(this::removeTable);
    }

    void removeIndex(QualifiedName name) {
        indexes.remove(name);
    }

    /** A statement removes an index. */
    void dropIndex(QualifiedName name, Statement statement, Origin here) {
        droppedIndexes.add(new DroppedIndex(name, indexes.remove(name), statement, here));
    }

    /** The indexes that mention a column go with it. */
    void removeIndexesWith(QualifiedName table, String column) {
        indexes.removeColumn(table, column);
    }

    void renameColumn(QualifiedName table, String from, String to) {
        indexes.renameColumn(table, from, to);
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
        indexes.renameTable(from, to);
        if (parents.contains(from)) {
            partitionsOf(from).forEach(partition -> put(partition.partitionOf(to)));
        }
    }

    /** Takes all that is known of a schema along. */
    void renameSchema(String from, String to) {
        Origin origin = schemas.remove(from);
        if (origin != null) {
            schemas.put(to, origin);
        }
        Stream.concat(tables.keySet().stream(), altered.keySet().stream())
                .filter(name -> from.equals(name.schema()))
                .distinct()
                .toList()
                .forEach(name -> renameTable(name, new QualifiedName(to, name.name())));
        List.copyOf(routines.keySet()).stream()
                .filter(name -> from.equals(name.schema()))
                .forEach(name -> move(routines, name, new QualifiedName(to, name.name())));
        types.values().stream()
                .filter(type -> from.equals(type.name().schema()))
                .toList()
                .forEach(type -> {
                    types.remove(type.name());
                    put(type.named(new QualifiedName(to, type.name().name())));
                });
    }

    private static <T> void move(Map<QualifiedName, T> map, QualifiedName from, QualifiedName to) {
        T value = map.remove(from);
        if (value != null) {
            map.put(to, value);
        }
    }

    void renameIndex(QualifiedName from, QualifiedName to) {
        indexes.rename(from, to);
    }
}
