package dev.pgattest.dataset;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the values of a column come about; the declaration, not the code that makes them. Values are written as text. */
public sealed interface GeneratorSpec {

    /** A value of its own for every row: a version-4 uuid, the row number from 1, or {@code prefix} and 16 hexadecimal digits. */
    record Identifier(String prefix) implements GeneratorSpec {}

    /** The same value in every row. */
    record Constant(String value) implements GeneratorSpec {}

    /** Any value from {@code min} to {@code max}, both included, each as likely. */
    record Uniform(String min, String max) implements GeneratorSpec {}

    /** One of the values, by weight. */
    record Choice(List<Weighted> values) implements GeneratorSpec {
        public Choice {
            values = List.copyOf(values);
        }
    }

    /** A value and how often it is chosen compared with the others: at least 0, and more than 0 for one of them. */
    record Weighted(String value, BigDecimal weight) {}

    /** One of the values: the k-th (from 1) with weight 1 / k^exponent. */
    record Zipf(List<String> values, BigDecimal exponent) implements GeneratorSpec {
        public Zipf {
            values = List.copyOf(values);
        }
    }

    /** The values in turn: row 1 has the first, the row after the last begins again. */
    record Cycle(List<String> values) implements GeneratorSpec {
        public Cycle {
            values = List.copyOf(values);
        }
    }

    /** The value that {@code column} has in some row of {@code table}; without groups each row is as likely. */
    record Reference(String table, String column, List<ShareGroup> shares) implements GeneratorSpec {
        public Reference {
            shares = List.copyOf(shares);
        }
    }

    /** The value of a column in the parent row. */
    record Parent(String column) implements GeneratorSpec {}

    /** The value of another column in the same row. */
    record Copy(String column) implements GeneratorSpec {}

    /**
     * Instants that follow the row order, as in an append-only log.
     *
     * @param from first day, UTC
     * @param days length of the period in days
     * @param spikes busy days; null when there are none
     * @param weekend volume of a Saturday or Sunday relative to another day of the same class, 1 for no rhythm
     */
    record Time(String from, int days, @Nullable Spikes spikes, BigDecimal weekend) implements GeneratorSpec {}

    /** {@code share} of the rows fall on {@code days} of the days (both fractions of 1). */
    record Spikes(BigDecimal days, BigDecimal share) {}

    /** An instant (or a day) from {@code min} to {@code max} after the one in {@code column} of the parent or of the same row. */
    record After(String column, boolean ofParent, Duration min, Duration max) implements GeneratorSpec {}

    /** Shares of the rows of one parent, which sum to exactly 1. */
    record Ratio() implements GeneratorSpec {}

    /** Parts of the parent's amount, which sum to exactly that amount and follow the ratio column {@code by}, if there is one. */
    record Split(String column, @Nullable String by) implements GeneratorSpec {}

    /** Text with the row number, from 1, in place of every <code>{row}</code>. */
    record Template(String text) implements GeneratorSpec {}

    /** Text of {@code min} to {@code max} characters, of words if there are any, otherwise of letters of the alphabet. */
    record Characters(int min, int max, String alphabet, List<String> words) implements GeneratorSpec {
        public Characters {
            words = List.copyOf(words);
        }
    }

    /** A JSON object; the name of each member's column is its key. */
    record Json(List<ColumnSpec> members) implements GeneratorSpec {
        public Json {
            members = List.copyOf(members);
        }
    }

    /** A JSON array of {@code min} to {@code max} elements, for use in an object. */
    record JsonArray(ColumnSpec element, int min, int max) implements GeneratorSpec {}
}
