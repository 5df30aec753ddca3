package dev.pgattest.pipeline;

import dev.pgattest.PgattestException;
import dev.pgattest.drift.ClosestState;
import dev.pgattest.drift.Drift;
import dev.pgattest.drift.DriftInput;
import dev.pgattest.drift.DriftReport;
import dev.pgattest.evidence.IndexUse;
import dev.pgattest.pipeline.PlanReading.Words;
import dev.pgattest.postgres.Connections;
import dev.pgattest.postgres.IndexCatalog;
import dev.pgattest.postgres.OwnServer;
import dev.pgattest.postgres.ReadOnlyTransactions;
import dev.pgattest.postgres.ServerChoice;
import dev.pgattest.postgres.Session;
import dev.pgattest.report.IndexPlanMarkdown;
import dev.pgattest.schema.CatalogIndex;
import dev.pgattest.sql.QualifiedName;
import dev.pgattest.workload.Project;
import dev.pgattest.workload.State;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compares a project's index plan with a state of the project, or with a database that is running. */
public final class CompareIndexes {

    private static final Duration LONGEST_STATEMENT = Duration.ofSeconds(30);

    private final IndexesRequest request;
    private final Progress progress;

    public CompareIndexes(IndexesRequest request, Progress progress) {
        this.request = request;
        this.progress = progress;
    }

    /**
     * What was compared and what it says.
     *
     * @param report the findings
     * @param document the plan as a document in Markdown
     */
    public record Outcome(DriftReport report, String document) {}

    /**
     * Compares. A running database is read in a read-only transaction and never changed.
     *
     * @throws PgattestException of bad input when the project is wrong, has no plan or no such state; of the environment when a server
     *     fails
     */
    public Outcome run() {
        LoadedProject loaded = LoadedProject.read(request.project());
        State state = state(loaded.project());
        Optional<FoundEvidence> evidence = FoundEvidence.of(loaded, request.evidence());
        IndexUse proof = use(evidence, gate(loaded.project())).orElse(null);
        Beside beside = new Beside(null, use(evidence, state).orElse(null), proof);
        DriftReport report = request.server() instanceof OwnServer own
                ? ofState(loaded, own, state, beside)
                : ofRunning(loaded.project(), (ServerChoice.Running) request.server(), beside, evidence);
        return new Outcome(report, document(loaded, evidence));
    }

    /** The plan as a document; it needs no server. */
    static String document(LoadedProject loaded, Optional<FoundEvidence> evidence) {
        Project project = loaded.project();
        return IndexPlanMarkdown.of(project, measured(project, evidence));
    }

    private static List<IndexUse> measured(Project project, Optional<FoundEvidence> evidence) {
        return project.states().stream()
                .flatMap(state -> use(evidence, state).stream())
                .toList();
    }

    private static Optional<IndexUse> use(Optional<FoundEvidence> evidence, State state) {
        return evidence.flatMap(found -> found.use(state));
    }

    private static State gate(Project project) {
        return project.state(project.trial().gate()).orElseThrow();
    }

    private State state(Project project) {
        if (project.files().indexes().isEmpty()) {
            throw PgattestException.badInput(
                    "the project has no index plan",
                    "write `indexes: indexes.yaml` into pgattest.yaml and the indexes into that file; see docs/file-formats.md");
        }
        String name = request.state() == null ? project.trial().gate() : request.state();
        return project.state(name).orElseThrow(() -> {
            String names =
                    String.join(", ", project.states().stream().map(State::name).toList());
            return PgattestException.badInput("the project has no state " + name, "name one of " + names);
        });
    }

    private DriftReport ofState(LoadedProject loaded, OwnServer server, State state, Beside beside) {
        Project project = loaded.project();
        try (EmptyDatabase database = EmptyDatabase.open(loaded, server, progress)) {
            Connections connections = database.connections();
            Beside more = state.equals(gate(project)) ? beside.with(names(connections)) : beside;
            progress.step("making the state " + state.name());
            new StateWalk(project, connections, Map.of()).to(state);
            progress.step("comparing");
            try (Session session = connections.open()) {
                String subject = "the state " + state.name() + " on PostgreSQL "
                        + session.serverVersion().text();
                return report(session, project, subject, more, Words.SERVERS);
            }
        }
    }

    private static Set<QualifiedName> names(Connections connections) {
        try (Session session = connections.open()) {
            return IndexCatalog.indexes(session).stream()
                    .map(CatalogIndex::name)
                    .collect(Collectors.toSet());
        }
    }

    private DriftReport ofRunning(
            Project project, ServerChoice.Running server, Beside beside, Optional<FoundEvidence> evidence) {
        progress.step("reading " + server.settings().address());
        try (Session session = new Connections(server.settings()).open()) {
            String subject = "the database " + server.settings().database() + " at "
                    + server.settings().address() + ", PostgreSQL "
                    + session.serverVersion().text();
            DriftReport report = new ReadOnlyTransactions(session, LONGEST_STATEMENT)
                    .readByOwnPath(() -> report(session, project, subject, beside, Words.AS_WRITTEN));
            return ClosestState.of(report.input().indexes(), measured(project, evidence))
                    .map(closest -> report.withNote(closest.sentence()))
                    .orElse(report);
        }
    }

    /**
     * What stands beside the plan and the database.
     *
     * @param firstState names of the first state's indexes; null when decisions are not to be checked
     * @param use what captured plans of the state use; null for no evidence
     * @param proof what captured plans of the gate use; null for no evidence
     */
    private record Beside(
            @Nullable Set<QualifiedName> firstState,
            @Nullable IndexUse use,
            @Nullable IndexUse proof) {

        Beside with(Set<QualifiedName> first) {
            return new Beside(first, use, proof);
        }
    }

    private static DriftReport report(Session session, Project project, String subject, Beside beside, Words words) {
        PlanReading reading = PlanReading.of(session, project.indexPlan(), words);
        DriftInput input = new DriftInput(
                reading.counterparts(project.indexPlan()),
                reading.indexes(),
                IndexCatalog.foreignKeys(session),
                beside.firstState(),
                beside.use(),
                beside.proof());
        List<String> notes = Stream.concat(
                        reading.notes().stream(),
                        beside.use() == null
                                ? Stream.of(
                                        "there is no evidence of this state, so nothing says which queries use an index")
                                : Stream.empty())
                .toList();
        return new DriftReport(project.name(), subject, input, notes, Drift.findings(input));
    }
}
