package dev.pgattest.postgres;

import dev.pgattest.sql.QualifiedName;
import java.util.Collection;

/**
 * Removes what rolled-back writes leave behind: dead rows and the pages that they filled. Without this, the buffers of later
 * measurements would depend on how many samples were taken.
 */
public final class WriteTraces {

    private WriteTraces() {}

    /** Vacuums, analyzes and reindexes tables that were written to. */
    public static void remove(Connections connections, Collection<QualifiedName> tables) {
        try (Session session = connections.open()) {
            for (QualifiedName table : tables) {
                session.execute("vacuum (analyze) " + table.sql());
                session.execute("reindex table " + table.sql());
            }
        }
    }
}
