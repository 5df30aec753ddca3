package dev.pgattest.pipeline;

import dev.pgattest.PgattestException;
import dev.pgattest.Problem;
import dev.pgattest.dataset.Dataset;
import dev.pgattest.dataset.TableData;
import dev.pgattest.evidence.GrowthEvidence;
import dev.pgattest.evidence.StateEvidence;
import dev.pgattest.growth.GrowthFactors;
import dev.pgattest.postgres.BenchmarkRequest;
import dev.pgattest.postgres.DatasetLoad;
import dev.pgattest.report.Numbers;
import dev.pgattest.verdict.GrowthJudge;
import dev.pgattest.verdict.GrowthJudge.Sized;
import dev.pgattest.workload.State;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Measures the gate's state at several sizes. Each size is loaded into a benchmark database of its own, beside that of the project,
 * which goes before the next size comes: the disk has to hold the largest only.
 */
final class GrowthRun {

    private final LoadedProject loaded;
    private final ProveRequest request;
    private final State state;
    private final PhaseClock clock;
    private final Progress progress;
    private final Map<BigDecimal, Dataset> sizes = new TreeMap<>();
    private final Map<BigDecimal, StateEvidence> measured = new TreeMap<>();

    private GrowthRun(LoadedProject loaded, ProveRequest request, State state, PhaseClock clock, Progress progress) {
        this.loaded = loaded;
        this.request = request;
        this.state = state;
        this.clock = clock;
        this.progress = progress;
    }

    /**
     * The growth that a request asks for, before anything is started; empty when it asks for none.
     *
     * @throws PgattestException of bad input when a size is impossible
     */
    static Optional<GrowthRun> of(
            LoadedProject loaded, ProveRequest request, State gate, PhaseClock clock, Progress progress) {
        GrowthFactors factors = request.growth();
        if (factors == null) {
            return Optional.empty();
        }
        if (request.target().adopt()) {
            throw PgattestException.badInput(
                    "--growth loads other sizes, and the database of --use-existing-database is not pgattest's to empty",
                    "leave --use-existing-database out");
        }
        GrowthRun run = new GrowthRun(loaded, request, gate, clock, progress);
        run.requireWholeRows(factors);
        return Optional.of(run);
    }

    /** Says what is about to be loaded, and how much that is. */
    void announce() {
        String plan = sizes.entrySet().stream()
                .map(size -> GrowthFactors.text(size.getKey()) + " "
                        + Numbers.count(size.getValue().rows()) + " rows (about "
                        + Numbers.bytes(bytes(size.getValue())) + ")")
                .collect(Collectors.joining(", "));
        progress.note(
                "growth: state " + state.name() + " at " + sizes.size() + " sizes, the largest first, each loaded into "
                        + database() + " and dropped: " + plan + " of data before indexes");
    }

    /** Measures every size but that of the project's own benchmark, the largest first: what does not fit shows at once. */
    void measureOthers() {
        List<BigDecimal> factors = new ArrayList<>(sizes.keySet());
        Collections.reverse(factors);
        for (BigDecimal factor : factors) {
            if (factor.compareTo(BigDecimal.ONE) != 0) {
                measured.put(factor, measure(factor));
            }
        }
    }

    /** How the cases grow, now that the state was measured at the chosen scale too. */
    GrowthEvidence result(StateEvidence atChosenScale) {
        List<Sized> sized = new ArrayList<>();
        sizes.forEach((factor, dataset) -> sized.add(new Sized(
                new GrowthEvidence.Size(factor, dataset.size().scale(), dataset.rows()),
                measured.getOrDefault(factor, atChosenScale))));
        return GrowthJudge.judge(sized);
    }

    private StateEvidence measure(BigDecimal factor) {
        String name = GrowthFactors.text(factor);
        progress.note("growth: size " + name);
        ProveRequest.Target target = new ProveRequest.Target(request.target().server(), database(), false, false);
        try (Benchmark benchmark =
                Benchmark.open(loaded, target, size(factor), clock, progress).temporarily()) {
            StateWalk walk = new StateWalk(loaded.project(), benchmark.connections(), benchmark.buildMs());
            clock.server("size " + name + ": change, vacuum, analyze", () -> {
                walk.to(state);
                DatasetLoad.vacuum(benchmark.connections()::open, request.size().connections());
                return state;
            });
            StateRun run = new StateRun(loaded.project(), benchmark, progress);
            long start = System.nanoTime();
            StateEvidence evidence = run.measure(state, walk.fingerprint().digest(), walk.buildMs());
            clock.mixed("size " + name + ": measure", System.nanoTime() - start, run.serverNanos());
            return evidence;
        }
    }

    private void requireWholeRows(GrowthFactors factors) {
        List<Problem> problems = new ArrayList<>();
        for (BigDecimal factor : factors.factors()) {
            Dataset dataset = loaded.dataset(size(factor));
            sizes.put(factor, dataset);
            dataset.fractionalRows()
                    .forEach((table, rows) -> problems.add(Problem.ofInput(
                            "--growth: at the factor " + factor.toPlainString() + ", which is scale "
                                    + dataset.size().scale().toPlainString() + ", the table " + table + " has "
                                    + rows.toPlainString() + " rows",
                            "choose factors and a --scale that give whole rows, or declare the table `fixed`")));
        }
        if (!problems.isEmpty()) {
            throw PgattestException.badInput(problems);
        }
    }

    private ProveRequest.Size size(BigDecimal factor) {
        BigDecimal chosen =
                request.size().scale() == null ? ownScale() : request.size().scale();
        return new ProveRequest.Size(
                chosen.multiply(factor).stripTrailingZeros(),
                request.size().members(),
                request.size().connections());
    }

    private BigDecimal ownScale() {
        return loaded.dataset()
                .profile(loaded.project().trial().profile())
                .orElseThrow()
                .scale();
    }

    private String database() {
        String named = request.target().database();
        return BenchmarkRequest.of((named == null ? loaded.project().name() : named) + "_growth")
                .database();
    }

    private static long bytes(Dataset dataset) {
        return dataset.tables().stream().mapToLong(TableData::estimatedBytes).sum();
    }
}
