package dev.pgattest.postgres;

import dev.pgattest.evidence.IndexEvidence;
import dev.pgattest.evidence.JsonbColumn;
import dev.pgattest.evidence.TableEvidence;
import java.util.HashMap;
import java.util.HashSet;
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

    /** Names of all indexes without their schemas. */
    public static Set<String> simpleIndexNames(Session session) {
        return Set.copyOf(session.query(SqlResource.text("indexes"), row -> row.getString("name")));
    }

    /** Names of all tables, partitioned ones and materialized views, each with its schema and without. */
    public static Set<String> tableNames(Session session) {
        return Set.copyOf(session.texts(SqlResource.text("table_names")));
    }

    /** The partitions of each partitioned table or index, at any depth; both by name with schema and without. */
    public static Map<String, Set<String>> partitions(Session session) {
        Map<String, Set<String>> partitions = new HashMap<>();
        session.query(
                SqlResource.text("partitions"),
                row -> partitions
                        .computeIfAbsent(row.getString("parent"), name -> new HashSet<>())
                        .add(row.getString("name")));
        return partitions;
    }

    /** The columns of type {@code jsonb}, or of a domain over it, of tables and materialized views; partitions are left out. */
    public static List<JsonbColumn> jsonbColumns(Session session) {
        return session.query(
                SqlResource.text("jsonb_columns"),
                row -> new JsonbColumn(row.getString("table_name"), row.getString("column_name")));
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
