package dev.pgattest.lint;

import dev.pgattest.sql.ParseNode;
import dev.pgattest.sql.QualifiedName;

/** Names of relations as the user wrote them, for messages and remedies. */
final class QualifiedNames {

    private QualifiedNames() {}

    /** A {@code RangeVar}, without the schema that nothing named. */
    static String written(ParseNode rangeVar) {
        String schema = rangeVar.text("schemaname");
        return new QualifiedName(schema.isEmpty() ? null : schema, rangeVar.text("relname")).sql();
    }
}
