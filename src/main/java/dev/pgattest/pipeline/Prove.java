package dev.pgattest.pipeline;

import dev.pgattest.PgattestException;
import dev.pgattest.dataset.Fingerprint;
import dev.pgattest.evidence.Evidence;
import dev.pgattest.evidence.StateEvidence;
import dev.pgattest.evidence.Verdict;
import dev.pgattest.postgres.DatasetLoad;
import dev.pgattest.postgres.WriteTraces;
import dev.pgattest.sql.QualifiedName;
import dev.pgattest.verdict.StateJudge;
import dev.pgattest.workload.Measurement;
import dev.pgattest.workload.PlanMode;
import dev.pgattest.workload.Project;
import dev.pgattest.workload.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The main job: measures every case of a project in every state on a real server, and judges the gate. */
public final class Prove {

    private final ProveRequest request;
    private final String version;
    private final Progress progress;
    private final PhaseClock clock = new PhaseClock();

    /**
     * Prepares a run.
     *
     * @param version of pgattest, recorded in the evidence
     */
    public Prove(ProveRequest request, String version, Progress progress) {
        this.request = request;
        this.version = version;
        this.progress = progress;
    }

    /**
     * Measures and judges. No file is written; {@link EvidenceFiles} does that.
     *
     * @throws PgattestException when the input is wrong or the environment fails
     */
    public Evidence run() {
        LoadedProject loaded = clock.local("read project", () -> LoadedProject.read(request.project()));
        Project project = loaded.project();
        State gate = gate(project);
        EvidenceFiles.requireWritable(request);
        Optional<Comparison> comparison = Comparison.of(request, loaded, progress);
        Optional<GrowthRun> growth = GrowthRun.of(loaded, request, gate, clock, progress);
        growth.ifPresent(GrowthRun::announce);
        growth.ifPresent(GrowthRun::measureOthers);
        Evidence evidence = measure(loaded, gate, comparison);
        if (growth.isPresent()) {
            evidence = evidence.withGrowth(growth.get().result(evidence.gateState()));
        }
        return comparison.isPresent() ? evidence.withComparison(comparison.get().result(evidence)) : evidence;
    }

    private Evidence measure(LoadedProject loaded, State gate, Optional<Comparison> comparison) {
        Project project = loaded.project();
        try (Benchmark benchmark = Benchmark.connect(loaded, request.target(), request.size(), clock, progress)) {
            comparison.ifPresent(earlier -> earlier.requireLike(benchmark.facts()));
            Optional<LoadTrial> load = LoadTrial.of(request, project, benchmark, progress);
            benchmark.prepare(request.size().connections());
            // What the server made is read before anything can change it.
            List<Fingerprint> derived = benchmark.derivedFingerprints();
            List<StateEvidence> states = measure(project, benchmark, comparison, load);
            progress.step("fingerprinting the dataset");
            List<Fingerprint> generated = clock.local(
                    "fingerprint dataset",
                    () -> Fingerprints.of(benchmark.dataset(), request.size().connections()));
            StateEvidence decisive = states.stream()
                    .filter(state -> state.name().equals(gate.name()))
                    .findFirst()
                    .orElseThrow();
            Evidence evidence = new Evidence(
                    version,
                    project.name(),
                    benchmark.data(Stream.concat(generated.stream(), derived.stream())
                            .map(each -> new Evidence.TableFingerprint(each.table(), each.rows(), each.sha256()))
                            .toList()),
                    benchmark.facts(),
                    measuring(project.trial().measurement()),
                    states,
                    gate.name(),
                    decisive.verdict(),
                    gateReasons(decisive),
                    clock.phases(),
                    loaded.inputs());
            return load.isPresent() ? load.get().into(evidence) : evidence;
        }
    }

    private static List<String> gateReasons(StateEvidence decisive) {
        List<String> blockers = StateJudge.blockers(decisive);
        boolean passed = decisive.verdict() == Verdict.PASS;
        return blockers.isEmpty() && !passed ? decisive.reasons() : blockers;
    }

    private State gate(Project project) {
        String gate = request.gate() == null ? project.trial().gate() : request.gate();
        return project.state(gate).orElseThrow(() -> {
            String names =
                    String.join(", ", project.states().stream().map(State::name).toList());
            return PgattestException.badInput("the project has no state " + gate, "name one of " + names);
        });
    }

    private static Evidence.Measuring measuring(Measurement measurement) {
        return new Evidence.Measuring(
                measurement.confidence().doubleValue(),
                measurement.warmup(),
                measurement.maxSamples(),
                measurement.planModes().stream().map(PlanMode::label).toList());
    }

    private List<StateEvidence> measure(
            Project project, Benchmark benchmark, Optional<Comparison> comparison, Optional<LoadTrial> load) {
        StateWalk walk = new StateWalk(project, benchmark.connections(), benchmark.buildMs());
        StateRun run = new StateRun(project, benchmark, progress);
        PlanRedraws redraws = new PlanRedraws(benchmark.connections(), progress);
        List<StateEvidence> states = new ArrayList<>();
        for (State state : project.states()) {
            progress.step("state " + state.name());
            clock.server("state " + state.name() + ": change, vacuum, analyze", () -> {
                walk.to(state);
                DatasetLoad.vacuum(benchmark.connections()::open, request.size().connections());
                return state;
            });
            long start = System.nanoTime();
            long serverBefore = run.serverNanos();
            StateEvidence measured = run.measure(state, walk.fingerprint().digest(), walk.buildMs());
            clock.mixed(
                    "state " + state.name() + ": measure", System.nanoTime() - start, run.serverNanos() - serverBefore);
            Set<QualifiedName> written = run.takeWrittenTables();
            removeTraces(state, run.takeTracedTables(), benchmark);
            states.add(clock.server("state " + state.name() + ": statistics drawn anew", () -> {
                StateEvidence drawn = redraws.redraw(measured, run.runs(state));
                return comparison
                        .map(earlier -> redraws.confirm(
                                drawn, run.runs(state), known -> earlier.doubtful(partial(project, benchmark, known))))
                        .orElse(drawn);
            }));
            if (redraws.takeWrites()) {
                removeTraces(state, written, benchmark);
            }
            load.ifPresent(trial -> removeTraces(
                    state, clock.server("state " + state.name() + ": load", () -> trial.run(state)), benchmark));
        }
        progress.step("back to " + project.firstState().name());
        clock.server("back to " + project.firstState().name(), () -> {
            walk.to(project.firstState());
            return project;
        });
        return states;
    }

    private void removeTraces(State state, Set<QualifiedName> written, Benchmark benchmark) {
        if (!written.isEmpty()) {
            clock.server("state " + state.name() + ": remove traces of writes", () -> {
                WriteTraces.remove(benchmark.connections(), written);
                return state;
            });
        }
    }

    /** Evidence of one state alone, as far as a comparison looks at it. */
    private Evidence partial(Project project, Benchmark benchmark, StateEvidence state) {
        return new Evidence(
                version,
                project.name(),
                benchmark.data(List.of()),
                benchmark.facts(),
                measuring(project.trial().measurement()),
                List.of(state),
                state.name(),
                state.verdict(),
                List.of(),
                List.of(),
                List.of());
    }
}
