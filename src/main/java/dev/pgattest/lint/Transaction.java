package dev.pgattest.lint;

import dev.pgattest.sql.QualifiedName;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A transaction that is open.
 *
 * @param ordinal which one
 * @param opener the statement that opened it; null for one that the runner of the file opens
 * @param locks the strongest lock on each relation that existed before it
 * @param triggered the relations among them that it has given a trigger
 */
record Transaction(
        int ordinal, @Nullable Statement opener, Map<QualifiedName, LockMode> locks, Set<QualifiedName> triggered) {

    Transaction(int ordinal, @Nullable Statement opener) {
        this(ordinal, opener, new LinkedHashMap<>(), new LinkedHashSet<>());
    }

    /** Whether a {@code BEGIN} of the file opened it. */
    boolean isExplicit() {
        return opener != null;
    }

    /** A rollback to a savepoint gives up the locks that were taken since. */
    void backTo(Map<QualifiedName, LockMode> earlier) {
        locks.clear();
        locks.putAll(earlier);
        triggered.retainAll(earlier.keySet());
    }

    void hold(QualifiedName relation, LockMode mode) {
        locks.merge(relation, mode, (held, more) -> held.compareTo(more) >= 0 ? held : more);
    }
}
