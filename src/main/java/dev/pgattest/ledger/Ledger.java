package dev.pgattest.ledger;

import dev.pgattest.evidence.Evidence;
import dev.pgattest.evidence.ServerFacts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What every index of a project earns and costs, state by state.
 *
 * @param pgattest version of pgattest
 * @param project name of the project
 * @param data the dataset, without fingerprints of its rows
 * @param server the server
 * @param limitMs milliseconds after which a case without an index was cancelled
 * @param states in the project's order
 */
public record Ledger(
        String pgattest,
        String project,
        Evidence.Data data,
        ServerFacts server,
        long limitMs,
        List<StateLedger> states) {

    public Ledger {
        states = List.copyOf(states);
    }

    /**
     * The ledger of one state.
     *
     * @param name name of the state
     * @param description what the project says of it
     * @param schema SHA-256 of its schema
     * @param cases the cases with all indexes in place, in the order of the workload
     * @param indexes by table and name
     */
    public record StateLedger(
            String name, String description, String schema, List<CaseRun> cases, List<IndexEntry> indexes) {

        public StateLedger {
            cases = List.copyOf(cases);
            indexes = List.copyOf(indexes);
        }

        /** Bytes of all indexes. */
        public long bytes() {
            return indexes.stream()
                    .mapToLong(entry -> entry.facts().sizes().bytes())
                    .sum();
        }
    }

    /**
     * A case with all indexes in place, in one plan mode.
     *
     * @param query name of the query or job
     * @param caseName name of the case
     * @param mode plan mode
     * @param priority {@code P0}, {@code P1} or {@code P2}
     * @param frequency how often the workload says that the query runs; null when it does not
     * @param buffers shared buffers touched
     * @param latencies a few latencies
     * @param indexes names of the indexes that were read, by the plan or by what it called; sorted
     */
    public record CaseRun(
            String query,
            String caseName,
            String mode,
            String priority,
            @Nullable String frequency,
            long buffers,
            Latencies latencies,
            List<String> indexes) {

        public CaseRun {
            indexes = List.copyOf(indexes);
        }
    }
}
