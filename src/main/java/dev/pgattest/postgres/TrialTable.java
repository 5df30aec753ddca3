package dev.pgattest.postgres;

import dev.pgattest.sql.QualifiedName;
import java.sql.Array;
import java.sql.SQLException;
import java.util.List;

/**
 * A table that is written to on trial.
 *
 * @param table the table
 * @param part the table itself, or its partition with most pages
 * @param oid of the part
 * @param writable whether it is a table: not a materialized view, nor somebody else's
 * @param size how many pages it has and how many rows stand on one
 * @param columns columns that an insert names
 * @param changeable columns that an update may set; keys and foreign keys last
 * @param hindrances what stands in the way of taking rows away
 */
record TrialTable(
        QualifiedName table,
        QualifiedName part,
        long oid,
        boolean writable,
        Size size,
        List<String> columns,
        List<String> changeable,
        Hindrances hindrances) {

    /** Pages, and rows on a page. */
    record Size(long pages, double rowsPerPage) {}

    /** Statements that drop the foreign keys that refer to the table, and that switch its triggers off and on as they were. */
    record Hindrances(List<String> references, List<String> disable, List<String> enable) {}

    static TrialTable read(Session session, QualifiedName table) {
        String name = table.sql();
        return session.query(
                        SqlResource.text("write_trial"),
                        row -> new TrialTable(
                                table,
                                new QualifiedName(row.getString("schema_name"), row.getString("name")),
                                row.getLong("oid"),
                                row.getBoolean("writable"),
                                new Size(row.getLong("pages"), row.getDouble("rows_a_page")),
                                texts(row.getArray("columns")),
                                texts(row.getArray("changeable")),
                                new Hindrances(
                                        texts(row.getArray("references_to_it")),
                                        texts(row.getArray("disable")),
                                        texts(row.getArray("enable")))),
                        name,
                        name,
                        name)
                .get(0);
    }

    private static List<String> texts(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }
}
