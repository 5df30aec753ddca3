package dev.pgattest.schema;

import dev.pgattest.sql.QualifiedName;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An index as the catalog of a database has it.
 *
 * @param name its name with its schema
 * @param table the table or materialized view that it belongs to, with its schema
 * @param sql {@code CREATE INDEX} as the server writes it
 * @param definition what it is
 * @param standing how far it can be relied on
 * @param constraint name of the constraint that owns it; null when none does
 * @param parent the partitioned index that it is a part of; null for none
 * @param partitioned whether it is the index of a partitioned table, which holds no rows itself
 * @param sizeBytes size of its file, 0 for a partitioned one
 */
public record CatalogIndex(
        QualifiedName name,
        QualifiedName table,
        String sql,
        IndexDefinition definition,
        Standing standing,
        @Nullable String constraint,
        @Nullable QualifiedName parent,
        boolean partitioned,
        long sizeBytes) {

    /**
     * How far an index can be relied on.
     *
     * @param valid whether queries use it; of a partitioned one, whether every partition has its part
     * @param ready whether writes maintain it
     * @param live false while it is being dropped
     * @param replicaIdentity whether logical replication tells rows apart by it
     * @param clustered whether the table was last clustered by it
     */
    public record Standing(boolean valid, boolean ready, boolean live, boolean replicaIdentity, boolean clustered) {}

    /** The same with a definition in other words. */
    public CatalogIndex definedAs(IndexDefinition words) {
        return new CatalogIndex(name, table, sql, words, standing, constraint, parent, partitioned, sizeBytes);
    }

    /** The constraint that owns it; empty when none does. */
    public Optional<String> owningConstraint() {
        return Optional.ofNullable(constraint);
    }

    /** The partitioned index that it is a part of; empty for none. */
    public Optional<QualifiedName> partOf() {
        return Optional.ofNullable(parent);
    }
}
