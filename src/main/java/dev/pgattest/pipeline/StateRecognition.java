package dev.pgattest.pipeline;

import dev.pgattest.deploy.CatalogObject;
import dev.pgattest.deploy.CatalogSnapshot;
import dev.pgattest.postgres.DeploymentCatalog;
import dev.pgattest.postgres.Session;
import dev.pgattest.sql.QualifiedName;
import dev.pgattest.workload.State;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tells by the catalog in which state a database is that has no journal. */
final class StateRecognition {

    private final ReferenceStates reference;
    private final CatalogSnapshot live;
    private final Session session;

    StateRecognition(ReferenceStates reference, CatalogSnapshot live, Session session) {
        this.reference = reference;
        this.live = live;
        this.session = session;
    }

    /** The state whose scripts have made what is there and nothing else; of several, the one whose indexes fit best. */
    String name(List<String> notes) {
        Set<CatalogObject> all = new HashSet<>();
        reference.project().states().forEach(state -> all.addAll(reference.made(state.name())));
        Map<CatalogObject, Boolean> there = DeploymentCatalog.exist(session, all);
        String best = reference.project().firstState().name();
        long bestFit = -1;
        for (State state : reference.project().states()) {
            Set<CatalogObject> made = reference.made(state.name());
            boolean possible =
                    all.stream().allMatch(object -> made.contains(object) == there.getOrDefault(object, false));
            long fit = possible ? fit(state.name()) : -1;
            if (fit > bestFit) {
                best = state.name();
                bestFit = fit;
            }
        }
        notes.add("without a journal, the catalog says that the database is in " + best);
        return best;
    }

    /** How many indexes are there that are to be there, or are not that are not. */
    private long fit(String state) {
        Set<QualifiedName> indexes = reference.indexes(state).keySet();
        return reference.managed().stream()
                .filter(name -> indexes.contains(name) == live.index(name).isPresent())
                .count();
    }
}
