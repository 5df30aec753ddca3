package dev.pgattest.postgres;

import dev.pgattest.audit.KeyFacts;
import dev.pgattest.audit.Relation;
import dev.pgattest.audit.Relation.Column;
import dev.pgattest.audit.Relation.Filled;
import dev.pgattest.sql.Grammar;
import dev.pgattest.sql.Identifier;
import dev.pgattest.sql.Literal;
import dev.pgattest.sql.ParseNode;
import dev.pgattest.sql.SyntaxTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds values for the columns of a row that satisfy what the table asks of them: the server is shown candidates and chooses. */
final class RowValues {

    /** Combinations that the server looks at for columns that hang together. */
    private static final double MOST_COMBINATIONS = 100_000;

    private final Session session;
    private final Map<Long, Map<String, RowColumn>> columns = new HashMap<>();
    private final Map<Long, List<Condition>> conditions = new HashMap<>();
    private int number = 100;

    RowValues(Session session) {
        this.session = session;
    }

    /**
     * Something that rows must satisfy.
     *
     * @param sql with the columns' names
     * @param columns in it
     * @param constants in it
     */
    private record Condition(String sql, Set<String> columns, Set<String> constants) {}

    /** A value as SQL, in the type of its column. */
    String cast(Relation table, String column, @Nullable String value) {
        String type = column(table, column).type();
        return value == null ? "cast(null as " + type + ")" : "cast(" + Literal.quote(value) + " as " + type + ")";
    }

    /**
     * Values for all columns that need one.
     *
     * @param fixed values that are decided
     * @param offered the only values that columns may have besides NULL
     * @param keys unique keys of the table
     */
    Map<String, @Nullable String> solved(
            Relation table,
            Map<String, @Nullable String> fixed,
            Map<String, List<String>> offered,
            List<KeyFacts> keys) {
        number++;
        List<Condition> all = new ArrayList<>(conditions(table));
        Set<String> free = new LinkedHashSet<>();
        for (Column column : table.columns()) {
            boolean own = column.filled() == Filled.NOT || column.filled() == Filled.DEFAULT;
            boolean checked = all.stream().anyMatch(each -> each.columns().contains(column.name()));
            boolean required = column.notNull() && column.filled() == Filled.NOT;
            if (own && !fixed.containsKey(column.name()) && (checked || required)) {
                free.add(column.name());
            }
        }
        keys.stream()
                .filter(key -> key.columns().stream().anyMatch(free::contains)
                        && key.columns().stream().allMatch(name -> free.contains(name) || fixed.containsKey(name)))
                .forEach(key -> all.add(unused(table, key)));
        Map<String, @Nullable String> row = new LinkedHashMap<>(fixed);
        while (!free.isEmpty()) {
            Set<String> group = connected(free, all);
            free.removeAll(group);
            row.putAll(choose(table, new Choice(group, fixed, offered), all));
        }
        return row;
    }

    /** No row has this key yet. */
    private static Condition unused(Relation table, KeyFacts key) {
        String same = key.columns().stream()
                .map(column -> "x." + Identifier.quote(column) + " = pgattest_row." + Identifier.quote(column))
                .collect(Collectors.joining(" and "));
        return new Condition(
                "not exists (select 1 from " + table.name().sql() + " as x where " + same + ")",
                Set.copyOf(key.columns()),
                Set.of());
    }

    /** A column and all that conditions tie it to. */
    private static Set<String> connected(Set<String> free, List<Condition> all) {
        Set<String> group = new LinkedHashSet<>();
        group.add(free.iterator().next());
        boolean grown = true;
        while (grown) {
            grown = false;
            for (Condition condition : all) {
                boolean touches = condition.columns().stream().anyMatch(group::contains);
                for (String column : condition.columns()) {
                    grown |= touches && free.contains(column) && group.add(column);
                }
            }
        }
        return group;
    }

    /**
     * What is to be chosen.
     *
     * @param group columns that hang together
     * @param fixed values of other columns
     * @param offered the only values that columns may have
     */
    private record Choice(Set<String> group, Map<String, @Nullable String> fixed, Map<String, List<String>> offered) {}

    private Map<String, @Nullable String> choose(Relation table, Choice choice, List<Condition> all) {
        Map<String, RowColumn> known = columns(table);
        Set<String> group = choice.group();
        Map<String, @Nullable String> fixed = choice.fixed();
        List<Condition> ours = all.stream()
                .filter(condition -> condition.columns().stream().anyMatch(group::contains))
                // What an unknown column, such as one that a sequence fills, decides is left to the server.
                .filter(condition -> condition.columns().stream()
                        .allMatch(column -> group.contains(column) || fixed.containsKey(column)))
                .toList();
        int most = (int) Math.max(2, StrictMath.pow(MOST_COMBINATIONS, 1.0 / group.size()));
        List<String> names = new ArrayList<>(group);
        List<String> lists = new ArrayList<>();
        List<String> shown = new ArrayList<>();
        for (String name : names) {
            List<String> candidates =
                    candidates(table, column(table, name), choice.offered().get(name), ours);
            lists.add("(values "
                    + candidates.stream()
                            .limit(most)
                            .map(each -> "(" + each + ")")
                            .collect(Collectors.joining(", "))
                    + ") as v" + lists.size() + " (c" + lists.size() + ")");
            shown.add("c" + shown.size() + " as " + Identifier.quote(name));
        }
        fixed.forEach((name, value) -> {
            if (known.containsKey(name)) {
                shown.add(cast(table, name, value) + " as " + Identifier.quote(name));
            }
        });
        String where = ours.isEmpty()
                ? ""
                : " where "
                        + ours.stream()
                                .map(condition -> "coalesce((" + condition.sql() + "), true)")
                                .collect(Collectors.joining(" and "));
        String sql = "select "
                + names.stream().map(name -> Identifier.quote(name) + "::text").collect(Collectors.joining(", "))
                + " from (select " + String.join(", ", shown) + " from " + String.join(" cross join ", lists)
                + ") as pgattest_row" + where + " limit 1";
        return asked(sql, names)
                .orElseThrow(() -> new TenantRows.Impossible(
                        "no values for " + names + " of " + table.name().sql() + " meet "
                                + ours.stream().map(Condition::sql).collect(Collectors.joining(" and ")),
                        null));
    }

    private Optional<Map<String, @Nullable String>> asked(String sql, List<String> names) {
        session.execute("savepoint pgattest_values");
        try {
            Optional<Map<String, @Nullable String>> found = session
                    .query(sql, row -> {
                        Map<String, @Nullable String> values = new LinkedHashMap<>();
                        for (int index = 0; index < names.size(); index++) {
                            values.put(names.get(index), row.getString(index + 1));
                        }
                        return values;
                    })
                    .stream()
                    .findFirst();
            session.execute("release savepoint pgattest_values");
            return found;
        } catch (SqlFailure failure) {
            if (failure.isTrouble()) {
                throw failure;
            }
            session.execute("rollback to savepoint pgattest_values");
            throw new TenantRows.Impossible(
                    "no values for " + names + ": " + failure.serverMessage() + " (SQLSTATE " + failure.sqlState()
                            + ")",
                    failure);
        }
    }

    private List<String> candidates(
            Relation table, RowColumn column, @Nullable List<String> offered, List<Condition> ours) {
        Set<String> constants = new TreeSet<>();
        ours.stream()
                .filter(condition -> condition.columns().contains(column.name()))
                .forEach(condition -> constants.addAll(condition.constants()));
        List<String> candidates = new ArrayList<>();
        if (column.defaultText() != null) {
            candidates.add("cast((" + column.defaultText() + ") as " + column.baseType() + ")");
        } else if (table.column(column.name()).filter(Column::notNull).isEmpty()) {
            candidates.add("cast(null as " + column.baseType() + ")");
        }
        candidates.addAll(
                offered == null
                        ? column.candidates(number, constants)
                        : offered.stream().map(column::cast).toList());
        return candidates;
    }

    private RowColumn column(Relation table, String name) {
        return Objects.requireNonNull(columns(table).get(name), name);
    }

    private Map<String, RowColumn> columns(Relation table) {
        return columns.computeIfAbsent(table.oid(), oid -> {
            Map<String, RowColumn> found = new LinkedHashMap<>();
            session.query(
                            SqlResource.text("audit_row_columns"),
                            row -> new RowColumn(
                                    row.getString("name"),
                                    row.getString("type"),
                                    row.getString("base_type"),
                                    row.getString("category"),
                                    AuditSchema.texts(row, "labels"),
                                    row.getString("default_text"),
                                    AuditSchema.texts(row, "domain_checks")),
                            oid)
                    .forEach(column -> found.put(column.name(), column));
            return found;
        });
    }

    private List<Condition> conditions(Relation table) {
        return conditions.computeIfAbsent(table.oid(), oid -> {
            List<Condition> found = new ArrayList<>();
            session.texts(SqlResource.text("audit_row_checks"), oid, oid, oid)
                    .forEach(sql -> found.add(condition(sql, columns(table).keySet())));
            columns(table)
                    .values()
                    .forEach(column -> column.domainChecks()
                            .forEach(check -> found.add(condition(
                                    check.replaceAll(
                                            "\\bVALUE\\b",
                                            Identifier.quote(column.name()).replace("$", "\\$")),
                                    Set.of(column.name())))));
            return found;
        });
    }

    private static Condition condition(String sql, Set<String> columns) {
        if (!(Grammar.parse("select " + sql) instanceof SyntaxTree tree)) {
            return new Condition("true", Set.of(), Set.of());
        }
        ParseNode root = ParseNode.of(tree.statements().get(0));
        Set<String> names = root.all("ColumnRef").stream()
                .map(column -> column.names("fields"))
                .filter(fields -> !fields.isEmpty())
                .map(fields -> fields.get(fields.size() - 1))
                .filter(columns::contains)
                .collect(Collectors.toSet());
        Set<String> constants = root.all("A_Const").stream()
                .flatMap(constant -> constant.constant().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        return new Condition(sql, names, constants);
    }
}
