package dev.pgattest.postgres;

import dev.pgattest.dataset.BinaryCopy;
import dev.pgattest.dataset.Fingerprint;
import dev.pgattest.dataset.FingerprintAccumulator;
import dev.pgattest.dataset.TableData;
import dev.pgattest.sql.Identifier;
import dev.pgattest.sql.QualifiedName;
import java.util.List;
import org.postgresql.copy.CopyOut;
import org.postgresql.core.BaseConnection;

/** Reads loaded rows back from the server, in whatever order they lie, and fingerprints them. */
public final class DatasetReadBack {

    private DatasetReadBack() {}

    /** The fingerprint of a table's rows as the server has them. */
    public static Fingerprint fingerprint(Session session, TableData table) {
        FingerprintAccumulator accumulator = new FingerprintAccumulator();
        BinaryCopy.TupleReader reader = new BinaryCopy.TupleReader(accumulator::add);
        String sql = statement(table);
        session.with(sql, connection -> {
            CopyOut copy = connection.unwrap(BaseConnection.class).getCopyAPI().copyOut(sql);
            for (byte[] bytes = copy.readFromCopy(); bytes != null; bytes = copy.readFromCopy()) {
                reader.accept(bytes);
            }
            return table;
        });
        reader.finish();
        return accumulator.fingerprint(table.name());
    }

    private static String statement(TableData table) {
        List<String> columns = table.columns().stream()
                .map(column -> Identifier.quote(column.name()))
                .toList();
        return "copy (select " + String.join(", ", columns) + " from "
                + QualifiedName.exact(table.name()).orElseThrow().sql() + ") to stdout (format binary)";
    }
}
