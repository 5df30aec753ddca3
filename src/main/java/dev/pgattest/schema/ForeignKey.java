package dev.pgattest.schema;

import dev.pgattest.sql.QualifiedName;
import java.util.List;

/**
 * A foreign key.
 *
 * @param name name of the constraint
 * @param table the table whose rows refer
 * @param columns the referring columns, in the constraint's order; at least one
 * @param referenced the table that they refer to
 */
public record ForeignKey(String name, QualifiedName table, List<String> columns, QualifiedName referenced) {

    public ForeignKey {
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("a foreign key has at least one column");
        }
        columns = List.copyOf(columns);
    }

    /**
     * Whether an index finds the rows that refer to a key: a valid B-tree that begins with the columns in any order, or a hash index
     * on the only one, over all rows or all that have no NULL in these columns.
     */
    public boolean isServedBy(CatalogIndex index) {
        return index.table().equals(table) && index.standing().valid() && isServedBy(index.definition());
    }

    /** The same of an index of this table that may not exist yet. */
    public boolean isServedBy(IndexDefinition definition) {
        List<IndexKey> keys = definition.keys();
        if (keys.size() < columns.size()) {
            return false;
        }
        boolean rightMethod =
                definition.method().equals("btree") || (definition.method().equals("hash") && columns.size() == 1);
        List<String> first = keys.subList(0, columns.size()).stream()
                .flatMap(key -> key.expression().column().stream())
                .toList();
        return rightMethod
                && first.size() == columns.size()
                && first.containsAll(columns)
                && definition.rows().holdsAllNotNull(columns);
    }
}
