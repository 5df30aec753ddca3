package dev.pgattest.pipeline;

import dev.pgattest.dataset.Dataset;
import dev.pgattest.evidence.Evidence;
import dev.pgattest.evidence.LoadEvidence;
import dev.pgattest.evidence.LoadEvidence.Run;
import dev.pgattest.evidence.Verdict;
import dev.pgattest.load.DriverCheck;
import dev.pgattest.load.LoadJudge;
import dev.pgattest.load.LoadSamples;
import dev.pgattest.load.PercentileBounds;
import dev.pgattest.plan.PlanKey;
import dev.pgattest.plan.PlanParser;
import dev.pgattest.postgres.CaseSession;
import dev.pgattest.postgres.CaseStatement;
import dev.pgattest.postgres.Connections;
import dev.pgattest.postgres.LoadStream;
import dev.pgattest.postgres.OpenLoop;
import dev.pgattest.sql.QualifiedName;
import dev.pgattest.workload.Measurement;
import dev.pgattest.workload.Project;
import dev.pgattest.workload.State;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Runs the whole workload against each state, at the declared rates and at multiples of them until an objective breaks. */
final class LoadTrial {

    private final LoadChoice choice;
    private final Measurement measurement;
    private final LoadMix mix;
    private final Connections connections;
    private final Progress progress;
    private final List<Run> runs = new ArrayList<>();

    private LoadTrial(LoadChoice choice, Project project, Dataset dataset, Connections connections, Progress progress) {
        this.choice = choice;
        this.measurement = project.trial().measurement();
        this.mix = LoadMix.of(project, dataset, choice);
        this.connections = connections;
        this.progress = progress;
    }

    /**
     * The trial that a request asks for; empty when it asks for none.
     *
     * @throws dev.pgattest.PgattestException of bad input when the workload declares no load
     */
    static Optional<LoadTrial> of(ProveRequest request, Project project, Benchmark benchmark, Progress progress) {
        return Optional.ofNullable(request.load())
                .map(choice -> new LoadTrial(choice, project, benchmark.dataset(), benchmark.connections(), progress));
    }

    /** Loads the database, which is in this state, and returns the tables that were written to. */
    Set<QualifiedName> run(State state) {
        Set<QualifiedName> written = new LinkedHashSet<>();
        SortedMap<Double, Boolean> tried = new TreeMap<>();
        for (OptionalDouble next = choice.factors().next(tried);
                next.isPresent();
                next = choice.factors().next(tried)) {
            double factor = next.getAsDouble();
            progress.step(state.name() + ": load, rate factor " + factor);
            List<LoadMix.Entry> entries = mix.entries(state.name(), factor, measurement.confidence());
            if (written.isEmpty()) {
                written.addAll(written(entries));
            }
            Run run = new LoadJudge(measurement.confidence())
                    .judge(
                            state.name(),
                            factor,
                            entries.stream().map(LoadTrial::offer).toList(),
                            measure(entries));
            runs.add(run);
            tried.put(factor, run.verdict() == Verdict.PASS);
        }
        return written;
    }

    private LoadSamples measure(List<LoadMix.Entry> entries) {
        OpenLoop.Timing timing =
                new OpenLoop.Timing(choice.warmup(), choice.length(), choice.round(), measurement.caseTimeLimit());
        List<LoadStream> streams = entries.stream().map(LoadMix.Entry::stream).toList();
        try (OpenLoop loop = OpenLoop.start(connections, streams, timing)) {
            return loop.finish();
        }
    }

    private static LoadJudge.Offer offer(LoadMix.Entry entry) {
        return new LoadJudge.Offer(
                entry.member().query().name(),
                entry.member().query().purpose().priority(),
                entry.stream().draws().get(0).writes(),
                entry.member().slo(),
                entry.rate(),
                entry.stream().connections());
    }

    /** By the plans of the statements that write. */
    private Set<QualifiedName> written(List<LoadMix.Entry> entries) {
        Set<QualifiedName> written = new LinkedHashSet<>();
        for (LoadMix.Entry entry : entries) {
            CaseStatement statement = entry.stream().draws().get(0);
            if (statement.writes()) {
                try (CaseSession session = CaseSession.open(connections.open(), statement, "auto")) {
                    PlanParser.parse(session.planJson())
                            .nodes()
                            .filter(node -> node.nodeType().equals("ModifyTable"))
                            .forEach(node -> node.text(PlanKey.RELATION_NAME)
                                    .ifPresent(table -> written.add(new QualifiedName(
                                            node.text(PlanKey.SCHEMA).orElse(null), table))));
                }
            }
        }
        return written;
    }

    /** Evidence with what was measured under load: the gate's verdict is also that of its state at the lowest rate. */
    Evidence into(Evidence evidence) {
        BigDecimal confidence = measurement.confidence();
        LoadEvidence load = new LoadEvidence(
                new LoadEvidence.Settings(
                        choice.length().toMillis() / 1e3,
                        choice.warmup().toMillis() / 1e3,
                        LoadChoice.ROUNDS,
                        PercentileBounds.RESAMPLES,
                        OpenLoop.SEED,
                        confidence.doubleValue(),
                        DriverCheck.MOST_BEHIND,
                        DriverCheck.MOST_LAG_MS),
                runs,
                mix.notes());
        return evidence.withLoad(load);
    }
}
