package dev.pgattest.workload;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a parameter's value comes from. */
public sealed interface ParameterValue {

    /** A value in PostgreSQL's text format, as the user wrote it. */
    record Literal(String text) implements ParameterValue {}

    /** SQL's null. */
    record Null() implements ParameterValue {}

    /** The value in one row of the dataset. */
    record OfRow(String table, String column, RowPosition row) implements ParameterValue {}

    /**
     * The value in the first row of the dataset that matches.
     *
     * @param where values by column, at least one; {@code :name} stands for another parameter's value
     */
    record FirstMatch(String table, String column, Map<String, String> where) implements ParameterValue {
        public FirstMatch {
            where = Collections.unmodifiableMap(new LinkedHashMap<>(where));
        }
    }

    /** A row of a table. */
    sealed interface RowPosition {

        /** The row's number among {@code rows} rows, counted from 0; the last when there are too few. */
        long in(long rows);

        /** A number, counted from 0. */
        record Index(long row) implements RowPosition {
            @Override
            public long in(long rows) {
                return Math.min(row, Math.max(0, rows - 1));
            }
        }

        /** A share of the table's rows, from 0 to below 1, so that the row exists at every scale. */
        record Share(BigDecimal fraction) implements RowPosition {
            @Override
            public long in(long rows) {
                return fraction.multiply(BigDecimal.valueOf(rows)).longValue();
            }
        }
    }

    /** The parameter that a text of the form {@code :name} refers to; empty for any other text. */
    static Optional<String> reference(String text) {
        Matcher matcher = References.FORM.matcher(text);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** Holds the form of a reference, because an interface has no private fields. */
    final class References {
        private static final Pattern FORM = Pattern.compile(":([\\p{L}_][\\p{L}\\p{N}_]*)");

        private References() {}
    }
}
