package dev.pgattest.postgres;

import dev.pgattest.dataset.BinaryCopy;
import dev.pgattest.dataset.TableData;
import dev.pgattest.dataset.TupleBuffer;
import dev.pgattest.sql.Identifier;
import dev.pgattest.sql.QualifiedName;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.copy.CopyIn;
import org.postgresql.core.BaseConnection;

/** Fills one table by binary COPY, in one transaction that empties it first, so that the server writes no log of its rows. */
public final class TableCopy {

    /** Fewer, larger writes leave more of a busy processor to the server: a quarter of a megabyte did better than 64 kB. */
    private static final int CHUNK_BYTES = 1 << 18;

    private static final int ROWS_AT_ONCE = 256;

    private final Session session;
    private final LoadProgress progress;

    /** Prepares to fill tables on a session. */
    public TableCopy(Session session, LoadProgress progress) {
        this.session = session;
        this.progress = progress;
    }

    /** Replaces the rows of a table by the generated ones, in the order of their numbers. */
    public void fill(TableData table) {
        session.execute("begin");
        session.execute("truncate " + quoted(table));
        String statement = copyStatement(table, isPartitioned(table));
        session.with(statement, connection -> {
            CopyIn copy = connection.unwrap(BaseConnection.class).getCopyAPI().copyIn(statement);
            try {
                stream(table, copy);
                copy.endCopy();
            } finally {
                if (copy.isActive()) {
                    copy.cancelCopy();
                }
            }
            return table;
        });
        session.execute("commit");
    }

    private void stream(TableData table, CopyIn copy) throws SQLException {
        byte[] header = BinaryCopy.header();
        copy.writeToCopy(header, 0, header.length);
        TupleBuffer buffer = new TupleBuffer(2 * CHUNK_BYTES);
        long reported = 0;
        for (long row = 0; row < table.rows(); row += ROWS_AT_ONCE) {
            long end = Math.min(row + ROWS_AT_ONCE, table.rows());
            table.writeTuples(row, end, buffer);
            if (buffer.length() >= CHUNK_BYTES || end == table.rows()) {
                copy.writeToCopy(buffer.array(), 0, buffer.length());
                buffer.clear();
                progress.rowsLoaded(end - reported);
                reported = end;
            }
        }
        byte[] trailer = BinaryCopy.trailer();
        copy.writeToCopy(trailer, 0, trailer.length);
    }

    private boolean isPartitioned(TableData table) {
        return session.text(
                        "select relkind = 'p' from pg_catalog.pg_class where oid = ?::pg_catalog.regclass",
                        quoted(table))
                .equals("t");
    }

    /** PostgreSQL cannot freeze rows that it routes to partitions. */
    private static String copyStatement(TableData table, boolean partitioned) {
        List<String> columns = table.columns().stream()
                .map(column -> Identifier.quote(column.name()))
                .toList();
        return "copy " + quoted(table) + " (" + String.join(", ", columns) + ") from stdin (format binary"
                + (partitioned ? ")" : ", freeze)");
    }

    static String quoted(TableData table) {
        return QualifiedName.exact(table.name()).orElseThrow().sql();
    }
}
