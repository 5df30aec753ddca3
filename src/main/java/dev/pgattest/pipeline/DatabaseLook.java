package dev.pgattest.pipeline;

import dev.pgattest.PgattestException;
import dev.pgattest.deploy.CatalogSnapshot;
import dev.pgattest.deploy.CompletionReport.CasePlan;
import dev.pgattest.deploy.CompletionReport.IndexSize;
import dev.pgattest.deploy.CompletionReport.QueryChange;
import dev.pgattest.deploy.DeploymentPlan;
import dev.pgattest.deploy.StepState;
import dev.pgattest.plan.ExplainOutput;
import dev.pgattest.plan.PlanShape;
import dev.pgattest.postgres.Connections;
import dev.pgattest.postgres.DeploymentCatalog;
import dev.pgattest.postgres.DeploymentSession;
import dev.pgattest.postgres.Session;
import dev.pgattest.schema.CatalogIndex;
import dev.pgattest.sql.QualifiedName;
import dev.pgattest.workload.Case;
import dev.pgattest.workload.Query;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A database at one moment, for a report. A report is not worth failing for, so what could not be seen is said in words.
 *
 * @param at by the clock of this machine
 * @param settings of the server
 * @param catalog null when it could not be read
 * @param plans of the cases, by name of query, case and mode
 * @param trouble why something could not be seen; empty when everything was
 */
record DatabaseLook(
        Instant at,
        Map<String, String> settings,
        @Nullable CatalogSnapshot catalog,
        Map<Planned, CasePlan> plans,
        String trouble) {

    /** What is planned. */
    record Planned(String query, String caseName, String mode) {}

    private static final CasePlan UNKNOWN = new CasePlan(List.of(), null, "it could not be planned");

    /** Looks, and plans the queries as a state has them run. */
    static DatabaseLook at(Connections connections, Path project, String state) {
        Map<Planned, CasePlan> plans = new LinkedHashMap<>();
        Instant now = Instant.now();
        try (Session session = connections.openAs("pgattest (report)")) {
            Map<String, String> settings = DeploymentSession.serverSettings(session);
            CatalogSnapshot catalog = DeploymentCatalog.read(session);
            String trouble = plan(session, project, state, plans);
            return new DatabaseLook(now, settings, catalog, plans, trouble);
        } catch (PgattestException lost) {
            return new DatabaseLook(now, Map.of(), null, plans, String.valueOf(lost.getMessage()));
        }
    }

    private static String plan(Session session, Path project, String state, Map<Planned, CasePlan> plans) {
        try {
            LoadedProject loaded = LoadedProject.read(project);
            QueryPlans planned = QueryPlans.on(session, loaded.project(), loaded.statements());
            for (Query query : loaded.project().workload().statements()) {
                for (Case each : query.cases()) {
                    planned.of(query, each, state)
                            .forEach(plan -> plans.put(
                                    new Planned(
                                            query.name(),
                                            each.name(),
                                            plan.mode().label()),
                                    plan(plan)));
                }
            }
            return "";
        } catch (PgattestException trouble) {
            return "the queries could not be planned: " + trouble.getMessage();
        }
    }

    private static CasePlan plan(QueryPlans.CasePlan plan) {
        ExplainOutput output = plan.plan();
        return output == null
                ? new CasePlan(List.of(), null, plan.refusal())
                : new CasePlan(
                        PlanShape.of(output).lines(),
                        plan.cost().isPresent() ? plan.cost().getAsDouble() : null,
                        "");
    }

    /** The indexes that a plan touches, here and later. */
    List<IndexSize> sizes(DeploymentPlan plan, DatabaseLook later) {
        return plan.steps().stream()
                .flatMap(step -> step.index().stream())
                .distinct()
                .map(index -> new IndexSize(index, size(index), later.size(index)))
                .filter(size -> size.before() != null || size.after() != null)
                .toList();
    }

    private @Nullable Long size(QualifiedName index) {
        return catalog == null
                ? null
                : catalog.index(index).map(CatalogIndex::sizeBytes).orElse(null);
    }

    /** Each case here and later. */
    List<QueryChange> changes(DatabaseLook later) {
        Set<Planned> cases = new LinkedHashSet<>(plans.keySet());
        cases.addAll(later.plans.keySet());
        return cases.stream()
                .map(each -> new QueryChange(
                        each.query(),
                        each.caseName(),
                        each.mode(),
                        plans.getOrDefault(each, UNKNOWN),
                        later.plans.getOrDefault(each, UNKNOWN)))
                .toList();
    }

    /** What is not as it should be after a plan. */
    List<String> left(DeploymentPlan plan, boolean unfinished) {
        List<String> left = new ArrayList<>();
        if (!trouble.isEmpty()) {
            left.add(trouble);
        }
        if (catalog != null) {
            plan.steps().stream()
                    .flatMap(step -> step.index().stream())
                    .distinct()
                    .flatMap(index -> invalid(index).stream())
                    .forEach(left::add);
        }
        if (unfinished) {
            left.add(
                    "the deployment is unfinished: the same command goes on with it, `pgattest deploy rollback` takes it back");
        }
        return left;
    }

    private Optional<String> invalid(QualifiedName index) {
        return Optional.ofNullable(catalog)
                .flatMap(seen -> seen.index(index))
                .filter(found -> !StepState.isUsable(found))
                .map(found -> "the index " + index.sql() + " is not valid");
    }
}
