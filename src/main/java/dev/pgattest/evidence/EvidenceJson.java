package dev.pgattest.evidence;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes evidence as the JSON that {@code docs/schema/evidence.schema.json} describes; equal evidence gives equal text. */
public final class EvidenceJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();

    private EvidenceJson() {}

    /** The evidence as indented JSON with a final newline. */
    public static String text(Evidence evidence) {
        return MAPPER.writeValueAsString(tree(evidence)) + "\n";
    }

    /** The evidence as the tree that {@link #text} prints. */
    public static ObjectNode tree(Evidence evidence) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("pgattest", evidence.pgattest());
        root.put("project", evidence.project());
        root.put("profile", evidence.data().profile());
        root.put("scale", evidence.data().scale());
        root.put("members", evidence.data().members());
        root.put("seed", evidence.data().seed());
        root.set("dataset", dataset(evidence.data()));
        root.set("server", server(evidence.server()));
        root.set("measuring", measuring(evidence.measuring()));
        ArrayNode states = root.putArray("states");
        evidence.states().forEach(state -> states.add(state(state)));
        root.put("gate", evidence.gate());
        root.put("verdict", evidence.verdict().name());
        addTexts(root.putArray("reasons"), evidence.reasons());
        ArrayNode phases = root.putArray("phases");
        for (Evidence.Phase phase : evidence.phases()) {
            phases.addObject()
                    .put("name", phase.name())
                    .put("ms", rounded(phase.ms()))
                    .put("server_ms", rounded(phase.serverMs()));
        }
        ArrayNode inputs = root.putArray("inputs");
        evidence.inputs().forEach(input -> inputs.add(input(input)));
        if (evidence.growth() != null) {
            root.set("growth", GrowthJson.node(evidence.growth()));
        }
        if (evidence.comparison() != null) {
            root.set("comparison", ComparisonJson.node(evidence.comparison()));
        }
        if (evidence.load() != null) {
            root.set("load", LoadJson.node(evidence.load()));
        }
        return root;
    }

    private static ObjectNode input(InputDigest input) {
        return MAPPER.createObjectNode()
                .put("file", input.file())
                .put("part", input.part())
                .put("sha256", input.sha256());
    }

    private static ObjectNode dataset(Evidence.Data data) {
        ObjectNode node = MAPPER.createObjectNode().put("definition", data.definition());
        ArrayNode tables = node.putArray("tables");
        for (Evidence.TableFingerprint table : data.tables()) {
            tables.addObject()
                    .put("table", table.table())
                    .put("rows", table.rows())
                    .put("sha256", table.sha256());
        }
        return node;
    }

    private static ObjectNode server(ServerFacts server) {
        ObjectNode node =
                MAPPER.createObjectNode().put("version", server.version()).put("build", server.build());
        ObjectNode settings = node.putObject("settings");
        server.settings().forEach(settings::put);
        return node;
    }

    private static ObjectNode measuring(Evidence.Measuring measuring) {
        ObjectNode node = MAPPER.createObjectNode()
                .put("confidence", measuring.confidence())
                .put("warmup", measuring.warmup())
                .put("max_samples", measuring.maxSamples());
        addTexts(node.putArray("plan_modes"), measuring.planModes());
        return node;
    }

    private static ObjectNode state(StateEvidence state) {
        ObjectNode node = MAPPER.createObjectNode()
                .put("name", state.name())
                .put("description", state.description())
                .put("schema", state.schema())
                .put("verdict", state.verdict().name());
        addTexts(node.putArray("reasons"), state.reasons());
        node.putObject("calibration")
                .put("before_ms", rounded(state.calibration().beforeMs()))
                .put("after_ms", rounded(state.calibration().afterMs()));
        ArrayNode tables = node.putArray("tables");
        for (TableEvidence table : state.tables()) {
            tables.addObject()
                    .put("name", table.name())
                    .put("rows", table.rows())
                    .put("pages", table.pages())
                    .put("size_bytes", table.sizeBytes());
        }
        ArrayNode indexes = node.putArray("indexes");
        for (IndexEvidence index : state.indexes()) {
            indexes.addObject()
                    .put("name", index.name())
                    .put("table", index.table())
                    .put("definition", index.definition())
                    .put("size_bytes", index.sizeBytes())
                    .put("valid", index.valid())
                    .put("build_ms", rounded(index.buildMs()));
        }
        ArrayNode jsonbColumns = node.putArray("jsonb_columns");
        state.jsonbColumns()
                .forEach(each ->
                        jsonbColumns.addObject().put("table", each.table()).put("column", each.column()));
        ArrayNode queries = node.putArray("queries");
        state.queries().forEach(query -> queries.add(caseNode(query)));
        return node;
    }

    /** One case: the numbers of its slowest mode flat, then every mode. */
    private static ObjectNode caseNode(CaseEvidence evidence) {
        CaseEvidence.Subject subject = evidence.subject();
        ObjectNode node = MAPPER.createObjectNode()
                .put("query", evidence.query())
                .put("case", evidence.caseName())
                .put("priority", subject.priority())
                .put("owner", subject.owner())
                .put("variant", subject.variant())
                .put("role", subject.role())
                .put("slo", subject.slo())
                .put("slo_ms", rounded(subject.sloMs()));
        ObjectNode parameters = node.putObject("parameters");
        subject.parameters().forEach(parameters::put);
        node.put("sql", subject.sql());
        if (subject.statements() != 1) {
            node.put("statements", subject.statements());
        }
        ModeEvidence slowest = evidence.slowest();
        node.put("plan_mode", slowest.mode());
        addNumbers(node, slowest);
        node.put("verdict", evidence.verdict().name());
        addTexts(node.putArray("reasons"), evidence.reasons());
        ArrayNode modes = node.putArray("modes");
        for (ModeEvidence mode : evidence.modes()) {
            ObjectNode each = modes.addObject()
                    .put("mode", mode.mode())
                    .put("decision", mode.decision().name());
            addNumbers(each, mode);
            each.put("plan_text", mode.planned().text());
            ArrayNode latencies = each.putArray("latencies_ms");
            mode.latenciesMs().forEach(ms -> latencies.add(rounded(ms)));
            addOtherPlans(each, mode);
        }
        return node;
    }

    private static void addNumbers(ObjectNode node, ModeEvidence mode) {
        LatencySummary latency = mode.latency();
        ModeEvidence.Planned planned = mode.planned();
        node.put("samples", latency.samples())
                .put("p50_ms", rounded(latency.p50Ms()))
                .put("p95_ms", rounded(latency.p95Ms()))
                .put("p95_low_ms", rounded(latency.p95LowMs()))
                .put("p95_high_ms", rounded(latency.p95HighMs()))
                .put("p99_ms", rounded(latency.p99Ms()))
                .put("max_ms", rounded(latency.maxMs()))
                .put("buffers", planned.buffers())
                .put("planning_ms", rounded(planned.planningMs()))
                .put("explain_execution_ms", rounded(planned.executionMs()))
                .put("rows", planned.rows())
                .put("rows_scanned", planned.rowsScanned());
        addTexts(node.putArray("indexes_used"), planned.indexesUsed());
        addTexts(node.putArray("scans"), planned.scans());
        ArrayNode flags = node.putArray("red_flags");
        for (RedFlagEvidence flag : mode.redFlags()) {
            flags.addObject()
                    .put("id", flag.id())
                    .put("severity", flag.severity())
                    .put("node", flag.node())
                    .put("message", flag.message())
                    .put("remedy", flag.remedy());
        }
        if (planned.serialBuffers() != null) {
            node.put("serial_buffers", planned.serialBuffers());
        }
        if (planned.writesCatalog()) {
            node.put("writes_catalog", true);
        }
        node.set("plan", planned.json());
    }

    /** Only where there are some: most plans are the only choice. */
    private static void addOtherPlans(ObjectNode node, ModeEvidence mode) {
        if (!mode.otherPlans().isEmpty()) {
            ArrayNode others = node.putArray("other_plans");
            mode.otherPlans()
                    .forEach(other ->
                            others.addObject().put("buffers", other.buffers()).set("plan", other.json()));
        }
    }

    private static void addTexts(ArrayNode array, List<String> texts) {
        texts.forEach(array::add);
    }

    /** Milliseconds to the microsecond. */
    static @Nullable Double rounded(@Nullable Double ms) {
        return ms == null ? null : Math.rint(ms * 1000) / 1000;
    }
}
