package dev.pgattest.lint;

import dev.pgattest.sql.ParseNode;
import dev.pgattest.sql.QualifiedName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How the files have partitioned tables: by what, and which partition takes the rows that fit no other. */
final class KnownPartitions {

    private final Map<QualifiedName, ParseNode> keys = new HashMap<>();
    private final Map<QualifiedName, QualifiedName> defaults = new HashMap<>();

    void putAll(KnownPartitions other) {
        keys.putAll(other.keys);
        defaults.putAll(other.defaults);
    }

    /** The columns of a table's partition key; empty for an unknown one, or one with an expression. */
    List<String> key(QualifiedName table) {
        ParseNode key = keys.get(table);
        List<String> columns = key == null
                ? List.of()
                : key.list("partParams").stream()
                        .map(element -> element.text("name"))
                        .toList();
        return columns.contains("") ? List.of() : columns;
    }

    /** The default partition of a table, as far as is known. */
    Optional<QualifiedName> defaultOf(QualifiedName table) {
        return Optional.ofNullable(defaults.get(table));
    }

    /** A table is partitioned as a {@code PartitionSpec} says. */
    void putKey(QualifiedName table, ParseNode specification) {
        keys.put(table, specification);
    }

    void putDefault(QualifiedName table, QualifiedName partition) {
        defaults.put(table, partition);
    }

    /** A table is dropped. */
    void remove(QualifiedName table) {
        keys.remove(table);
        defaults.remove(table);
        removeDefault(table);
    }

    /** A partition is the default one no longer. */
    void removeDefault(QualifiedName partition) {
        defaults.values().removeIf(partition::equals);
    }

    void rename(QualifiedName from, QualifiedName to) {
        ParseNode key = keys.remove(from);
        if (key != null) {
            keys.put(to, key);
        }
        QualifiedName partition = defaults.remove(from);
        if (partition != null) {
            defaults.put(to, partition);
        }
        defaults.replaceAll((parent, each) -> each.equals(from) ? to : each);
    }
}
