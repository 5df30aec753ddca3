package dev.pgattest.schema;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A unique index that refuses rows which another one of the same table is made to accept, so that the other never decides anything.
 *
 * @param reason what it refuses; a part of a sentence about the narrower index
 */
public record IndexConflict(String reason) {

    /**
     * Whether {@code narrow} refuses rows that {@code wide} is made to accept: it is unique in fewer keys of the same rows, or in the
     * same keys and treats NULLs as equal.
     */
    public static Optional<IndexConflict> of(IndexDefinition narrow, IndexDefinition wide) {
        boolean both = narrow.isUnique() && wide.isUnique() && wide.rows().implies(narrow.rows());
        Set<IndexKey> fewer = compared(narrow);
        Set<IndexKey> more = compared(wide);
        if (!both || !more.containsAll(fewer)) {
            return Optional.empty();
        }
        if (fewer.size() < more.size()) {
            Set<IndexKey> rest = new HashSet<>(more);
            rest.removeAll(fewer);
            return Optional.of(new IndexConflict("it refuses rows that differ only in "
                    + wide.keys().stream()
                            .filter(key -> rest.contains(key.compared()))
                            .map(key -> key.column().orElse("an expression"))
                            .collect(Collectors.joining(", "))));
        }
        boolean stricter = narrow.uniqueness() == IndexDefinition.Uniqueness.NULLS_NOT_DISTINCT
                && wide.uniqueness() != IndexDefinition.Uniqueness.NULLS_NOT_DISTINCT;
        return stricter ? Optional.of(new IndexConflict("it refuses a second row with NULL")) : Optional.empty();
    }

    private static Set<IndexKey> compared(IndexDefinition index) {
        return index.keys().stream().map(IndexKey::compared).collect(Collectors.toSet());
    }
}
