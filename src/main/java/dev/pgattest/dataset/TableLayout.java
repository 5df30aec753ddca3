package dev.pgattest.dataset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A table while its generators are put together: its rows, its parent, and the places that they need in a cursor. */
final class TableLayout {

    private final TableSpec spec;
    private final long seed;
    private final RowOrigin origin;
    private final @Nullable TableLayout parent;
    private final List<TableLayout> others = new ArrayList<>();
    private final Map<Long, Integer> memories = new HashMap<>();

    TableLayout(TableSpec spec, long seed, RowOrigin origin, @Nullable TableLayout parent) {
        this.spec = spec;
        this.seed = seed;
        this.origin = origin;
        this.parent = parent;
    }

    TableSpec spec() {
        return spec;
    }

    long seed() {
        return seed;
    }

    RowOrigin origin() {
        return origin;
    }

    TableLayout parent() {
        return Objects.requireNonNull(parent, "the table has no parent");
    }

    List<TableLayout> others() {
        return others;
    }

    int memories() {
        return memories.size();
    }

    /** A place for a cursor on {@code other}. */
    int placeOf(TableLayout other) {
        others.add(other);
        return others.size() - 1;
    }

    /** The place for what the generators of a seed remember of a row; those of one seed make the same and share it. */
    int placeOfMemory(long ofSeed) {
        return memories.computeIfAbsent(ofSeed, unseen -> memories.size());
    }
}
