package dev.pgattest.pipeline;

import dev.pgattest.ExitCode;
import dev.pgattest.PgattestException;
import dev.pgattest.Problem;
import dev.pgattest.dataset.Dataset;
import dev.pgattest.postgres.CaseSession;
import dev.pgattest.postgres.Connections;
import dev.pgattest.workload.Case;
import dev.pgattest.workload.Project;
import dev.pgattest.workload.Query;
import java.util.ArrayList;
import java.util.List;

/** Prepares every query on the server before rows are loaded, so that a wrong one costs seconds and not a load. */
final class QueryCheck {

    private final Project project;
    private final CaseStatements statements;
    private final Connections connections;

    QueryCheck(Project project, Dataset dataset, Connections connections) {
        this.project = project;
        this.statements = new CaseStatements(dataset);
        this.connections = connections;
    }

    /**
     * Checks the queries as they stand in the project's first state.
     *
     * @throws PgattestException of bad input with a problem for each query that the server refuses
     */
    void requireRunnable() {
        List<Problem> problems = new ArrayList<>();
        for (Query query : project.workload().statements()) {
            for (Case each : query.cases()) {
                try {
                    CaseSession.open(connections.open(), statements.original(query, each), "auto")
                            .close();
                } catch (PgattestException e) {
                    if (e.exitCode() != ExitCode.BAD_INPUT) {
                        throw e;
                    }
                    problems.addAll(e.problems());
                }
            }
        }
        if (!problems.isEmpty()) {
            throw PgattestException.badInput(
                    problems.stream().distinct().sorted().toList());
        }
    }
}
