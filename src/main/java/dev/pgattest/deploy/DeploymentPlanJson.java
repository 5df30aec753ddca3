package dev.pgattest.deploy;

import dev.pgattest.PgattestException;
import dev.pgattest.Sha256;
import dev.pgattest.sql.QualifiedName;
import dev.pgattest.sql.StatementSecrets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Plans as the JSON that {@code docs/schema/deployment.schema.json} describes; equal plans give equal text. */
public final class DeploymentPlanJson {

    private static final int FORMAT = 1;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();

    private DeploymentPlanJson() {}

    /** The plan as indented JSON with a final newline, without the passwords in its statements. */
    public static String text(DeploymentPlan plan) {
        return MAPPER.writeValueAsString(tree(plan)) + "\n";
    }

    /** SHA-256 of the plan's text, by which the journal knows it. */
    public static String digest(DeploymentPlan plan) {
        return Sha256.hex(text(plan));
    }

    private static ObjectNode tree(DeploymentPlan plan) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("format", FORMAT);
        root.put("project", plan.project());
        root.put("direction", plan.direction().name().toLowerCase(Locale.ROOT));
        root.put("from", plan.from());
        root.put("to", plan.to());
        root.put("fingerprint", plan.fingerprint());
        addTexts(root, "hazards", plan.hazards().stream().map(Hazard::id).toList());
        ArrayNode managed = root.putArray("managed");
        plan.managed().forEach(name -> managed.add(name(name)));
        ArrayNode steps = root.putArray("steps");
        plan.steps().forEach(step -> steps.add(step(step)));
        addTexts(root, "notes", plan.notes());
        return root;
    }

    private static ObjectNode step(Step step) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("kind", step.kind().word());
        node.put("object", step.subject().text());
        step.index().ifPresent(index -> node.set("index", name(index)));
        step.table().ifPresent(table -> node.set("table", name(table)));
        step.former().ifPresent(former -> node.set("former", name(former)));
        if (!step.subject().place().isEmpty()) {
            node.put("place", step.subject().place());
        }
        addTexts(node, "sql", step.shownStatements());
        if (step.hasSecrets()) {
            node.put("secrets_hidden", true);
        }
        node.put("transactional", step.kind().isTransactional());
        node.put("lock_timeout_ms", step.limits().lockTimeout().toMillis());
        node.put("statement_timeout_ms", 0);
        node.put("deadline_ms", step.limits().deadline().toMillis());
        node.put("attempts", step.limits().attempts());
        node.put("build_workers", step.limits().workers());
        addTexts(node, "hazards", step.hazards().stream().map(Hazard::id).toList());
        addTexts(node, "undo", step.undo().stream().map(StatementSecrets::hide).toList());
        node.put("waits_for", step.kind().waitsFor());
        Duration duration = step.estimate().duration();
        node.put("estimated_bytes", step.estimate().bytes());
        node.put("expected_ms", duration == null ? null : duration.toMillis());
        node.put("reason", step.reason());
        return node;
    }

    private static ObjectNode name(QualifiedName name) {
        return MAPPER.createObjectNode().put("schema", name.schema()).put("name", name.name());
    }

    private static void addTexts(ObjectNode node, String field, List<String> texts) {
        ArrayNode array = node.putArray(field);
        texts.forEach(array::add);
    }

    /**
     * Reads a plan.
     *
     * @throws PgattestException of bad input when the text is none
     */
    public static DeploymentPlan read(String text) {
        try {
            JsonNode root = MAPPER.readTree(text);
            if (root.path("format").asInt(0) != FORMAT) {
                throw unreadable("its format is not " + FORMAT);
            }
            return new DeploymentPlan(
                    required(root, "project"),
                    DeploymentPlan.Direction.valueOf(required(root, "direction").toUpperCase(Locale.ROOT)),
                    required(root, "from"),
                    required(root, "to"),
                    required(root, "fingerprint"),
                    root.path("managed")
                            .valueStream()
                            .map(DeploymentPlanJson::readName)
                            .toList(),
                    root.path("steps")
                            .valueStream()
                            .map(DeploymentPlanJson::readStep)
                            .toList(),
                    texts(root, "notes"));
        } catch (JacksonException | IllegalArgumentException e) {
            throw unreadable(String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }

    private static PgattestException unreadable(String why) {
        return PgattestException.badInput(
                "the deployment plan cannot be read: " + why, "make a new one with `pgattest deploy plan --out FILE`");
    }

    private static String required(JsonNode node, String field) {
        if (!node.path(field).isString()) {
            throw new IllegalArgumentException("it has no " + field);
        }
        return node.path(field).asString();
    }

    private static QualifiedName readName(JsonNode node) {
        return new QualifiedName(
                node.path("schema").isString() ? node.path("schema").asString() : null, required(node, "name"));
    }

    private static @Nullable QualifiedName optionalName(JsonNode node) {
        return node.isObject() ? readName(node) : null;
    }

    private static Step readStep(JsonNode node) {
        String kind = required(node, "kind");
        if (node.path("secrets_hidden").asBoolean(false)) {
            throw new IllegalArgumentException("passwords were taken out of " + required(node, "object")
                    + ", so it can only be looked at; `pgattest deploy apply` without --plan makes and carries it out");
        }
        return new Step(
                StepKind.of(kind).orElseThrow(() -> new IllegalArgumentException("unknown kind of step: " + kind)),
                new Step.Subject(
                        optionalName(node.path("index")),
                        optionalName(node.path("table")),
                        node.path("place").asString(""),
                        optionalName(node.path("former"))),
                texts(node, "sql"),
                new Step.Limits(
                        Duration.ofMillis(node.path("lock_timeout_ms").asLong(0)),
                        Duration.ofMillis(node.path("deadline_ms").asLong(0)),
                        node.path("attempts").asInt(1),
                        node.path("build_workers").asInt(0)),
                texts(node, "hazards").stream().map(DeploymentPlanJson::hazard).toList(),
                texts(node, "undo"),
                new Step.Estimate(number(node, "estimated_bytes"), duration(number(node, "expected_ms"))),
                node.path("reason").asString(""));
    }

    private static Hazard hazard(String id) {
        return Hazard.of(id).orElseThrow(() -> new IllegalArgumentException("unknown hazard: " + id));
    }

    private static @Nullable Long number(JsonNode node, String field) {
        return node.path(field).isNumber() ? node.path(field).asLong() : null;
    }

    private static @Nullable Duration duration(@Nullable Long ms) {
        return ms == null ? null : Duration.ofMillis(ms);
    }

    private static List<String> texts(JsonNode node, String field) {
        return node.path(field).valueStream().map(each -> each.asString("")).toList();
    }
}
