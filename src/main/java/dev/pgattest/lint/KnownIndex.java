package dev.pgattest.lint;

import dev.pgattest.sql.ParseNode;
import dev.pgattest.sql.QualifiedName;

/**
 * An index that the files have made.
 *
 * @param name with its schema, which is that of its table
 * @param table what it is on
 * @param definition an {@code IndexStmt}, or the {@code Constraint} that it backs
 * @param origin where it was made
 * @param place index in its file of the statement that made it
 */
record KnownIndex(QualifiedName name, QualifiedName table, ParseNode definition, Origin origin, int place) {

    /** Whether a constraint owns it. */
    boolean backsConstraint() {
        return definition.has("contype");
    }
}
