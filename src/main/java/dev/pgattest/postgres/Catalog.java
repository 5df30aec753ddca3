package dev.pgattest.postgres;

import dev.pgattest.evidence.IndexEvidence;
import dev.pgattest.evidence.TableEvidence;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads tables and indexes of the user's schemas from the catalog. */
public final class Catalog {

    private Catalog() {}

    /**
     * Every index with its size, by table and name.
     *
     * @param buildMs build times in milliseconds by quoted, schema-qualified index name, for those that are known
     */
    public static List<IndexEvidence> indexes(Session session, Map<String, Double> buildMs) {
        return session.query(SqlResource.text("indexes"), row -> {
            return new IndexEvidence(
                    row.getString("schema_name"),
                    row.getString("name"),
                    row.getString("table_name"),
                    row.getString("definition"),
                    row.getLong("size_bytes"),
                    row.getBoolean("valid"),
                    buildMs.get(row.getString("qualified_name")));
        });
    }

    /** Quoted, schema-qualified names of all indexes. */
    static Set<String> indexNames(Session session) {
        return Set.copyOf(session.query(SqlResource.text("indexes"), row -> row.getString("qualified_name")));
    }

    /** Every table and materialized view with its size, by name. */
    public static List<TableEvidence> tables(Session session) {
        return session.query(
                SqlResource.text("tables"),
                row -> new TableEvidence(
                        row.getString("name"),
                        row.getString("schema_name"),
                        row.getString("simple_name"),
                        row.getLong("rows"),
                        row.getLong("pages"),
                        row.getLong("size_bytes")));
    }
}
