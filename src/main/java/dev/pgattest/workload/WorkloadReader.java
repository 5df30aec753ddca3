package dev.pgattest.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads queries and jobs. */
final class WorkloadReader {

    private final ReferencedFiles files;
    private final Surroundings surroundings;

    /**
     * What queries refer to outside of the workload.
     *
     * @param states names of the states
     * @param measurement how cases are measured
     * @param dataset names of the dataset
     */
    record Surroundings(List<String> states, Measurement measurement, DatasetNames dataset) {}

    WorkloadReader(ReferencedFiles files, Surroundings surroundings) {
        this.files = files;
        this.surroundings = surroundings;
    }

    Workload read(Entry root) {
        List<Entry> queries = root.at("queries").children();
        List<Entry> jobs = root.at("jobs").children();
        Names.rejectRepeated(Stream.concat(queries.stream(), jobs.stream()).toList());
        return new Workload(read(queries, root.at("defaults"), false), read(jobs, root.at("defaults"), true));
    }

    private List<Query> read(List<Entry> entries, Entry defaults, boolean writesByDefault) {
        List<Query> queries = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry.isMapping()) {
                queries.add(new QueryReader(files, surroundings, defaults).read(entry, writesByDefault));
            }
        }
        return queries;
    }
}
