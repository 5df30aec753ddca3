package dev.pgattest.dataset;

import java.util.Comparator;
import java.util.List;

/** Draws rows of a table as often as other rows refer to them: large tenants more often than small ones. */
public final class RowDraw {

    private final RowPicker picker;

    private RowDraw(RowPicker picker) {
        this.picker = picker;
    }

    /** By the shares of the largest table that refers to it; each row is as likely when none does. */
    static RowDraw of(DatasetSpec spec, TableSizes sizes, String table) {
        return spec.tables().stream()
                .sorted(Comparator.comparingLong((TableSpec each) -> sizes.allRows(each.name()))
                        .reversed())
                .flatMap(each -> each.columns().stream())
                .map(ColumnSpec::generator)
                .filter(GeneratorSpec.Reference.class::isInstance)
                .map(GeneratorSpec.Reference.class::cast)
                .filter(reference -> reference.table().equals(table))
                .findFirst()
                .map(reference -> new RowDraw(sizes.picker(reference)))
                .orElseGet(() -> {
                    long rows = sizes.allRows(table);
                    return new RowDraw(RowPicker.of(List.of(), rows, rows));
                });
    }

    /** The row, from 0, for a hash. */
    public long row(long hash) {
        return picker.pick(hash);
    }
}
