package dev.pgattest.dataset;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The declaration of a column, or of a member of a JSON object.
 *
 * @param nullShare fraction of the rows, of those that meet {@code when}, without a value
 * @param when the condition without which there is no value; null for none
 */
public record ColumnSpec(
        String name,
        ColumnType type,
        GeneratorSpec generator,
        BigDecimal nullShare,
        @Nullable Condition when) {

    /** True when {@code column} of the same row has one of the values. */
    public record Condition(String column, List<String> values) {
        public Condition {
            values = List.copyOf(values);
        }
    }

    /** A column with a value in every row. */
    public ColumnSpec(String name, ColumnType type, GeneratorSpec generator) {
        this(name, type, generator, BigDecimal.ZERO, null);
    }
}
