package dev.pgattest.workload;

import dev.pgattest.sql.SqlFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the states: the first is the migrations alone, every other one changes another. */
final class StateReader {

    private final ReferencedFiles files;

    StateReader(ReferencedFiles files) {
        this.files = files;
    }

    List<State> read(Entry states) {
        List<Entry> entries = states.children();
        Names.rejectRepeated(entries);
        List<State> read = new ArrayList<>();
        for (Entry entry : entries) {
            String description = entry.at("description").textOr("");
            boolean isFirst = read.isEmpty();
            if (isFirst) {
                rejectChange(entry);
            }
            read.add(new State(entry.name(), description, isFirst ? null : change(entry, states.names())));
        }
        rejectCycles(entries);
        return read;
    }

    private static void rejectChange(Entry entry) {
        for (String key : List.of("from", "apply", "undo")) {
            if (entry.at(key).exists()) {
                entry.at(key)
                        .rejectKey(
                                "the first state '" + entry.name() + "' has '" + key + "'",
                                "remove it: the first state is the migrations alone");
            }
        }
    }

    private State.Change change(Entry entry, List<String> names) {
        for (String key : List.of("from", "apply", "undo")) {
            if (entry.isMapping() && !entry.at(key).exists()) {
                entry.rejectKey(
                        "the state '" + entry.name() + "' has no '" + key + "'",
                        key.equals("from")
                                ? "write for example `from: " + names.get(0) + "`"
                                : "write for example `" + key + ": states/" + entry.name() + "/" + key + ".sql`");
            }
        }
        Names.requireKnownText(entry.at("from"), "state", names);
        Optional<SqlFile> apply = files.script(entry.at("apply"));
        Optional<SqlFile> undo = files.script(entry.at("undo"));
        SqlFile none = new SqlFile("", "");
        return new State.Change(entry.at("from").textOr(""), apply.orElse(none), undo.orElse(none));
    }

    private static void rejectCycles(List<Entry> entries) {
        Map<String, String> from = new HashMap<>();
        entries.stream()
                .skip(1)
                .forEach(entry -> from.put(entry.name(), entry.at("from").textOr("")));
        for (Entry entry : entries) {
            Set<String> path = new LinkedHashSet<>();
            String state = entry.name();
            while (from.containsKey(state) && path.add(state)) {
                state = from.get(state);
            }
            if (from.containsKey(state) && state.equals(entry.name())) {
                entry.at("from")
                        .reject(
                                "the state '" + entry.name() + "' comes from itself: " + String.join(" <- ", path)
                                        + " <- " + state,
                                "let it come from a state that leads to '"
                                        + entries.get(0).name() + "'");
            }
        }
    }
}
