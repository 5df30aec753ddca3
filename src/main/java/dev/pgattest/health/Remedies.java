package dev.pgattest.health;

import dev.pgattest.sql.Identifier;
import dev.pgattest.sql.QualifiedName;

/** SQL that more than one rule advises. */
final class Remedies {

    /** Short, because everybody who comes later waits behind a statement that waits for its lock. */
    private static final String SHORT_WAIT = "set lock_timeout = '2s';\n";

    private Remedies() {}

    /** Removes an index that no constraint owns; that of a partitioned table cannot be dropped concurrently. */
    static String drop(IndexFacts index) {
        String constraint = index.index().constraint();
        if (constraint != null) {
            return dropConstraint(index.index().table(), constraint);
        }
        return index.index().partitioned()
                ? SHORT_WAIT + "drop index " + index.name().sql() + ";"
                : "drop index concurrently " + index.name().sql() + ";";
    }

    private static String dropConstraint(QualifiedName table, String constraint) {
        return SHORT_WAIT + "alter table " + table.sql() + " drop constraint " + Identifier.quote(constraint)
                + ";\n-- this fails while a foreign key refers to it";
    }
}
