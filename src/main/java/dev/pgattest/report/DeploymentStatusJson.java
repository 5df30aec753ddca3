package dev.pgattest.report;

import dev.pgattest.deploy.DeploymentRecord;
import dev.pgattest.deploy.DeploymentRecord.StepRecord;
import dev.pgattest.deploy.StatusReport;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How far deployments are, by {@code docs/schema/deployment-status.schema.json}. */
public final class DeploymentStatusJson {

    private static final JsonMapper JSON = JsonMapper.shared();

    private DeploymentStatusJson() {}

    /**
     * One JSON object.
     *
     * @param version of pgattest
     */
    public static String of(StatusReport status, String version) {
        ObjectNode root = JSON.createObjectNode();
        root.put("pgattest", version);
        root.put("project", status.project());
        root.put("at_work", status.worker());
        root.put("unfinished", status.isUnfinished());
        ArrayNode deployments = root.putArray("deployments");
        status.history().deployments().forEach(each -> add(deployments.addObject(), each));
        ArrayNode indexes = root.putArray("indexes");
        status.indexes()
                .forEach(index -> indexes.addObject()
                        .put("index", index.name().sql())
                        .put("state", index.state().text()));
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
    }

    private static void add(ObjectNode node, DeploymentRecord record) {
        node.put("id", record.id());
        node.put("direction", record.direction().name().toLowerCase(Locale.ROOT));
        node.put("from", record.from());
        node.put("to", record.to());
        node.put("plan", record.plan());
        node.put("undoes", record.undoes());
        node.put("outcome", record.outcome().name().toLowerCase(Locale.ROOT));
        node.put("started_at", record.startedAt().toString());
        node.put(
                "finished_at",
                record.finishedAt() == null ? null : record.finishedAt().toString());
        ArrayNode steps = node.putArray("steps");
        record.steps().forEach(step -> add(steps.addObject(), step));
    }

    private static void add(ObjectNode node, StepRecord step) {
        node.put("kind", step.kind());
        node.put("object", step.object());
        node.put("outcome", step.outcome());
        node.put("operator", step.actor().operator());
        node.put("host", step.actor().host());
        node.put("process", step.actor().process());
        node.put("started_at", step.startedAt().toString());
        node.put(
                "finished_at",
                step.finishedAt() == null ? null : step.finishedAt().toString());
        node.put("message", step.message());
        node.put("retries", step.waits().retries());
        ArrayNode blockers = node.putArray("waited_for");
        step.waits().blockers().forEach(blockers::add);
    }
}
