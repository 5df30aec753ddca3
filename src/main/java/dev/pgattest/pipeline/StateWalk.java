package dev.pgattest.pipeline;

import dev.pgattest.PgattestException;
import dev.pgattest.Problem;
import dev.pgattest.postgres.Connections;
import dev.pgattest.postgres.SchemaFingerprint;
import dev.pgattest.postgres.Session;
import dev.pgattest.postgres.StateScript;
import dev.pgattest.sql.SqlFile;
import dev.pgattest.workload.Project;
import dev.pgattest.workload.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes a database from state to state: undoes changes up to the state that both have in common, then applies changes down to the
 * wanted one. Every undo is checked to have restored the catalog exactly.
 */
final class StateWalk {

    private static final int SHOWN_DIFFERENCES = 6;

    private final Project project;
    private final Connections connections;
    private final Map<String, SchemaFingerprint> fingerprints = new HashMap<>();
    private final Map<String, Double> buildMs = new HashMap<>();
    private State current;

    /** A walk that begins in the project's first state. */
    StateWalk(Project project, Connections connections, Map<String, Double> buildMs) {
        this.project = project;
        this.connections = connections;
        this.current = project.firstState();
        this.buildMs.putAll(buildMs);
        try (Session session = connections.open()) {
            fingerprints.put(current.name(), SchemaFingerprint.read(session));
        }
    }

    /** The schema of the state that the database is in. */
    SchemaFingerprint fingerprint() {
        SchemaFingerprint fingerprint = fingerprints.get(current.name());
        if (fingerprint == null) {
            throw new IllegalStateException("no fingerprint of " + current.name());
        }
        return fingerprint;
    }

    /** Milliseconds that building each index took, as far as pgattest built it, by quoted name. */
    Map<String, Double> buildMs() {
        return Map.copyOf(buildMs);
    }

    /** Brings the database to a state. */
    void to(State wanted) {
        List<State> down = lineage(wanted);
        while (!down.contains(current)) {
            undo();
        }
        for (State next : down.subList(down.indexOf(current) + 1, down.size())) {
            apply(next);
        }
    }

    private void apply(State next) {
        SqlFile script = change(next).apply();
        try (Session session = connections.open()) {
            buildMs.putAll(StateScript.run(session, script.path(), script.text()));
            current = next;
            fingerprints.put(next.name(), SchemaFingerprint.read(session));
        }
    }

    private void undo() {
        State.Change change = change(current);
        SchemaFingerprint before = fingerprints.get(change.from());
        try (Session session = connections.open()) {
            buildMs.putAll(
                    StateScript.run(session, change.undo().path(), change.undo().text()));
            SchemaFingerprint after = SchemaFingerprint.read(session);
            if (before != null && !before.digest().equals(after.digest())) {
                throw PgattestException.badInput(List.of(Problem.ofFile(
                        change.undo().path(),
                        "undoing " + current.name() + " does not restore the catalog of " + change.from() + ": "
                                + shown(before.differences(after)),
                        "make the undo restore exactly what the change took away")));
            }
        }
        current = project.state(change.from()).orElseThrow();
    }

    private static String shown(List<String> differences) {
        String first = String.join("; ", differences.subList(0, Math.min(SHOWN_DIFFERENCES, differences.size())));
        int more = differences.size() - SHOWN_DIFFERENCES;
        return more > 0 ? first + "; and " + more + " more" : first;
    }

    /** The states from the first to this one. */
    private List<State> lineage(State state) {
        List<State> lineage = new ArrayList<>();
        for (State each = state; ; each = project.state(change(each).from()).orElseThrow()) {
            lineage.add(0, each);
            if (each.changeFromAnother().isEmpty()) {
                return lineage;
            }
        }
    }

    private static State.Change change(State state) {
        return state.changeFromAnother()
                .orElseThrow(() -> new IllegalStateException(state.name() + " is the first state"));
    }
}
