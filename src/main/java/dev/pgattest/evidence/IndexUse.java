package dev.pgattest.evidence;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the captured plans of one state say of its indexes.
 *
 * @param state name of the state
 * @param scale share of the profile's rows
 * @param sizes size of each index in bytes, by its name
 * @param uses each case and an index that a plan of it uses in some mode, in measured order
 * @param queries queries and jobs that were measured
 */
public record IndexUse(String state, double scale, Map<String, Long> sizes, List<Use> uses, Set<String> queries) {

    /** A case and an index that a plan of it uses. */
    public record Use(String query, String caseName, String index) {}

    public IndexUse {
        sizes = Collections.unmodifiableMap(new LinkedHashMap<>(sizes));
        uses = List.copyOf(uses);
        queries = Set.copyOf(queries);
    }

    /** What evidence says of a state; empty when it was not measured. */
    public static Optional<IndexUse> of(StoredEvidence evidence, String state) {
        return evidence.state(state)
                .map(each -> of(each, evidence.data().scale().doubleValue()));
    }

    private static IndexUse of(StoredEvidence.State state, double scale) {
        Map<String, Long> sizes = new LinkedHashMap<>();
        state.indexes().forEach(index -> sizes.put(index.name(), index.sizeBytes()));
        List<Use> uses = state.cases().stream()
                .flatMap(each -> each.indexesUsed().stream().map(index -> new Use(each.query(), each.name(), index)))
                .toList();
        Set<String> queries =
                state.cases().stream().map(StoredEvidence.MeasuredCase::query).collect(Collectors.toSet());
        return new IndexUse(state.name(), scale, sizes, uses, queries);
    }

    /** Whether the state had an index of this name. */
    public boolean hasIndex(String index) {
        return sizes.containsKey(index);
    }

    /** Whether plans of a query or job were captured. */
    public boolean hasMeasured(String query) {
        return queries.contains(query);
    }

    /** Whether any plan uses an index. */
    public boolean isUsed(String index) {
        return uses.stream().anyMatch(use -> use.index().equals(index));
    }

    /** Whether a plan of any case of a query uses an index. */
    public boolean isUsedBy(String index, String query) {
        return uses.stream()
                .anyMatch(use -> use.index().equals(index) && use.query().equals(query));
    }

    /** The indexes that the plans of a query use, sorted. */
    public List<String> indexesOf(String query) {
        return uses.stream()
                .filter(use -> use.query().equals(query))
                .map(Use::index)
                .distinct()
                .sorted()
                .toList();
    }

    /** The queries with the cases whose plans use an index: {@code Q1 (typical, worst), Q6 (typical)}; empty when none does. */
    public String casesOf(String index) {
        Map<String, Set<String>> cases = new LinkedHashMap<>();
        uses.stream()
                .filter(use -> use.index().equals(index))
                .forEach(use -> cases.computeIfAbsent(use.query(), query -> new TreeSet<>())
                        .add(use.caseName()));
        return cases.entrySet().stream()
                .map(entry -> entry.getKey() + " (" + String.join(", ", entry.getValue()) + ")")
                .collect(Collectors.joining(", "));
    }
}
