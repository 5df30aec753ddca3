package dev.pgattest.dataset;

import java.util.List;
import java.util.Optional;

/** Where the rows of a table come from. */
public sealed interface RowRule {

    /** The table whose rows are the parents of these; empty when there are none. */
    default Optional<String> parent() {
        return Optional.empty();
    }

    /** As many as the profile says. */
    record Own() implements RowRule {}

    /** For each parent as many rows as one of the counts; every block of as many parents as counts uses each count once. */
    record Each(String table, List<Integer> counts) implements RowRule {
        public Each {
            counts = List.copyOf(counts);
        }

        @Override
        public Optional<String> parent() {
            return Optional.of(table);
        }
    }

    /** One row for one parent out of {@code every} neighbouring ones. */
    record Sample(String table, int every) implements RowRule {
        @Override
        public Optional<String> parent() {
            return Optional.of(table);
        }
    }
}
