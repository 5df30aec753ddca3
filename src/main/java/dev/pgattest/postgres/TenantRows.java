package dev.pgattest.postgres;

import dev.pgattest.audit.AuditSnapshot;
import dev.pgattest.audit.KeyFacts;
import dev.pgattest.audit.Relation;
import dev.pgattest.audit.Relation.Column;
import dev.pgattest.audit.Relation.Filled;
import dev.pgattest.sql.Identifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes rows of tenants by what the catalog says of tables: what must have a value, what refers to what, what is checked. Everything
 * happens in the open transaction of the session.
 */
final class TenantRows {

    private static final int MOST_CHOICES = 20;

    private final Session session;
    private final AuditSnapshot snapshot;
    private final Map<Long, Relation> relations;
    private final RowValues values;
    private final Map<String, Map<String, @Nullable String>> made = new HashMap<>();
    private final Set<String> underway = new HashSet<>();

    TenantRows(Session session, AuditSnapshot snapshot) {
        this.session = session;
        this.snapshot = snapshot;
        this.relations =
                snapshot.schema().relations().stream().collect(Collectors.toMap(Relation::oid, relation -> relation));
        this.values = new RowValues(session);
    }

    /** Why a row cannot be made. */
    static final class Impossible extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Impossible(String message, @Nullable Throwable cause) {
            super(message, cause);
        }

        /** The reason, for people. */
        String reason() {
            return String.valueOf(getMessage());
        }
    }

    /**
     * A tenant's row of a table; the same one when asked again.
     *
     * @throws Impossible when the server refuses every row that was thought of
     */
    Map<String, @Nullable String> row(Relation table, String tenant) {
        return remembered(table.oid() + " " + tenant, table, given(table, tenant), tenant);
    }

    /** The values of one more row of a tenant, which is not made; what it refers to is. */
    Map<String, @Nullable String> another(Relation table, String tenant) {
        return complete(table, given(table, tenant), tenant);
    }

    private Map<String, String> given(Relation table, String tenant) {
        String column = snapshot.scope().tenantColumn();
        return table.column(column).isPresent() ? Map.of(column, tenant) : Map.of();
    }

    private Map<String, @Nullable String> remembered(
            String key, Relation table, Map<String, String> given, String tenant) {
        Map<String, @Nullable String> known = made.get(key);
        if (known != null) {
            return known;
        }
        if (!underway.add(key)) {
            throw new Impossible(
                    table.name().sql() + " refers to itself in a circle of columns that are not null", null);
        }
        try {
            Map<String, @Nullable String> row = insert(table, complete(table, given, tenant));
            made.put(key, row);
            return row;
        } finally {
            underway.remove(key);
        }
    }

    /** Adds the values that a row needs besides those given. */
    private Map<String, @Nullable String> complete(Relation table, Map<String, String> given, String tenant) {
        Map<String, @Nullable String> fixed = new LinkedHashMap<>(given);
        Map<String, List<String>> offered = new HashMap<>();
        for (KeyFacts.Reference reference : references(table)) {
            Relation target = relations.get(reference.target());
            if (target == null) {
                continue;
            }
            if (isShared(target, reference, fixed)) {
                offered.put(reference.columns().get(0), choices(table, target, reference, tenant));
            } else if (!isNeeded(table, reference, fixed)) {
                reference.columns().forEach(column -> offered.putIfAbsent(column, List.of()));
            } else {
                Map<String, @Nullable String> parent = parent(table, target, reference, fixed, tenant);
                for (int index = 0; index < reference.columns().size(); index++) {
                    fixed.putIfAbsent(
                            reference.columns().get(index),
                            parent.get(reference.targetColumns().get(index)));
                }
            }
        }
        return values.solved(table, fixed, offered, keys(table));
    }

    /** Whether a reference leads, by one column, to a table that all tenants share. */
    private boolean isShared(Relation target, KeyFacts.Reference reference, Map<String, @Nullable String> fixed) {
        return reference.columns().size() == 1
                && !fixed.containsKey(reference.columns().get(0))
                && target.column(snapshot.scope().tenantColumn()).isEmpty();
    }

    /** Values that a reference to a shared table may have; a row is made where there is none and one is needed. */
    private List<String> choices(Relation table, Relation target, KeyFacts.Reference reference, String tenant) {
        String column = Identifier.quote(reference.targetColumns().get(0));
        List<String> found = session.texts("select " + column + "::text from "
                + target.name().sql() + " where " + column + " is not null limit " + MOST_CHOICES);
        if (!found.isEmpty() || target.oid() == table.oid() || !isNeeded(table, reference, Map.of())) {
            return found;
        }
        String made = remembered(target.oid() + " shared", target, Map.of(), tenant)
                .get(reference.targetColumns().get(0));
        return made == null ? List.of() : List.of(made);
    }

    /** Those of the tenant column alone come first: other tables refer to that row. Partitions have those of their parent. */
    private List<KeyFacts.Reference> references(Relation table) {
        Set<Long> tables = new HashSet<>(table.lineage().parents());
        tables.add(table.oid());
        List<KeyFacts.Reference> found = new ArrayList<>(snapshot.schema().references().stream()
                .filter(reference -> tables.contains(reference.table()))
                .toList());
        found.sort(Comparator.comparing(reference -> reference.columns().size()));
        return found;
    }

    private List<KeyFacts> keys(Relation table) {
        return snapshot.schema().keys().stream()
                .filter(key -> key.table() == table.oid())
                .toList();
    }

    private static boolean isNeeded(Relation table, KeyFacts.Reference reference, Map<String, @Nullable String> fixed) {
        return reference.columns().stream()
                .anyMatch(name ->
                        (fixed.get(name) != null && reference.columns().size() == 1)
                                || (!fixed.containsKey(name)
                                        && table.column(name)
                                                .filter(column -> column.notNull() && column.filled() == Filled.NOT)
                                                .isPresent()));
    }

    private Map<String, @Nullable String> parent(
            Relation table,
            Relation target,
            KeyFacts.Reference reference,
            Map<String, @Nullable String> fixed,
            String tenant) {
        Map<String, String> wanted = new LinkedHashMap<>();
        for (int index = 0; index < reference.columns().size(); index++) {
            String value = fixed.get(reference.columns().get(index));
            if (value != null) {
                wanted.put(reference.targetColumns().get(index), value);
            }
        }
        String column = snapshot.scope().tenantColumn();
        if (target.column(column).isPresent()) {
            // A second value for the same column comes from another reference, whose row is the tenant's too.
            return row(target, tenant);
        }
        if (target.oid() == table.oid()) {
            throw new Impossible(table.name().sql() + " refers to itself by columns that are not null", null);
        }
        Optional<Map<String, @Nullable String>> existing = existing(target, reference.targetColumns(), wanted);
        return existing.isPresent() ? existing.get() : remembered(target.oid() + " " + wanted, target, wanted, tenant);
    }

    private Optional<Map<String, @Nullable String>> existing(
            Relation target, List<String> columns, Map<String, String> wanted) {
        String where = wanted.entrySet().stream()
                .map(each ->
                        Identifier.quote(each.getKey()) + " = " + values.cast(target, each.getKey(), each.getValue()))
                .collect(Collectors.joining(" and "));
        List<Map<String, @Nullable String>> rows = session.query(
                "select " + texts(columns) + " from " + target.name().sql() + (where.isEmpty() ? "" : " where " + where)
                        + " limit 1",
                row -> {
                    Map<String, @Nullable String> found = new HashMap<>();
                    for (int index = 0; index < columns.size(); index++) {
                        found.put(columns.get(index), row.getString(index + 1));
                    }
                    return found;
                });
        return rows.stream().findFirst();
    }

    static String texts(List<String> columns) {
        return columns.stream()
                .map(column -> Identifier.quote(column) + "::text")
                .collect(Collectors.joining(", "));
    }

    private Map<String, @Nullable String> insert(Relation table, Map<String, @Nullable String> row) {
        List<String> names = table.columns().stream().map(Column::name).toList();
        session.execute("savepoint pgattest_row");
        try {
            Map<String, @Nullable String> inserted = session
                    .query(insertion(table, row) + " returning " + texts(names), result -> {
                        Map<String, @Nullable String> found = new LinkedHashMap<>();
                        for (int index = 0; index < names.size(); index++) {
                            found.put(names.get(index), result.getString(index + 1));
                        }
                        return found;
                    })
                    .stream()
                    .findFirst()
                    .orElseThrow(() -> new Impossible(
                            table.name().sql() + " takes no row: a trigger or a rule makes nothing of it", null));
            session.execute("release savepoint pgattest_row");
            return inserted;
        } catch (SqlFailure failure) {
            if (failure.isTrouble()) {
                throw failure;
            }
            session.execute("rollback to savepoint pgattest_row");
            throw new Impossible(
                    "no row of " + table.name().sql() + " could be made: " + failure.serverMessage() + " (SQLSTATE "
                            + failure.sqlState() + ")",
                    failure);
        }
    }

    /** The statement that inserts a row. */
    String insertion(Relation table, Map<String, @Nullable String> row) {
        if (row.isEmpty()) {
            return "insert into " + table.name().sql() + " default values";
        }
        String columns = row.keySet().stream().map(Identifier::quote).collect(Collectors.joining(", "));
        String given = row.entrySet().stream()
                .map(each -> values.cast(table, each.getKey(), each.getValue()))
                .collect(Collectors.joining(", "));
        return "insert into " + table.name().sql() + " (" + columns + ") values (" + given + ")";
    }

    /** A value as SQL, in the type of its column. */
    String cast(Relation table, String column, @Nullable String value) {
        return values.cast(table, column, value);
    }
}
