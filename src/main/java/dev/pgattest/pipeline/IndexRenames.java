package dev.pgattest.pipeline;

import dev.pgattest.deploy.CatalogSnapshot;
import dev.pgattest.deploy.StepState;
import dev.pgattest.deploy.Wanted;
import dev.pgattest.deploy.WantedIndex;
import dev.pgattest.postgres.Session;
import dev.pgattest.schema.CatalogIndex;
import dev.pgattest.sql.QualifiedName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Finds indexes that are to be there and are, under the name of a managed one that is to go. */
final class IndexRenames {

    private final CatalogSnapshot live;
    private final IndexSameness sameness;

    IndexRenames(Session session, CatalogSnapshot live) {
        this.live = live;
        this.sameness = new IndexSameness(session, live);
    }

    /** Their names of now, each once, by the names that they are to have. */
    Map<QualifiedName, QualifiedName> of(Wanted wanted) {
        Map<QualifiedName, QualifiedName> renames = new HashMap<>();
        for (WantedIndex index : wanted.indexes().values()) {
            boolean missing = live.relation(index.name()).isEmpty()
                    && live.index(index.name()).isEmpty();
            if (missing && index.owner().isEmpty()) {
                former(index, wanted, renames).ifPresent(former -> renames.put(index.name(), former));
            }
        }
        return renames;
    }

    private Optional<QualifiedName> former(
            WantedIndex index, Wanted wanted, Map<QualifiedName, QualifiedName> renames) {
        return wanted.managed().stream()
                .filter(name -> wanted.index(name).isEmpty() && !renames.containsValue(name))
                .filter(name -> name.schema() != null
                        && name.schema().equals(index.name().schema()))
                .filter(name -> live.index(name)
                        .filter(present -> isFree(present, index))
                        .isPresent())
                .filter(name -> sameness.is(name, index.statement()))
                .findFirst();
    }

    /** A constraint's name is part of statements that name it, so those are left. */
    private static boolean isFree(CatalogIndex present, WantedIndex index) {
        return present.table().equals(index.table())
                && StepState.isUsable(present)
                && present.partOf().isEmpty()
                && present.owningConstraint().isEmpty();
    }
}
