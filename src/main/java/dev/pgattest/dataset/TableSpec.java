package dev.pgattest.dataset;

import java.util.List;
import java.util.Optional;

/** The declaration of a table: how many rows it has and what is in its columns, in declared order. */
public record TableSpec(String name, RowRule rows, List<ColumnSpec> columns) {

    public TableSpec {
        columns = List.copyOf(columns);
    }

    /** The column of that name, if there is one. */
    public Optional<ColumnSpec> column(String columnName) {
        return columns.stream()
                .filter(column -> column.name().equals(columnName))
                .findFirst();
    }
}
