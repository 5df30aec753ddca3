package dev.pgattest.pipeline;

import dev.pgattest.ExitCode;
import dev.pgattest.PgattestException;
import dev.pgattest.Problem;
import dev.pgattest.dataset.Dataset;
import dev.pgattest.postgres.CaseSession;
import dev.pgattest.postgres.CaseStatement;
import dev.pgattest.postgres.Catalog;
import dev.pgattest.postgres.Connections;
import dev.pgattest.postgres.Session;
import dev.pgattest.workload.Case;
import dev.pgattest.workload.Project;
import dev.pgattest.workload.Query;
import dev.pgattest.workload.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Goes through all states before rows are loaded: applies and undoes each, prepares its queries and looks for the names that the
 * workload relies on, so that a mistake costs seconds and not a load.
 */
final class Rehearsal {

    private static final int SHOWN_NAMES = 12;

    private final Project project;
    private final CaseStatements statements;
    private final Connections connections;
    private final List<Problem> problems = new ArrayList<>();

    Rehearsal(Project project, Dataset dataset, Connections connections) {
        this.project = project;
        this.statements = new CaseStatements(dataset);
        this.connections = connections;
    }

    /**
     * Goes through all states and back to the first.
     *
     * @throws PgattestException of bad input with a problem for each query that the server refuses and each name that it lacks, or
     *     with that of a change or an undo that fails
     */
    void run() {
        StateWalk walk = new StateWalk(project, connections, Map.of());
        for (State state : project.states()) {
            walk.to(state);
            check(state);
        }
        walk.to(project.firstState());
        requireNone();
    }

    /** Looks at the first state only, in a database that must stay as it is. */
    void inFirstState() {
        check(project.firstState());
        requireNone();
    }

    private void requireNone() {
        if (!problems.isEmpty()) {
            throw PgattestException.badInput(
                    problems.stream().distinct().sorted().toList());
        }
    }

    private void check(State state) {
        for (Query query : project.workload().statements()) {
            for (Case each : query.cases()) {
                prepare(query.statement()
                        .variantIn(state.name())
                        .map(variant -> statements.variant(query, each, variant))
                        .orElseGet(() -> statements.original(query, each)));
            }
        }
        try (Session session = connections.open()) {
            Set<String> tables = Catalog.tableNames(session);
            Set<String> indexes = Catalog.simpleIndexNames(session);
            for (Query query : project.workload().statements()) {
                requireKnown(query, "critical table", query.expectation().criticalTables(), tables, state);
                requireKnown(query, "index", query.expectation().indexesIn(state.name()), indexes, state);
            }
        }
    }

    private void prepare(CaseStatement statement) {
        try {
            CaseSession.open(connections.open(), statement, "auto").close();
        } catch (PgattestException e) {
            if (e.exitCode() != ExitCode.BAD_INPUT) {
                throw e;
            }
            problems.addAll(e.problems());
        }
    }

    private void requireKnown(Query query, String kind, List<String> names, Set<String> known, State state) {
        for (String name : names) {
            if (!known.contains(name)) {
                String some = known.stream()
                        .filter(each -> each.indexOf('.') < 0)
                        .sorted()
                        .limit(SHOWN_NAMES)
                        .collect(Collectors.joining(", "));
                problems.add(Problem.ofFile(
                        project.files().workload(),
                        "the query '" + query.name() + "' names the " + kind + " '" + name + "', which the state '"
                                + state.name() + "' does not have",
                        "write one of " + some + (known.size() > SHOWN_NAMES ? ", ..." : "")));
            }
        }
    }
}
