package dev.pgattest.report;

import dev.pgattest.deploy.BuildProgress.Blocker;
import dev.pgattest.deploy.CompletionReport;
import dev.pgattest.deploy.CompletionReport.CasePlan;
import dev.pgattest.deploy.CompletionReport.QueryChange;
import dev.pgattest.deploy.CompletionReport.StepOutcome;
import dev.pgattest.deploy.DeploymentPlan;
import dev.pgattest.deploy.DeploymentPlanJson;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a deployment did, by {@code docs/schema/deployment-report.schema.json}. */
public final class CompletionJson {

    private static final JsonMapper JSON = JsonMapper.shared();

    private CompletionJson() {}

    /**
     * One JSON object.
     *
     * @param version of pgattest
     */
    public static String of(CompletionReport report, String version) {
        ObjectNode root = JSON.createObjectNode();
        root.put("pgattest", version);
        plan(root, report.plan());
        CompletionReport.Run run = report.run();
        root.put("deployment", run.deployment());
        root.put("database", run.database());
        ObjectNode settings = root.putObject("settings");
        run.settings().forEach(settings::put);
        root.put("begun_at", run.begunAt().toString());
        root.put("ended_at", run.endedAt().toString());
        root.put("failure", run.failure().isEmpty() ? null : run.failure());
        ArrayNode preflight = root.putArray("preflight");
        report.preflight()
                .forEach(item -> preflight
                        .addObject()
                        .put("item", item.item())
                        .put("level", item.level().name().toLowerCase(Locale.ROOT))
                        .put("value", item.value()));
        ArrayNode steps = root.putArray("steps");
        report.steps().forEach(step -> step(steps.addObject(), step));
        ArrayNode indexes = root.putArray("indexes");
        report.sizes()
                .forEach(size -> indexes.addObject()
                        .put("index", size.index().sql())
                        .put("bytes_before", size.before())
                        .put("bytes_after", size.after()));
        ArrayNode queries = root.putArray("queries");
        report.queries().forEach(query -> query(queries.addObject(), query));
        ArrayNode left = root.putArray("left");
        report.left().forEach(left::add);
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
    }

    /** A deployment that had nothing to do. */
    public static String ofNothing(DeploymentPlan plan, String database, String version) {
        ObjectNode root = JSON.createObjectNode();
        root.put("pgattest", version);
        plan(root, plan);
        root.putNull("deployment");
        root.put("database", database);
        root.putArray("steps");
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
    }

    private static void plan(ObjectNode root, DeploymentPlan plan) {
        root.put("project", plan.project());
        root.put("direction", plan.direction().name().toLowerCase(Locale.ROOT));
        root.put("from", plan.from());
        root.put("to", plan.to());
        root.put("plan", DeploymentPlanJson.digest(plan));
    }

    private static void step(ObjectNode node, StepOutcome outcome) {
        node.put("kind", outcome.step().kind().word());
        node.put("object", outcome.step().subject().text());
        node.put("result", outcome.result().name().toLowerCase(Locale.ROOT));
        node.put("elapsed_ms", ms(outcome.elapsed()));
        node.put("expected_ms", ms(outcome.step().estimate().duration()));
        node.put("estimated_bytes", outcome.step().estimate().bytes());
        node.put("lock_timeout_ms", outcome.step().limits().lockTimeout().toMillis());
        ArrayNode retries = node.putArray("retries");
        outcome.retries().forEach(retries::add);
        ArrayNode blockers = node.putArray("blockers");
        outcome.blockers().forEach(blocker -> blocker(blockers.addObject(), blocker));
    }

    private static @Nullable Long ms(@Nullable Duration duration) {
        return Optional.ofNullable(duration).map(Duration::toMillis).orElse(null);
    }

    private static void blocker(ObjectNode node, Blocker blocker) {
        node.put("pid", blocker.pid());
        node.put("application", blocker.application());
        node.put("role", blocker.role());
        node.put("state", blocker.state());
        node.put("age_ms", blocker.age().toMillis());
        node.put("query", blocker.query());
    }

    private static void query(ObjectNode node, QueryChange query) {
        node.put("query", query.query());
        node.put("case", query.caseName());
        node.put("mode", query.mode());
        node.put("changed", query.isChanged());
        casePlan(node.putObject("before"), query.before());
        casePlan(node.putObject("after"), query.after());
    }

    private static void casePlan(ObjectNode node, CasePlan plan) {
        ArrayNode shape = node.putArray("plan");
        plan.shape().forEach(shape::add);
        node.put("cost", plan.estimatedCost().orElse(null));
        node.put("refusal", plan.refusal().isEmpty() ? null : plan.refusal());
    }
}
