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

    /** Whether it goes when the column is dropped: as a key, an included column, or in an expression or the predicate. */
    boolean mentions(String column) {
        boolean key = definition.names("keys").contains(column)
                || definition.names("including").contains(column);
        return key
                || definition.all("IndexElem").stream()
                        .anyMatch(element -> element.text("name").equals(column))
                || definition.all("ColumnRef").stream()
                        .map(reference -> reference.names("fields"))
                        .anyMatch(names ->
                                !names.isEmpty() && names.get(names.size() - 1).equals(column));
    }

    /** Whether a constraint owns it. */
    boolean backsConstraint() {
        return definition.has("contype");
    }
}
