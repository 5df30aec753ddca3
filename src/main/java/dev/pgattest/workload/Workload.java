package dev.pgattest.workload;

import java.util.List;
import java.util.stream.Stream;

/**
 * What runs against the database.
 *
 * @param queries in declared order
 * @param jobs writes and batches, in declared order; each execution is rolled back when it writes
 */
public record Workload(List<Query> queries, List<Query> jobs) {

    public Workload {
        queries = List.copyOf(queries);
        jobs = List.copyOf(jobs);
    }

    /** Queries, then jobs. */
    public List<Query> statements() {
        return Stream.concat(queries.stream(), jobs.stream()).toList();
    }
}
