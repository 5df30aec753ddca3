package dev.pgattest.health;

import dev.pgattest.sql.QualifiedName;
import java.util.Map;

/**
 * Another server with the same indexes.
 *
 * @param address host and port
 * @param counters how its counters of use are kept
 * @param uses how its indexes were used, by name
 */
public record ReplicaFacts(String address, ServerFacts.Counters counters, Map<QualifiedName, IndexFacts.Use> uses) {

    public ReplicaFacts {
        uses = Map.copyOf(uses);
    }
}
