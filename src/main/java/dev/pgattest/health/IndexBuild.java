package dev.pgattest.health;

import dev.pgattest.sql.QualifiedName;
import org.jspecify.annotations.Nullable;

/**
 * Something that builds an index at this moment.
 *
 * @param processId of the server's process
 * @param table the table; null when the role may not see which
 * @param index the index; null when it is not in the catalog yet, or the role may not see which
 * @param command such as {@code CREATE INDEX CONCURRENTLY}; empty when the role may not see it
 * @param phase as the server calls it, with how much of it is done; empty when the role may not see it
 */
public record IndexBuild(
        int processId,
        @Nullable QualifiedName table,
        @Nullable QualifiedName index,
        String command,
        String phase) {

    /** Whether the role may see what is built. */
    boolean isVisible() {
        return table != null;
    }

    /** Whether it may be this index that is built; rebuilding makes all new ones of a table first, and then fills one after another. */
    boolean mayBe(QualifiedName itsTable, QualifiedName itsName, boolean madeByReindex) {
        if (!isVisible()) {
            return true;
        }
        boolean sameTable = itsTable.equals(table);
        return itsName.equals(index)
                || (sameTable && (index == null || (madeByReindex && command.startsWith("REINDEX"))));
    }
}
