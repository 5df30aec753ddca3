package dev.pgattest.lint;

import dev.pgattest.sql.ParseNode;
import dev.pgattest.sql.QualifiedName;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A table, view or materialized view that the files have made, as far as they tell.
 *
 * @param name with its schema
 * @param kind what it is
 * @param origin where it was made
 * @param parent the partitioned table that it is a partition of; null for none
 * @param columns by name, in order
 * @param constraints by name; those without a name under one that PostgreSQL would choose
 * @param rowSecurity what protects its rows
 */
record KnownTable(
        QualifiedName name,
        Kind kind,
        Origin origin,
        @Nullable QualifiedName parent,
        Map<String, Column> columns,
        Map<String, Constraint> constraints,
        RowSecurity rowSecurity) {

    /** What is known of it. */
    enum Kind {
        TABLE,
        TEMPORARY_TABLE,
        PARTITIONED_TABLE,
        FOREIGN_TABLE,
        VIEW,
        MATERIALIZED_VIEW,
        /** No table, but it is locked and altered as one. */
        SEQUENCE
    }

    /**
     * A column.
     *
     * @param name its name
     * @param type as {@link TypeNames} writes it
     * @param notNull whether NULL is refused
     * @param stored whether it is known to be generated and stored
     * @param origin where it was added
     */
    record Column(String name, String type, boolean notNull, boolean stored, Origin origin) {
        Column named(String other) {
            return new Column(other, type, notNull, stored, origin);
        }

        Column of(String otherType) {
            return new Column(name, otherType, notNull, stored, origin);
        }

        Column refusingNull(boolean refuses) {
            return new Column(name, type, refuses, stored, origin);
        }
    }

    /**
     * A constraint.
     *
     * @param name its name
     * @param definition the {@code Constraint} node
     * @param valid whether all rows are known to satisfy it
     */
    record Constraint(String name, ParseNode definition, boolean valid) {
        boolean isA(String kind) {
            return definition.text("contype").equals(kind);
        }
    }

    /** Row-level security: enabled, forced on the owner, and its policies, {@code CreatePolicyStmt} nodes by name. */
    record RowSecurity(boolean enabled, boolean forced, Map<String, ParseNode> policies) {
        static final RowSecurity NONE = new RowSecurity(false, false, Map.of());

        RowSecurity {
            policies = Collections.unmodifiableMap(new LinkedHashMap<>(policies));
        }

        RowSecurity with(ParseNode policy) {
            Map<String, ParseNode> more = new LinkedHashMap<>(policies);
            more.put(policy.text("policy_name"), policy);
            return new RowSecurity(enabled, forced, more);
        }

        RowSecurity without(String policy) {
            Map<String, ParseNode> fewer = new LinkedHashMap<>(policies);
            fewer.remove(policy);
            return new RowSecurity(enabled, forced, fewer);
        }
    }

    KnownTable {
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
        constraints = Collections.unmodifiableMap(new LinkedHashMap<>(constraints));
    }

    /** A table of which nothing is known. */
    static KnownTable unknown(QualifiedName name) {
        return new KnownTable(name, Kind.TABLE, new Origin(-1, -1), null, Map.of(), Map.of(), RowSecurity.NONE);
    }

    boolean isTemporary() {
        return kind == Kind.TEMPORARY_TABLE;
    }

    boolean isPartitioned() {
        return kind == Kind.PARTITIONED_TABLE;
    }

    Optional<Column> column(String column) {
        return Optional.ofNullable(columns.get(column));
    }

    KnownTable named(QualifiedName other) {
        return new KnownTable(other, kind, origin, parent, columns, constraints, rowSecurity);
    }

    KnownTable partitionOf(@Nullable QualifiedName other) {
        return new KnownTable(name, kind, origin, other, columns, constraints, rowSecurity);
    }

    KnownTable with(Column column) {
        Map<String, Column> more = new LinkedHashMap<>(columns);
        more.put(column.name(), column);
        return new KnownTable(name, kind, origin, parent, more, constraints, rowSecurity);
    }

    KnownTable withoutColumn(String column) {
        Map<String, Column> fewer = new LinkedHashMap<>(columns);
        fewer.remove(column);
        return new KnownTable(name, kind, origin, parent, fewer, constraints, rowSecurity);
    }

    KnownTable with(Constraint constraint) {
        Map<String, Constraint> more = new LinkedHashMap<>(constraints);
        more.put(constraint.name(), constraint);
        return new KnownTable(name, kind, origin, parent, columns, more, rowSecurity);
    }

    KnownTable withoutConstraint(String constraint) {
        Map<String, Constraint> fewer = new LinkedHashMap<>(constraints);
        fewer.remove(constraint);
        return new KnownTable(name, kind, origin, parent, columns, fewer, rowSecurity);
    }

    KnownTable with(RowSecurity other) {
        return new KnownTable(name, kind, origin, parent, columns, constraints, other);
    }
}
