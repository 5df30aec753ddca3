package dev.pgattest.schema;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * An index that a database could do without, because another of the same table does all that it does.
 *
 * @param index the one to drop
 * @param other the one that stays; valid, maintained and not being dropped
 * @param comparison what the index is beside the other
 */
public record Redundancy(CatalogIndex index, CatalogIndex other, IndexComparison comparison) {

    /** Of two that are the same, the one that is harder to replace stays; of equals the first by name. */
    private static final Comparator<CatalogIndex> WORTH = Comparator.<CatalogIndex>comparingInt(Redundancy::worth)
            .reversed()
            .thenComparing(index -> index.name().sql());

    /**
     * The redundant ones among indexes, each once, in their order. Those that are invalid are left out, for another remedy is due, and
     * so are those that replication or {@code CLUSTER} goes by.
     */
    public static List<Redundancy> among(List<CatalogIndex> indexes) {
        List<Redundancy> redundant = new ArrayList<>();
        for (CatalogIndex index : indexes) {
            if (isUsable(index)
                    && !index.standing().replicaIdentity()
                    && !index.standing().clustered()) {
                beside(index, indexes).ifPresent(redundant::add);
            }
        }
        return redundant;
    }

    private static Optional<Redundancy> beside(CatalogIndex index, List<CatalogIndex> indexes) {
        return indexes.stream()
                .filter(other -> isUsable(other)
                        && other.table().equals(index.table())
                        && !other.name().equals(index.name()))
                .map(other -> new Redundancy(index, other, IndexComparison.of(index.definition(), other.definition())))
                .filter(each -> each.comparison().redundant() && !each.isTheOneThatStays())
                .min(Comparator.comparing((Redundancy each) -> each.comparison().relation())
                        .thenComparing(each -> each.other(), WORTH));
    }

    private boolean isTheOneThatStays() {
        return IndexComparison.of(other.definition(), index.definition()).redundant()
                && WORTH.compare(index, other) < 0;
    }

    private static boolean isUsable(CatalogIndex index) {
        return index.standing().valid()
                && index.standing().ready()
                && index.standing().live();
    }

    private static int worth(CatalogIndex index) {
        int constraint = index.constraint() == null ? 0 : 4;
        int identity = index.standing().replicaIdentity() ? 2 : 0;
        return constraint + identity + (index.standing().clustered() ? 1 : 0);
    }
}
