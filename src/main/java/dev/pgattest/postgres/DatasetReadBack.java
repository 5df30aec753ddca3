package dev.pgattest.postgres;

import dev.pgattest.dataset.BinaryCopy;
import dev.pgattest.dataset.DerivedTable;
import dev.pgattest.dataset.Fingerprint;
import dev.pgattest.dataset.FingerprintAccumulator;
import dev.pgattest.dataset.TableData;
import dev.pgattest.sql.Identifier;
import dev.pgattest.sql.QualifiedName;
import java.util.List;
import java.util.stream.Collectors;
import org.postgresql.copy.CopyOut;
import org.postgresql.core.BaseConnection;

/** Reads loaded rows back from the server, in whatever order they lie, and fingerprints them. */
public final class DatasetReadBack {

    private DatasetReadBack() {}

    /** The fingerprint of a generated table's rows as the server has them. */
    public static Fingerprint fingerprint(Session session, TableData table) {
        return fingerprint(
                session,
                table.name(),
                table.columns().stream().map(TableData.Column::name).toList());
    }

    /** The fingerprint of the rows of a table that was made from others. */
    public static Fingerprint fingerprint(Session session, DerivedTable table) {
        return fingerprint(session, table.name(), new TableDerivation(session, table).columns());
    }

    private static Fingerprint fingerprint(Session session, String table, List<String> columns) {
        FingerprintAccumulator accumulator = new FingerprintAccumulator();
        BinaryCopy.TupleReader reader = new BinaryCopy.TupleReader(accumulator::add);
        String sql = statement(table, columns);
        session.with(sql, connection -> {
            CopyOut copy = connection.unwrap(BaseConnection.class).getCopyAPI().copyOut(sql);
            for (byte[] bytes = copy.readFromCopy(); bytes != null; bytes = copy.readFromCopy()) {
                reader.accept(bytes);
            }
            return table;
        });
        reader.finish();
        return accumulator.fingerprint(table);
    }

    private static String statement(String table, List<String> columns) {
        return "copy (select " + columns.stream().map(Identifier::quote).collect(Collectors.joining(", ")) + " from "
                + QualifiedName.exact(table).orElseThrow().sql() + ") to stdout (format binary)";
    }
}
