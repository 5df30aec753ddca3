package dev.pgattest.drift;

import dev.pgattest.evidence.IndexUse;
import dev.pgattest.schema.CatalogIndex;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The measured state whose indexes a database has most of, by their names.
 *
 * @param state name of the state
 * @param missing indexes of the state that the database lacks, sorted
 * @param more indexes of the database that the state lacks, sorted
 */
public record ClosestState(String state, Set<String> missing, Set<String> more) {

    private static final int SHOWN = 4;

    /** Of the states that were measured, the first with the fewest differences; empty when none was. */
    public static Optional<ClosestState> of(List<CatalogIndex> indexes, List<IndexUse> measured) {
        Set<String> names = indexes.stream().map(index -> index.name().name()).collect(Collectors.toSet());
        return measured.stream()
                .map(state -> beside(state, names))
                .min(Comparator.comparingInt(ClosestState::differences));
    }

    private static ClosestState beside(IndexUse state, Set<String> names) {
        Set<String> missing = new TreeSet<>(state.sizes().keySet());
        missing.removeAll(names);
        Set<String> more = new TreeSet<>(names);
        more.removeAll(state.sizes().keySet());
        return new ClosestState(state.state(), missing, more);
    }

    private int differences() {
        return missing.size() + more.size();
    }

    /** One sentence without its full stop. */
    public String sentence() {
        if (differences() == 0) {
            return "the database has the indexes of the state " + state;
        }
        return "of the states that were measured, the database is closest to " + state + shown(", without ", missing)
                + shown(", with ", more);
    }

    private static String shown(String before, Set<String> names) {
        if (names.isEmpty()) {
            return "";
        }
        String some = names.stream().limit(SHOWN).collect(Collectors.joining(", "));
        int others = names.size() - SHOWN;
        return before + some + (others > 0 ? " and " + others + " more" : "");
    }
}
