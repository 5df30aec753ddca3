package dev.pgattest.workload;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a reviewer expects of a query's result and plan.
 *
 * @param rows how many rows it returns, a number or words; empty when nothing is said
 * @param criticalTables tables too large for a sequential scan
 * @param indexes names of the indexes meant to serve it, by state
 * @param noIndex why it needs none; empty when nothing is said
 */
public record Expectation(String rows, List<String> criticalTables, Map<String, List<String>> indexes, String noIndex) {

    public Expectation {
        criticalTables = List.copyOf(criticalTables);
        Map<String, List<String>> copy = new LinkedHashMap<>();
        indexes.forEach((state, names) -> copy.put(state, List.copyOf(names)));
        indexes = Collections.unmodifiableMap(copy);
    }

    /** The indexes meant to serve the query in a state; empty when nothing is said. */
    public List<String> indexesIn(String state) {
        return indexes.getOrDefault(state, List.of());
    }
}
