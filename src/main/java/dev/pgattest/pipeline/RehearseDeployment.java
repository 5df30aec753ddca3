package dev.pgattest.pipeline;

import dev.pgattest.PgattestException;
import dev.pgattest.deploy.DeploymentPlan;
import dev.pgattest.deploy.Hazard;
import dev.pgattest.deploy.PlainChange;
import dev.pgattest.deploy.PreflightLimits;
import dev.pgattest.load.DeploymentRehearsal;
import dev.pgattest.load.DeploymentRehearsal.Change;
import dev.pgattest.load.DeploymentRehearsal.Phase;
import dev.pgattest.load.LoadSamples;
import dev.pgattest.postgres.CaseStatement;
import dev.pgattest.postgres.Connections;
import dev.pgattest.postgres.DatasetLoad;
import dev.pgattest.postgres.LoadStream;
import dev.pgattest.postgres.OpenLoop;
import dev.pgattest.postgres.ServerChoice;
import dev.pgattest.postgres.Session;
import dev.pgattest.postgres.TableWriter;
import dev.pgattest.sql.QualifiedName;
import dev.pgattest.workload.Project;
import dev.pgattest.workload.Query;
import dev.pgattest.workload.State;
import dev.pgattest.workload.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tries a deployment on a benchmark database while the project's workload and writers of every table whose indexes change run: quiet, during
 * {@code deploy apply}, during {@code deploy rollback}, and during the same change made plainly.
 */
public final class RehearseDeployment {

    private static final int WRITER_SESSIONS = 4;

    private final RehearsalRequest request;
    private final Progress progress;
    private final DeploymentListener listener;
    private final List<String> notes = new ArrayList<>();

    /** Prepares it. */
    public RehearseDeployment(RehearsalRequest request, Progress progress, DeploymentListener listener) {
        this.request = request;
        this.progress = progress;
        this.listener = listener;
    }

    /**
     * Runs all phases.
     *
     * @throws PgattestException when the input is wrong, nothing is to be deployed, or the environment fails
     */
    public DeploymentRehearsal run() {
        LoadedProject loaded = LoadedProject.read(request.project());
        Project project = loaded.project();
        State from = request.states()
                .origin()
                .map(name -> ReferenceStates.state(project, name))
                .orElse(project.firstState());
        State to = ReferenceStates.state(
                project, request.states().target().orElse(project.trial().gate()));
        PhaseClock clock = new PhaseClock();
        try (Benchmark benchmark = Benchmark.connect(loaded, request.target(), request.size(), clock, progress)) {
            LoadMix mix = LoadMix.ofAny(project, benchmark.dataset(), request.load());
            benchmark.prepare(request.size().connections());
            new StateWalk(project, benchmark.connections(), benchmark.buildMs()).to(from);
            DatasetLoad.vacuum(benchmark.connections()::open, request.size().connections());
            Database database = new Database(loaded, benchmark.connections(), states(from, to));
            DeploymentPlan plan = database.plan(DeploymentPlanning::forward);
            if (plan.steps().isEmpty()) {
                throw PgattestException.badInput(
                        "from " + from.name() + " to " + to.name() + " nothing is to be deployed",
                        "name another state with --to or --from");
            }
            List<LoadStream> streams = workload(mix, from, to);
            streams.addAll(writers(plan, benchmark.connections()));
            requireLoad(streams);
            return new DeploymentRehearsal(
                    project.name(), from.name(), to.name(), phases(database, plan, streams), notes);
        }
    }

    private static DeployRequest.States states(State from, State to) {
        return new DeployRequest.States(to.name(), from.name());
    }

    /** Queries that have another text in the state that is deployed are changed with the application, in a moment that nobody knows. */
    private List<LoadStream> workload(LoadMix mix, State from, State to) {
        notes.addAll(mix.notes());
        List<LoadStream> streams = new ArrayList<>();
        for (LoadMix.Entry entry :
                mix.entriesAsDeclared(from.name(), request.load().factors().first())) {
            Query query = entry.member().query();
            Statement statement = query.statement();
            if (statement.variantIn(from.name()).equals(statement.variantIn(to.name()))) {
                streams.add(entry.stream());
            } else {
                notes.add(query.name() + " is not part of the load: it has another text in " + to.name());
            }
        }
        return streams;
    }

    private List<LoadStream> writers(DeploymentPlan plan, Connections connections) {
        List<LoadStream> streams = new ArrayList<>();
        for (QualifiedName table : plan.tables()) {
            TableWriter.of(connections, table, request.writesPerSecond(), WRITER_SESSIONS)
                    .ifPresentOrElse(
                            streams::add,
                            () -> notes.add("nothing updates " + table.sql()
                                    + ": it has no primary key, no rows, or refuses updates"));
        }
        return streams;
    }

    private void requireLoad(List<LoadStream> streams) {
        if (streams.isEmpty()) {
            throw PgattestException.badInput(
                    "nothing could be run while the deployment is: " + String.join("; ", notes),
                    "declare how often queries run, for example `frequency: 50 / s`");
        }
    }

    private List<Phase> phases(Database database, DeploymentPlan plan, List<LoadStream> streams) {
        List<Phase> phases = new ArrayList<>();
        phases.add(phase(Change.QUIET, database, streams, null));
        phases.add(phase(Change.APPLY, database, streams, database.carryingOut(plan)));
        DeploymentPlan back = database.plan(DeploymentPlanning::back);
        phases.add(phase(Change.ROLLBACK, database, streams, database.carryingOut(back)));
        phases.add(phase(Change.PLAIN, database, streams, () -> database.plainly(plan)));
        return phases;
    }

    private Phase phase(Change change, Database database, List<LoadStream> streams, @Nullable Runnable work) {
        LoadChoice load = request.load();
        progress.step("load: " + change.word());
        OpenLoop.Timing timing =
                new OpenLoop.Timing(load.warmup(), work == null ? load.length() : null, load.round(), Duration.ZERO);
        try (OpenLoop loop = OpenLoop.start(database.connections, streams, timing)) {
            if (work != null) {
                loop.awaitBeginning();
                work.run();
            }
            LoadSamples samples = work == null ? loop.finish() : loop.stop();
            return new Phase(change, samples, writers(streams));
        }
    }

    private static Set<String> writers(List<LoadStream> streams) {
        return streams.stream()
                .filter(stream -> stream.draws().stream().anyMatch(CaseStatement::writes))
                .map(LoadStream::name)
                .collect(Collectors.toSet());
    }

    /** The database that is changed. */
    private final class Database {

        private final LoadedProject loaded;
        private final Connections connections;
        private final DeployRequest deployment;
        private final ReferenceStates reference;

        Database(LoadedProject loaded, Connections connections, DeployRequest.States states) {
            this.loaded = loaded;
            this.connections = connections;
            this.deployment = new DeployRequest(
                    request.project(),
                    connections.settings(),
                    new ServerChoice.Running(connections.settings()),
                    states,
                    request.settings());
            this.reference = ReferenceWalk.states(loaded, deployment.reference(), progress);
        }

        DeploymentPlan plan(Function<DeploymentPlanning, DeploymentPlan> planning) {
            try (Session session = connections.open()) {
                return planning.apply(new DeploymentPlanning(deployment, reference, session));
            }
        }

        /**
         * Carries a plan out, whatever its hazards are: the database is pgattest's own. Evidence is read before, as the load shares this
         * process.
         */
        Runnable carryingOut(DeploymentPlan plan) {
            UseVerification uses = UseVerification.of(loaded, plan.to(), connections);
            ApplyRequest all = new ApplyRequest(Set.of(Hazard.values()), PreflightLimits.DEFAULT, Duration.ZERO);
            return () -> new ApplyDeployment(all, listener).plan(plan, uses, connections);
        }

        void plainly(DeploymentPlan plan) {
            try (Session session = connections.open()) {
                for (PlainChange.Part part : PlainChange.of(plan)) {
                    if (part.transactional()) {
                        session.execute("begin");
                    }
                    part.statements().forEach(session::execute);
                    if (part.transactional()) {
                        session.execute("commit");
                    }
                }
            }
        }
    }
}
