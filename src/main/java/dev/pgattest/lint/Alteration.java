package dev.pgattest.lint;

import dev.pgattest.sql.ParseNode;
import java.util.List;

/**
 * One command of an {@code ALTER TABLE}.
 *
 * @param type such as {@code AT_AddColumn}
 * @param name the column or constraint that it names; empty for none
 * @param definition a {@code ColumnDef}, {@code Constraint}, {@code PartitionCmd}, ...
 * @param node the command itself
 */
record Alteration(String type, String name, ParseNode definition, ParseNode node) {

    /** The commands of a statement in the order written; none when it is no {@code ALTER TABLE}. */
    static List<Alteration> of(ParseNode statement) {
        if (!statement.is("AlterTableStmt")) {
            return List.of();
        }
        return statement.list("cmds").stream()
                .map(command ->
                        new Alteration(command.text("subtype"), command.text("name"), command.child("def"), command))
                .toList();
    }

    boolean is(String wanted) {
        return type.equals(wanted);
    }

    /** Whether it adds a constraint of a kind such as {@code CONSTR_FOREIGN}. */
    boolean adds(String constraintKind) {
        return is("AT_AddConstraint") && definition.text("contype").equals(constraintKind);
    }
}
