package dev.pgattest.pipeline;

import dev.pgattest.PgattestException;
import dev.pgattest.deploy.CatalogObject;
import dev.pgattest.deploy.CatalogSnapshot;
import dev.pgattest.deploy.ScriptStatement;
import dev.pgattest.deploy.StatementObjects;
import dev.pgattest.deploy.WantedIndex;
import dev.pgattest.sql.QualifiedName;
import dev.pgattest.workload.Project;
import dev.pgattest.workload.State;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the states of a project are, as a server makes them with empty tables.
 *
 * @param project the project
 * @param catalogs the catalog of each state, by its name
 * @param applied what each script that makes a state does, by the state's name
 * @param undone what each script that undoes a state does, by the state's name
 */
record ReferenceStates(
        Project project,
        Map<String, CatalogSnapshot> catalogs,
        Map<String, List<ScriptStatement>> applied,
        Map<String, List<ScriptStatement>> undone) {

    private static final CatalogSnapshot EMPTY = new CatalogSnapshot(Map.of(), Map.of(), Map.of(), Map.of(), Set.of());

    ReferenceStates {
        catalogs = Map.copyOf(catalogs);
        applied = Map.copyOf(applied);
        undone = Map.copyOf(undone);
    }

    /** Collects them. */
    static final class Builder {

        private final Map<String, CatalogSnapshot> catalogs = new HashMap<>();
        private final Map<String, List<ScriptStatement>> applied = new HashMap<>();
        private final Map<String, List<ScriptStatement>> undone = new HashMap<>();

        void catalog(String state, CatalogSnapshot catalog) {
            catalogs.put(state, catalog);
        }

        void applied(String state, List<ScriptStatement> trace) {
            applied.put(state, trace);
        }

        void undone(String state, List<ScriptStatement> trace) {
            undone.put(state, trace);
        }

        ReferenceStates build(Project project) {
            return new ReferenceStates(project, catalogs, applied, undone);
        }
    }

    /**
     * The state of that name.
     *
     * @throws PgattestException of bad input when there is none
     */
    State state(String name) {
        return state(project, name);
    }

    /** The state of that name in a project. */
    static State state(Project project, String name) {
        return project.state(name).orElseThrow(() -> {
            String names =
                    String.join(", ", project.states().stream().map(State::name).toList());
            return PgattestException.badInput("the project has no state " + name, "name one of " + names);
        });
    }

    /** What a state is. */
    CatalogSnapshot catalog(String state) {
        return catalogs.getOrDefault(state, EMPTY);
    }

    /** The indexes of a state that are not parts of partitioned ones. */
    Map<QualifiedName, WantedIndex> indexes(String state) {
        CatalogSnapshot catalog = catalog(state);
        Map<QualifiedName, WantedIndex> indexes = new HashMap<>();
        catalog.indexes().forEach((name, index) -> {
            if (index.partOf().isEmpty()) {
                catalog.asWanted(name).ifPresent(wanted -> indexes.put(name, wanted));
            }
        });
        return indexes;
    }

    /** The names of the indexes of all states. */
    Set<QualifiedName> managed() {
        Set<QualifiedName> managed = new HashSet<>();
        project.states().forEach(state -> managed.addAll(indexes(state.name()).keySet()));
        return managed;
    }

    /** The statements that lead from one state to another: undone up to what both come from, then applied. */
    List<ScriptStatement> path(String from, String to) {
        List<String> down = lineage(to);
        List<ScriptStatement> path = new ArrayList<>();
        String common = from;
        while (!down.contains(common)) {
            path.addAll(undone.getOrDefault(common, List.of()));
            common = parent(common);
        }
        down.subList(down.indexOf(common) + 1, down.size())
                .forEach(state -> path.addAll(applied.getOrDefault(state, List.of())));
        return path;
    }

    /** What the scripts that lead to a state make, as far as the catalog can be asked. */
    Set<CatalogObject> made(String state) {
        Set<CatalogObject> made = new LinkedHashSet<>();
        for (String each : lineage(state)) {
            for (ScriptStatement statement : applied.getOrDefault(each, List.of())) {
                StatementObjects objects = StatementObjects.of(statement.node());
                made.addAll(objects.made());
                objects.removed().forEach(made::remove);
            }
        }
        return made;
    }

    private List<String> lineage(String state) {
        List<String> lineage = new ArrayList<>();
        for (String each = state; ; each = parent(each)) {
            lineage.add(each);
            if (state(each).changeFromAnother().isEmpty()) {
                Collections.reverse(lineage);
                return lineage;
            }
        }
    }

    private String parent(String state) {
        return state(state).changeFromAnother().orElseThrow().from();
    }

    /** The indexes of a state that go with what the scripts make anew: no step removed them, a script dropped them with their table. */
    Map<QualifiedName, WantedIndex> remade(List<ScriptStatement> statements, String state) {
        Set<QualifiedName> made = new HashSet<>();
        statements.forEach(statement -> made.addAll(statement.made()));
        Map<QualifiedName, WantedIndex> remade = new HashMap<>();
        indexes(state).forEach((name, index) -> {
            if (made.contains(name) && made.contains(index.table())) {
                remade.put(name, index);
            }
        });
        return remade;
    }
}
