package dev.pgattest.drift;

import dev.pgattest.evidence.IndexUse;
import dev.pgattest.schema.CatalogIndex;
import dev.pgattest.schema.ForeignKey;
import dev.pgattest.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is compared.
 *
 * @param plan every index of the plan and what the database has of it, in the plan's order
 * @param indexes every index of the database
 * @param foreignKeys every foreign key of the database
 * @param firstState names of the indexes of the first state, with their schemas; null when the decisions are not to be checked
 * @param use what captured plans use in the state that is compared; null when there is no evidence of it
 * @param proof what captured plans use in the gate, for which the plan is made; null when there is no evidence of it
 */
public record DriftInput(
        List<Counterpart> plan,
        List<CatalogIndex> indexes,
        List<ForeignKey> foreignKeys,
        @Nullable Set<QualifiedName> firstState,
        @Nullable IndexUse use,
        @Nullable IndexUse proof) {

    public DriftInput {
        plan = List.copyOf(plan);
        indexes = List.copyOf(indexes);
        foreignKeys = List.copyOf(foreignKeys);
        firstState = firstState == null ? null : Set.copyOf(firstState);
    }

    /** The plan's entry that an index of the database belongs to. */
    Optional<Counterpart> planOf(CatalogIndex index) {
        return plan.stream()
                .filter(each -> each.existing()
                        .filter(found -> found.index().equals(index))
                        .isPresent())
                .findFirst();
    }

    /** The indexes that stand for themselves: a part of a partitioned index belongs to that. */
    List<CatalogIndex> whole() {
        return indexes.stream().filter(index -> index.partOf().isEmpty()).toList();
    }
}
