package dev.pgattest.postgres;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a query as text, for comparing.
 *
 * @param columns column names in order
 * @param rows values in PostgreSQL's text format; a null is SQL's NULL
 */
public record ResultRows(List<String> columns, List<List<@Nullable String>> rows) {

    /** No columns and no rows. */
    public static final ResultRows EMPTY = new ResultRows(List.of(), List.of());

    private static final int SHOWN_DIFFERENCES = 5;

    static ResultRows read(ResultSet result) throws SQLException {
        ResultSetMetaData metaData = result.getMetaData();
        List<String> columns = new ArrayList<>();
        for (int i = 1; i <= metaData.getColumnCount(); i++) {
            columns.add(metaData.getColumnLabel(i));
        }
        List<List<@Nullable String>> rows = new ArrayList<>();
        while (result.next()) {
            List<@Nullable String> row = new ArrayList<>(columns.size());
            for (int i = 1; i <= columns.size(); i++) {
                row.add(result.getString(i));
            }
            rows.add(row);
        }
        return new ResultRows(columns, rows);
    }

    /** The rows of several results of one statement, one after another. */
    static ResultRows together(List<ResultRows> results) {
        return results.isEmpty()
                ? EMPTY
                : new ResultRows(
                        results.get(0).columns(),
                        results.stream().flatMap(each -> each.rows().stream()).toList());
    }

    /**
     * How {@code other} differs from these rows: the first few differences in words; empty when they are the same.
     *
     * @param ignored names of columns that need not be equal
     * @param ordered whether the order of rows counts
     */
    public List<String> differences(ResultRows other, Set<String> ignored, boolean ordered) {
        if (!columns.equals(other.columns)) {
            return List.of("columns are " + other.columns + " instead of " + columns);
        }
        List<String> expected = lines(ignored);
        List<String> actual = other.lines(ignored);
        if (!ordered) {
            Collections.sort(expected);
            Collections.sort(actual);
        }
        List<String> differences = new ArrayList<>();
        if (expected.size() != actual.size()) {
            differences.add(actual.size() + " rows instead of " + expected.size());
        }
        if (ordered) {
            compareInOrder(expected, actual, differences);
        } else {
            compareSorted(expected, actual, differences);
        }
        return differences;
    }

    private List<String> lines(Set<String> ignored) {
        List<String> lines = new ArrayList<>(rows.size());
        for (List<@Nullable String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                if (!ignored.contains(columns.get(i))) {
                    line.append(line.isEmpty() ? "" : ", ")
                            .append(columns.get(i))
                            .append('=')
                            .append(row.get(i) == null ? "NULL" : "'" + row.get(i) + "'");
                }
            }
            lines.add(line.toString());
        }
        return lines;
    }

    private static void compareInOrder(List<String> expected, List<String> actual, List<String> differences) {
        for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
            if (!expected.get(i).equals(actual.get(i)) && differences.size() < SHOWN_DIFFERENCES) {
                differences.add("row " + (i + 1) + " is " + actual.get(i) + " instead of " + expected.get(i));
            }
        }
    }

    private static void compareSorted(List<String> expected, List<String> actual, List<String> differences) {
        int e = 0;
        int a = 0;
        while ((e < expected.size() || a < actual.size()) && differences.size() < SHOWN_DIFFERENCES) {
            int order = e == expected.size()
                    ? 1
                    : a == actual.size() ? -1 : expected.get(e).compareTo(actual.get(a));
            if (order < 0) {
                differences.add("missing: " + expected.get(e));
            } else if (order > 0) {
                differences.add("too many: " + actual.get(a));
            }
            e += order <= 0 ? 1 : 0;
            a += order >= 0 ? 1 : 0;
        }
    }
}
