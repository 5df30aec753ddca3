package dev.pgattest.lint;

import dev.pgattest.schema.IndexDefinition;
import dev.pgattest.sql.QualifiedName;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The indexes that the files have made, by name and by table. */
final class KnownIndexes {

    private final Map<QualifiedName, KnownIndex> byName;

    /** Made when it is first needed, and kept up to date from then on. */
    private @Nullable Map<QualifiedName, Map<QualifiedName, KnownIndex>> byTable;

    KnownIndexes() {
        this(new LinkedHashMap<>());
    }

    private KnownIndexes(Map<QualifiedName, KnownIndex> byName) {
        this.byName = byName;
    }

    KnownIndexes copy() {
        return new KnownIndexes(new LinkedHashMap<>(byName));
    }

    Optional<KnownIndex> find(QualifiedName name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** All, in the order in which they were made or renamed. */
    Collection<KnownIndex> all() {
        return Collections.unmodifiableCollection(byName.values());
    }

    /** Those of a table, in the order in which they were made. */
    List<KnownIndex> of(QualifiedName table) {
        return List.copyOf(byTable().getOrDefault(table, Map.of()).values());
    }

    void put(KnownIndex index) {
        KnownIndex replaced = byName.put(index.name(), index);
        if (byTable != null) {
            if (replaced != null && !replaced.table().equals(index.table())) {
                byTable.getOrDefault(replaced.table(), new LinkedHashMap<>()).remove(replaced.name());
            }
            byTable.computeIfAbsent(index.table(), table -> new LinkedHashMap<>())
                    .put(index.name(), index);
        }
    }

    @Nullable
    KnownIndex remove(QualifiedName name) {
        KnownIndex removed = byName.remove(name);
        if (removed != null && byTable != null) {
            byTable.getOrDefault(removed.table(), new LinkedHashMap<>()).remove(name);
        }
        return removed;
    }

    void rename(QualifiedName from, QualifiedName to) {
        KnownIndex index = remove(from);
        if (index != null) {
            put(new KnownIndex(to, index.table(), index.definition(), index.origin(), index.place()));
        }
    }

    void removeTable(QualifiedName table) {
        of(table).forEach(index -> remove(index.name()));
    }

    void removeSchema(String schema) {
        byTable = null;
        byName.keySet().removeIf(name -> schema.equals(name.schema()));
    }

    /** They follow their table into its schema. */
    void renameTable(QualifiedName from, QualifiedName to) {
        for (KnownIndex index : of(from)) {
            remove(index.name());
            QualifiedName name = new QualifiedName(to.schema(), index.name().name());
            put(new KnownIndex(name, to, index.definition(), index.origin(), index.place()));
        }
    }

    void renameColumn(QualifiedName table, String from, String to) {
        of(table)
                .forEach(index -> put(new KnownIndex(
                        index.name(),
                        table,
                        RenamedColumn.in(index.definition(), from, to),
                        index.origin(),
                        index.place())));
    }

    /** Those that mention a column go with it. */
    void removeColumn(QualifiedName table, String column) {
        of(table).stream()
                .filter(index -> IndexDefinition.of(index.definition())
                        .filter(definition -> definition.mentions(column))
                        .isPresent())
                .forEach(index -> remove(index.name()));
    }

    private Map<QualifiedName, Map<QualifiedName, KnownIndex>> byTable() {
        Map<QualifiedName, Map<QualifiedName, KnownIndex>> known = byTable;
        if (known == null) {
            known = new LinkedHashMap<>();
            for (KnownIndex index : byName.values()) {
                known.computeIfAbsent(index.table(), table -> new LinkedHashMap<>())
                        .put(index.name(), index);
            }
            byTable = known;
        }
        return known;
    }
}
