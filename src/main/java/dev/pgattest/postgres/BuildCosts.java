package dev.pgattest.postgres;

import dev.pgattest.schema.IndexStatement;
import dev.pgattest.sql.QualifiedName;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Guesses from the server's statistics how large an index will be. */
public final class BuildCosts {

    private static final String CONDITION = " WHERE ";

    private final Session session;
    private final Map<QualifiedName, Map<String, Integer>> widths = new HashMap<>();

    /** Asks the session's server. */
    public BuildCosts(Session session) {
        this.session = session;
    }

    /** Bytes of the columns that an index holds, in keys, expressions and beside them. */
    public int keyBytes(IndexStatement index) {
        Map<String, Integer> columns = widths.computeIfAbsent(index.table(), this::columnWidths);
        Stream<String> keys = index.definition().keys().stream().flatMap(key -> key.expression().columns().stream());
        return Stream.concat(keys, index.definition().included().stream())
                .mapToInt(column -> columns.getOrDefault(column, 0))
                .sum();
    }

    private Map<String, Integer> columnWidths(QualifiedName table) {
        Map<String, Integer> columns = new HashMap<>();
        session.query(
                SqlResource.text("column_widths"),
                row -> columns.put(row.getString("name"), row.getInt("width")) == null,
                table.sql());
        return columns;
    }

    /** The share of the table's rows that fulfil the index's condition, as the planner estimates it: 0 to 1. */
    public double share(IndexStatement index) {
        int condition = index.after().indexOf(CONDITION);
        if (!index.definition().isPartial() || condition < 0) {
            return 1;
        }
        try {
            String from = "explain (format json) select from " + index.table().sql();
            double all = plannedRows(from);
            double some = plannedRows(from + index.after().substring(condition));
            return all <= 0 ? 1 : Math.min(1, some / all);
        } catch (SqlFailure notPlanned) {
            if (notPlanned.isTrouble()) {
                throw notPlanned;
            }
            return 1;
        }
    }

    private double plannedRows(String explain) {
        String rows = session.text(explain).replaceAll("(?s).*?\"Plan Rows\": (\\d+).*", "$1");
        return Double.parseDouble(rows);
    }
}
