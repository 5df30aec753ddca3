package dev.pgattest.pipeline;

import dev.pgattest.ExitCode;
import dev.pgattest.PgattestException;
import dev.pgattest.plan.ExplainOutput;
import dev.pgattest.plan.PlanKey;
import dev.pgattest.plan.PlanMetrics;
import dev.pgattest.plan.PlanParser;
import dev.pgattest.plan.Scan;
import dev.pgattest.postgres.CaseSession;
import dev.pgattest.postgres.CaseStatement;
import dev.pgattest.postgres.Session;
import dev.pgattest.postgres.SqlFailure;
import dev.pgattest.sql.QualifiedName;
import dev.pgattest.workload.Case;
import dev.pgattest.workload.PlanMode;
import dev.pgattest.workload.Project;
import dev.pgattest.workload.Query;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Plans the cases of a project on a database that may be in use: as their role, with their settings, in a transaction that is rolled back.
 * Nothing is executed. The parameters are those of the dataset: rows that they name need not exist there, and then the plan is the one
 * for values that the statistics do not know.
 */
final class QueryPlans {

    /** Planning waits for whoever locks a table exclusively. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private static final String CANCELLED = "57014";

    private final CaseStatements statements;
    private final List<PlanMode> modes;
    private final Session session;

    private QueryPlans(CaseStatements statements, List<PlanMode> modes, Session session) {
        this.statements = statements;
        this.modes = modes;
        this.session = session;
    }

    /**
     * On a session, which stays open.
     *
     * @param statements see {@link LoadedProject#statements}
     */
    static QueryPlans on(Session session, Project project, CaseStatements statements) {
        return new QueryPlans(statements, project.trial().measurement().planModes(), session);
    }

    /**
     * How one case would run.
     *
     * @param mode whether it was planned for its parameters or for any
     * @param plan with costs and estimates; null when the server refused
     * @param refusal why there is no plan; empty when there is one
     */
    record CasePlan(
            Query query, Case each, PlanMode mode, @Nullable ExplainOutput plan, String refusal) {

        /** The indexes that it reads, with the schema of their tables; none without a plan. */
        Set<QualifiedName> indexes() {
            return scans().stream()
                    .flatMap(scan -> scan.indexes().stream().map(index -> new QualifiedName(scan.schema(), index)))
                    .collect(Collectors.toUnmodifiableSet());
        }

        /** Every read of a relation; none without a plan. */
        List<Scan> scans() {
            return plan == null ? List.of() : PlanMetrics.of(plan).scans();
        }

        /** The planner's cost of the whole; empty without a plan. */
        OptionalDouble cost() {
            return plan == null ? OptionalDouble.empty() : plan.root().number(PlanKey.TOTAL_COST);
        }
    }

    /** A case of a query in each plan mode of the project, as a state has it run: by the state's variant where there is one. */
    List<CasePlan> of(Query query, Case each, String state) {
        return of(query, each, state, Map.of());
    }

    /**
     * The same with other settings of the planner.
     *
     * @param planner values by name, such as {@code enable_seqscan}
     */
    List<CasePlan> of(Query query, Case each, String state, Map<String, String> planner) {
        List<CasePlan> plans = new ArrayList<>();
        for (PlanMode mode : modes) {
            try {
                CaseStatement statement = with(planner, statement(query, each, state));
                plans.add(new CasePlan(query, each, mode, plan(statement, mode), ""));
            } catch (PgattestException refused) {
                plans.add(new CasePlan(query, each, mode, null, reason(refused)));
            }
        }
        return plans;
    }

    private CaseStatement statement(Query query, Case each, String state) {
        return query.statement()
                .variantIn(state)
                .map(variant -> statements.variant(query, each, variant))
                .orElseGet(() -> statements.original(query, each));
    }

    private static CaseStatement with(Map<String, String> planner, CaseStatement statement) {
        Map<String, String> settings = new LinkedHashMap<>(statement.settings());
        settings.putAll(planner);
        return new CaseStatement(
                statement.file(), statement.sql(), statement.values(), statement.role(), settings, statement.writes());
    }

    private ExplainOutput plan(CaseStatement statement, PlanMode mode) {
        session.execute("begin");
        try (CaseSession open = CaseSession.within(session, statement, mode.planCacheMode(), LIMIT)) {
            return PlanParser.parse(open.estimateJson());
        } finally {
            session.execute("rollback");
        }
    }

    /** What the server says against one case says nothing about the others; a connection that is lost does. */
    private static String reason(PgattestException refused) {
        boolean slow =
                refused instanceof SqlFailure failure && failure.sqlState().equals(CANCELLED);
        if (refused.exitCode() != ExitCode.BAD_INPUT && !slow) {
            throw refused;
        }
        return slow
                ? "planning it took longer than " + LIMIT.toSeconds() + " s"
                : refused.problems().isEmpty()
                        ? String.valueOf(refused.getMessage())
                        : refused.problems().get(0).message();
    }
}
