package dev.pgattest.workload;

import java.util.List;
import java.util.Optional;

/**
 * The canonical set of a project's indexes, with those that were considered and turned down.
 *
 * @param indexes in declared order; names are unique
 */
public record IndexPlan(List<PlannedIndex> indexes) {

    /** The plan of a project that declares none. */
    public static final IndexPlan NONE = new IndexPlan(List.of());

    public IndexPlan {
        indexes = List.copyOf(indexes);
    }

    /** The index of that name. */
    public Optional<PlannedIndex> index(String name) {
        return indexes.stream().filter(index -> index.name().equals(name)).findFirst();
    }

    /** Those that are to exist, in declared order. */
    public List<PlannedIndex> wanted() {
        return indexes.stream().filter(index -> index.decision().isWanted()).toList();
    }

    /** Those that are to exist and are said to serve a query or job, in declared order. */
    public List<PlannedIndex> serving(String query) {
        return wanted().stream()
                .filter(index -> index.purpose().serves().contains(query))
                .toList();
    }
}
