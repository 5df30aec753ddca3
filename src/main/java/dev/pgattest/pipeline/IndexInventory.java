package dev.pgattest.pipeline;

import dev.pgattest.ledger.IndexFacts;
import dev.pgattest.postgres.IndexCatalog;
import dev.pgattest.postgres.RemovableIndex;
import dev.pgattest.postgres.Session;
import dev.pgattest.schema.CatalogIndex;
import dev.pgattest.schema.ForeignKey;
import dev.pgattest.schema.IndexDefinition;
import dev.pgattest.schema.Redundancy;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The indexes of a database with what they are there for.
 *
 * @param removable every index that can be taken away on its own
 * @param all every index, parts of partitioned ones too
 * @param foreignKeys every foreign key
 */
record IndexInventory(List<RemovableIndex> removable, List<CatalogIndex> all, List<ForeignKey> foreignKeys) {

    /** Reads it. */
    static IndexInventory read(Session session) {
        return new IndexInventory(
                RemovableIndex.all(session), IndexCatalog.indexes(session), IndexCatalog.foreignKeys(session));
    }

    /** What an index is; {@code buildMs} and {@code heldBy} are null when unknown and when nothing holds it. */
    IndexFacts facts(RemovableIndex index, @Nullable Double buildMs, @Nullable String heldBy) {
        CatalogIndex catalogued = catalogued(index);
        return new IndexFacts(
                index.name(),
                index.table(),
                index.definition(),
                new IndexFacts.Sizes(index.sizeBytes(), index.tableBytes(), buildMs),
                new IndexFacts.Duties(enforces(catalogued), servedAlone(catalogued), substitute(catalogued)),
                heldBy);
    }

    /** The definition of an index. */
    IndexDefinition definition(RemovableIndex index) {
        return catalogued(index).definition();
    }

    /** The definitions of all indexes of the tables that hold an index's rows. */
    List<IndexDefinition> neighbours(RemovableIndex index) {
        return all.stream()
                .filter(each -> each.table().equals(index.table())
                        || index.tables().contains(each.table().sql()))
                .map(CatalogIndex::definition)
                .toList();
    }

    private CatalogIndex catalogued(RemovableIndex index) {
        return all.stream()
                .filter(each -> each.name().equals(index.name()))
                .findFirst()
                .orElseThrow();
    }

    private List<CatalogIndex> roots() {
        return all.stream().filter(each -> each.partOf().isEmpty()).toList();
    }

    private IndexFacts.@Nullable Substitute substitute(CatalogIndex index) {
        return Redundancy.among(roots()).stream()
                .filter(each -> each.index().name().equals(index.name()))
                .findFirst()
                .map(each -> new IndexFacts.Substitute(
                        each.other().name().name(), each.comparison().reason()))
                .orElse(null);
    }

    private List<String> servedAlone(CatalogIndex index) {
        return foreignKeys.stream()
                .filter(key -> key.isServedBy(index))
                .filter(key -> roots().stream()
                        .noneMatch(other -> !other.name().equals(index.name()) && key.isServedBy(other)))
                .map(key -> key.name() + " to " + key.referenced().sql())
                .toList();
    }

    private static String enforces(CatalogIndex index) {
        String keys = index.definition().keys().stream()
                .map(key -> key.column().orElse("an expression"))
                .collect(Collectors.joining(", "));
        String rule = index.owningConstraint()
                .map(name -> switch (index.definition().backing()) {
                    case PRIMARY_KEY -> "the primary key (" + keys + ")";
                    case EXCLUSION -> "the exclusion constraint " + name;
                    default -> "the unique constraint (" + keys + ")";
                })
                .orElse(index.definition().isUnique() ? "that (" + keys + ") is unique" : "");
        String partial = rule.isEmpty() || !index.definition().isPartial() ? "" : " among its rows";
        String identity = index.standing().replicaIdentity() ? "the replica identity" : "";
        return rule.isEmpty() || identity.isEmpty() ? rule + partial + identity : rule + partial + " and " + identity;
    }
}
