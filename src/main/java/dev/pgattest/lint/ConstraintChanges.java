package dev.pgattest.lint;

import dev.pgattest.lint.KnownTable.Column;
import dev.pgattest.lint.KnownTable.Constraint;
import dev.pgattest.sql.ParseNode;
import dev.pgattest.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What constraints do to the tables and indexes that are known. */
final class ConstraintChanges {

    private static final Set<String> BACKED_BY_INDEX = Set.of("CONSTR_PRIMARY", "CONSTR_UNIQUE", "CONSTR_EXCLUSION");

    /** What the grammar calls a constraint of a column, and is none. */
    private static final Set<String> PROPERTIES =
            Set.of("CONSTR_DEFAULT", "CONSTR_NULL", "CONSTR_IDENTITY", "CONSTR_GENERATED");

    private final Session session;

    ConstraintChanges(Session session) {
        this.session = session;
    }

    /** The table with a constraint; {@code column} is the one whose definition it stands in, empty for one of the table. */
    KnownTable with(KnownTable table, ParseNode constraint, String column, Statement statement) {
        String kind = constraint.text("contype");
        if (kind.startsWith("CONSTR_ATTR") || PROPERTIES.contains(kind)) {
            return table;
        }
        String name = ConstraintNames.of(table.name().name(), constraint, column);
        ParseNode definition = withKeysOfIndex(table, ConstraintNames.withColumn(constraint, column));
        if (BACKED_BY_INDEX.contains(kind)) {
            putIndex(table, name, definition, statement);
        }
        boolean valid = !constraint.flag("skip_validation");
        KnownTable changed = table.with(new Constraint(name, definition, valid));
        boolean refuses = kind.equals("CONSTR_PRIMARY") || (kind.equals("CONSTR_NOTNULL") && valid);
        return refuses ? refusingNull(changed, definition.names("keys")) : changed;
    }

    private void putIndex(KnownTable table, String name, ParseNode definition, Statement statement) {
        String taken = definition.text("indexname");
        if (!taken.isEmpty()) {
            session.objects().removeIndex(new QualifiedName(table.name().schema(), taken));
        }
        QualifiedName index = new QualifiedName(table.name().schema(), name);
        session.objects().put(new KnownIndex(index, table.name(), definition, session.here(), statement.start()));
    }

    /** A constraint that takes over an index has the columns of that one. */
    private ParseNode withKeysOfIndex(KnownTable table, ParseNode constraint) {
        if (constraint.text("indexname").isEmpty()) {
            return constraint;
        }
        return session.objects()
                .index(new QualifiedName(table.name().schema(), constraint.text("indexname")))
                .map(index -> ConstraintNames.withIndex(constraint, index.definition()))
                .orElse(constraint);
    }

    /** All rows satisfy a constraint. */
    static KnownTable validated(KnownTable table, String name) {
        Constraint constraint = table.constraints().get(name);
        if (constraint == null) {
            return table;
        }
        KnownTable changed = table.with(new Constraint(name, constraint.definition(), true));
        return constraint.isA("CONSTR_NOTNULL")
                ? refusingNull(changed, constraint.definition().names("keys"))
                : changed;
    }

    static KnownTable refusingNull(KnownTable table, List<String> columns) {
        KnownTable changed = table;
        for (String name : columns) {
            Optional<Column> column = table.column(name);
            changed = column.isPresent() ? changed.with(column.get().refusingNull(true)) : changed;
        }
        return changed;
    }

    static KnownTable acceptingNull(KnownTable table, String name) {
        KnownTable changed = table.column(name)
                .map(column -> table.with(column.refusingNull(false)))
                .orElse(table);
        for (Constraint constraint : table.constraints().values()) {
            boolean gone = constraint.isA("CONSTR_NOTNULL")
                    && constraint.definition().names("keys").equals(List.of(name));
            changed = gone ? changed.withoutConstraint(constraint.name()) : changed;
        }
        return changed;
    }
}
