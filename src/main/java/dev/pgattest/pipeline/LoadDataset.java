package dev.pgattest.pipeline;

import dev.pgattest.evidence.Evidence;
import java.util.List;

/** Builds a project's first state with its dataset on a server, for work by hand. */
public final class LoadDataset {

    private final ProveRequest request;
    private final Progress progress;

    /** Prepares a load; the gate and the output of the request are not used. */
    public LoadDataset(ProveRequest request, Progress progress) {
        this.request = request;
        this.progress = progress;
    }

    /**
     * Loads, or finds that the dataset is loaded already.
     *
     * @return what was done and how long each part took
     * @throws dev.pgattest.PgattestException when the input is wrong or the environment fails
     */
    public List<Evidence.Phase> run() {
        PhaseClock clock = new PhaseClock();
        LoadedProject loaded = clock.local("read project", () -> LoadedProject.read(request.project()));
        try (Benchmark benchmark = Benchmark.open(loaded, request.target(), request.size(), clock, progress)) {
            String database = benchmark.connections().settings().database();
            progress.note(
                    request.target().keep()
                            ? "the dataset is loaded into " + database
                            : "the dataset was loaded into " + database + " and goes with it; --keep leaves both");
            return clock.phases();
        }
    }
}
