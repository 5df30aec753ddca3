package dev.pgattest.ledger;

import dev.pgattest.schema.CatalogIndex;
import dev.pgattest.schema.IndexComparison;
import dev.pgattest.schema.IndexDefinition.Backing;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Another index that does all that this one does.
 *
 * @param other name of the other index, without its schema
 * @param reason a part of a sentence about this one
 */
public record Redundancy(String other, String reason) {

    /** Of indexes that make each other redundant, the first in this order is kept. */
    private static final Comparator<CatalogIndex> WORTH_KEEPING = Comparator.comparing(
                    (CatalogIndex index) -> index.definition().backing() == Backing.NONE)
            .thenComparing(index -> !index.standing().replicaIdentity())
            .thenComparing(index -> index.name().name());

    /** What makes an index redundant among all; empty for nothing. Only indexes that queries may use count. */
    public static Optional<Redundancy> of(CatalogIndex index, List<CatalogIndex> all) {
        return all.stream()
                .filter(other ->
                        !other.name().equals(index.name()) && other.table().equals(index.table()))
                .filter(other -> other.standing().valid() && !index.standing().replicaIdentity())
                .filter(other -> compare(index, other).redundant())
                .filter(other -> !compare(other, index).redundant() || WORTH_KEEPING.compare(other, index) < 0)
                .min(WORTH_KEEPING)
                .map(other -> new Redundancy(
                        other.name().name(), compare(index, other).reason()));
    }

    private static IndexComparison compare(CatalogIndex one, CatalogIndex other) {
        return IndexComparison.of(one.definition(), other.definition());
    }
}
