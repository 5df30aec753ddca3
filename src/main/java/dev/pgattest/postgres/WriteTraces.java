package dev.pgattest.postgres;

import dev.pgattest.sql.QualifiedName;
import java.util.Collection;

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
}
