package dev.pgattest.postgres;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a finished load left in a benchmark database, so that a later run can tell whether it may use it. It stands in a schema
 * of pgattest's own, written last: an interrupted load has none.
 *
 * @param dataset digest of the dataset's declaration and size
 * @param migrations digest of the migrations
 * @param schema digest of the schema after the load
 * @param buildMs milliseconds that building each index took, by quoted, schema-qualified name
 */
public record LoadRecord(String dataset, String migrations, String schema, Map<String, Double> buildMs) {

    public LoadRecord {
        buildMs = Map.copyOf(buildMs);
    }

    /** The record of the session's database; empty when no load was finished in it. */
    public static Optional<LoadRecord> read(Session session) {
        if (session.text("select pg_catalog.to_regclass('pgattest.load') is not null")
                .equals("f")) {
            return Optional.empty();
        }
        Map<String, Double> buildMs = new HashMap<>();
        session.query(
                "select index_name, build_ms from pgattest.load_index",
                row -> buildMs.put(row.getString(1), row.getDouble(2)));
        List<LoadRecord> records = session.query(
                "select dataset, migrations, schema from pgattest.load",
                row -> new LoadRecord(row.getString(1), row.getString(2), row.getString(3), buildMs));
        return records.stream().findFirst();
    }

    /** Writes the record into the session's database. */
    public void write(Session session) {
        session.execute("create schema if not exists pgattest");
        session.execute("drop table if exists pgattest.load, pgattest.load_index");
        session.execute(
                "create table pgattest.load_index (index_name text primary key, build_ms double precision not null)");
        buildMs.forEach((index, ms) -> session.query(
                "insert into pgattest.load_index values (?, ?) returning index_name",
                row -> row.getString(1),
                index,
                ms));
        session.execute("create table pgattest.load"
                + " (dataset text not null, migrations text not null, schema text not null,"
                + " finished_at timestamptz not null default now())");
        session.query(
                "insert into pgattest.load values (?, ?, ?) returning dataset",
                row -> row.getString(1),
                dataset,
                migrations,
                schema);
    }

    /** Whether a database with this record has the wanted dataset and schema, and still the schema that was recorded. */
    public boolean fits(String wantedDataset, String wantedMigrations, Session session) {
        return dataset.equals(wantedDataset)
                && migrations.equals(wantedMigrations)
                && schema.equals(SchemaFingerprint.read(session).digest());
    }
}
