package dev.pgattest.lint;

import dev.pgattest.sql.Identifier;
import dev.pgattest.sql.ParseNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A column that a statement gives to a table that will stay.
 *
 * @param definition its {@code ColumnDef}
 * @param tableConstraints the constraints of the table that the statement makes; none for a column that is added to a table
 */
record NewColumn(ParseNode definition, List<ParseNode> tableConstraints) {

    /** Those of a statement, in order; none for temporary and foreign tables. */
    static List<NewColumn> of(Visit visit) {
        List<NewColumn> columns = new ArrayList<>();
        ParseNode node = visit.node();
        if (visit.is("CreateStmt")
                && !node.child("relation").text("relpersistence").equals("t")) {
            List<ParseNode> elements = node.list("tableElts");
            List<ParseNode> constraints =
                    elements.stream().filter(each -> each.is("Constraint")).toList();
            elements.stream()
                    .filter(each -> each.is("ColumnDef"))
                    .forEach(each -> columns.add(new NewColumn(each, constraints)));
        }
        boolean temporary = visit.is("AlterTableStmt")
                && visit.session()
                        .objects()
                        .table(visit.relation())
                        .filter(KnownTable::isTemporary)
                        .isPresent();
        for (Alteration each : temporary ? List.<Alteration>of() : Alteration.of(node)) {
            if (each.is("AT_AddColumn")) {
                columns.add(new NewColumn(each.definition(), List.of()));
            }
        }
        return columns;
    }

    String name() {
        return definition.text("colname");
    }

    /** The name as SQL must write it. */
    String shown() {
        return Identifier.quote(name());
    }

    /** As {@link TypeNames} has it. */
    String type() {
        return TypeNames.text(definition.child("typeName"));
    }

    /** The type's name alone; empty for columns of partitions, which have none. */
    String base() {
        return TypeNames.base(definition.child("typeName"));
    }

    boolean isArray() {
        return !definition.child("typeName").list("arrayBounds").isEmpty();
    }

    /** Whether a constraint of that kind, of the column or of the table, is about it. */
    boolean has(String kind) {
        boolean own = definition.list("constraints").stream()
                .anyMatch(each -> each.text("contype").equals(kind));
        return own
                || tableConstraints.stream()
                        .filter(each -> each.text("contype").equals(kind))
                        .anyMatch(each -> ConstraintNames.columns(each).contains(name()));
    }

    /** How many columns the constraint of that kind has that it belongs to; 0 for none. */
    int columnsOf(String kind) {
        return tableConstraints.stream()
                .filter(each -> each.text("contype").equals(kind))
                .map(ConstraintNames::columns)
                .filter(columns -> columns.contains(name()))
                .map(List::size)
                .findFirst()
                .orElse(has(kind) ? 1 : 0);
    }

    /** Its name with another type. */
    String written(String type) {
        return shown() + " " + type;
    }
}
