package dev.pgattest.audit;

import java.util.List;

/**
 * A rule that no two rows have the same key.
 *
 * @param table id of the table
 * @param name of the constraint, or of the unique index
 * @param constraint whether it is a constraint
 * @param columns names of the key's columns; an expression counts as the columns in it
 * @param text the key as SQL writes it
 */
public record KeyFacts(long table, String name, boolean constraint, List<String> columns, String text) {

    public KeyFacts {
        columns = List.copyOf(columns);
    }

    /**
     * A foreign key.
     *
     * @param table id of the table that refers
     * @param name of the constraint
     * @param columns that refer
     * @param target id of the table that is referred to
     * @param targetColumns in the order of {@code columns}
     */
    public record Reference(long table, String name, List<String> columns, long target, List<String> targetColumns) {

        public Reference {
            columns = List.copyOf(columns);
            targetColumns = List.copyOf(targetColumns);
        }
    }
}
