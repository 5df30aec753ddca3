package dev.pgattest.postgres;

import dev.pgattest.sql.QualifiedName;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Removes what rolled-back writes leave behind: dead rows and the pages that they filled. Without this, the buffers of later
 * measurements would depend on how many samples were taken.
 */
public final class WriteTraces {

    private WriteTraces() {}

    /**
     * Rewrites tables that were written to, their indexes included, then vacuums and analyzes them. A plain VACUUM is not enough: it gives
     * pages at the end back only when they are a sixteenth of the table, so that a later sequential scan would read some of them.
     */
    public static void remove(Connections connections, Collection<QualifiedName> tables) {
        try (Session session = connections.open()) {
            for (QualifiedName table : tables) {
                session.execute("vacuum (full) " + table.sql());
                session.execute("vacuum (analyze) " + table.sql());
            }
        }
    }

    /** Removes dead rows and their index entries only, which takes moments; pages that were added stay, empty. */
    public static void sweep(Session session, QualifiedName table) {
        session.execute("vacuum (index_cleanup on) " + table.sql());
    }

    /** The tables that a session has written to so far, by function and trigger too. Only the growth inside one transaction has a meaning. */
    public static Map<QualifiedName, Long> written(Session session) {
        Map<QualifiedName, Long> written = new HashMap<>();
        session.query(
                SqlResource.text("written_tables"),
                row -> written.put(
                        new QualifiedName(row.getString("schema_name"), row.getString("name")), row.getLong("rows")));
        return written;
    }

    /** The same for all tables of the catalog together. */
    static long catalogRowsWritten(Session session) {
        return Long.parseLong(session.text(SqlResource.text("written_catalog_rows")));
    }

    /** Those of some tables that the session's database has. */
    public static List<QualifiedName> present(Session session, Collection<QualifiedName> tables) {
        return tables.stream()
                .filter(table -> session.text("select pg_catalog.to_regclass(?) is not null", table.sql())
                        .equals("t"))
                .toList();
    }
}
