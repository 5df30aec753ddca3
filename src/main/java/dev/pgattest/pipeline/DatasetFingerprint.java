package dev.pgattest.pipeline;

import dev.pgattest.PgattestException;
import dev.pgattest.dataset.Dataset;
import dev.pgattest.dataset.Fingerprint;
import dev.pgattest.dataset.TableData;
import dev.pgattest.postgres.DatasetReadBack;
import dev.pgattest.postgres.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Fingerprints a project's dataset: from its declaration, or from the rows that a server has after loading them. */
public final class DatasetFingerprint {

    private final ProveRequest request;
    private final Progress progress;

    /** Prepares a fingerprint; gate and output of the request are not used. */
    public DatasetFingerprint(ProveRequest request, Progress progress) {
        this.request = request;
        this.progress = progress;
    }

    /** One fingerprint a generated table without a server, on as many threads as the request has connections. */
    public List<Fingerprint> declared() {
        Dataset dataset = LoadedProject.read(request.project()).dataset(request.size());
        return Fingerprints.of(dataset, request.size().connections());
    }

    /**
     * One fingerprint a table of the rows on the request's server, which are loaded first when they are not there.
     *
     * @throws PgattestException when the rows that come back are not those that the declaration gives
     */
    public List<Fingerprint> loaded() {
        LoadedProject loaded = LoadedProject.read(request.project());
        try (Benchmark benchmark =
                Benchmark.open(loaded, request.target(), request.size(), new PhaseClock(), progress)) {
            progress.step("reading the rows back");
            List<Fingerprint> declared =
                    Fingerprints.of(benchmark.dataset(), request.size().connections());
            List<Fingerprint> found = new ArrayList<>();
            try (Session session = benchmark.connections().open()) {
                for (TableData table : benchmark.dataset().tables()) {
                    found.add(DatasetReadBack.fingerprint(session, table));
                }
            }
            requireEqual(declared, found);
            found.addAll(benchmark.derivedFingerprints());
            return found;
        }
    }

    private static void requireEqual(List<Fingerprint> declared, List<Fingerprint> found) {
        for (int i = 0; i < declared.size(); i++) {
            if (!Objects.equals(declared.get(i), found.get(i))) {
                throw PgattestException.environment(
                        "the server does not have the rows that were generated: "
                                + found.get(i).line() + " instead of "
                                + declared.get(i).line(),
                        "look for triggers or defaults that change rows of "
                                + declared.get(i).table() + ", then load again");
            }
        }
    }
}
