package dev.pgattest.baseline;

import dev.pgattest.PgattestException;
import dev.pgattest.Problem;
import dev.pgattest.Result;
import dev.pgattest.baseline.Snapshot.CaseKey;
import dev.pgattest.baseline.Snapshot.Figures;
import dev.pgattest.baseline.Snapshot.Plan;
import dev.pgattest.plan.ExplainOutput;
import dev.pgattest.plan.PlanKey;
import dev.pgattest.plan.PlanParser;
import dev.pgattest.plan.PlanShape;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what is compared from the JSON of evidence. Keys that are not compared may be missing: older evidence has fewer. */
final class SnapshotReader {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String CRITICAL = "seq-scan-critical-table";
    private static final Pattern METHOD = Pattern.compile(" USING ([a-z_0-9]+) \\(");
    private static final Set<String> REPEATABLE = Set.of("btree", "hash", "gin", "brin");
    private static final String REMEDY = "name an evidence.json that `pgattest prove` wrote, or its folder";

    private SnapshotReader() {}

    /** Evidence as a text, from a file of that name. */
    static Result<Snapshot> read(String file, String text) {
        try {
            return Result.of(of(JSON.readTree(text)));
        } catch (JacksonException e) {
            return Result.rejected(Problem.ofFile(file, "it is not JSON: " + e.getOriginalMessage(), REMEDY));
        } catch (Missing e) {
            return Result.rejected(Problem.ofFile(file, "it is no evidence: " + e.getMessage(), REMEDY));
        } catch (PgattestException e) {
            return Result.rejected(
                    Problem.ofFile(file, "it holds a plan that cannot be read: " + e.getMessage(), REMEDY));
        }
    }

    /** Evidence as a tree, which has to be complete. */
    static Snapshot of(JsonNode root) {
        List<String> states = new ArrayList<>();
        Map<CaseKey, Figures> cases = new LinkedHashMap<>();
        for (JsonNode state : list(root, "states")) {
            states.add(text(state, "name"));
            Set<String> lots = lots(state);
            for (JsonNode each : list(state, "queries")) {
                for (JsonNode mode : list(each, "modes")) {
                    CaseKey key = new CaseKey(
                            text(state, "name"), text(each, "query"), text(each, "case"), text(mode, "mode"));
                    cases.put(key, figures(mode, lots));
                }
            }
        }
        return new Snapshot(subject(root), states, cases);
    }

    private static Snapshot.Subject subject(JsonNode root) {
        SortedMap<String, String> settings = new TreeMap<>();
        JsonNode server = child(root, "server");
        child(server, "settings")
                .properties()
                .forEach(setting ->
                        settings.put(setting.getKey(), setting.getValue().asString()));
        List<String> modes = new ArrayList<>();
        list(child(root, "measuring"), "plan_modes").forEach(mode -> modes.add(mode.asString()));
        JsonNode members = root.path("members");
        return new Snapshot.Subject(
                text(root, "project"),
                Snapshot.describe(text(root, "profile"), scale(root), members.isNumber() ? members.asString() : ""),
                text(child(root, "dataset"), "definition"),
                text(server, "version"),
                settings,
                modes);
    }

    private static String scale(JsonNode root) {
        JsonNode scale = child(root, "scale");
        if (!scale.isNumber()) {
            throw new Missing("its 'scale' is no number");
        }
        return BigDecimal.valueOf(scale.doubleValue()).stripTrailingZeros().toPlainString();
    }

    /** Names of the indexes of other methods than those whose builds repeat: GiST and SP-GiST draw lots, extensions may. */
    private static Set<String> lots(JsonNode state) {
        Set<String> names = new HashSet<>();
        for (JsonNode index : state.path("indexes")) {
            Matcher method = METHOD.matcher(index.path("definition").asString(""));
            if (method.find() && !REPEATABLE.contains(method.group(1))) {
                names.add(index.path("name").asString(""));
            }
        }
        return names;
    }

    private static Figures figures(JsonNode mode, Set<String> lots) {
        ExplainOutput output = PlanParser.parse(child(mode, "plan").toString());
        JsonNode serial = mode.path("serial_buffers");
        boolean parallel = output.nodes().anyMatch(node -> node.nodeType().startsWith("Gather"));
        Plan measured = new Plan(
                serial.isNumber() ? serial.longValue() : number(mode, "buffers"),
                serial.isNumber() || !parallel,
                output,
                PlanShape.of(output));
        List<Plan> others = new ArrayList<>();
        for (JsonNode other : mode.path("other_plans")) {
            ExplainOutput plan = PlanParser.parse(child(other, "plan").toString());
            others.add(new Plan(number(other, "buffers"), true, plan, PlanShape.of(plan)));
        }
        boolean critical = mode.path("red_flags")
                .valueStream()
                .anyMatch(flag -> flag.path("id").asString("").equals(CRITICAL)
                        && !flag.path("severity").asString("").equals("not-applicable"));
        boolean drawn = mode.path("writes_catalog").asBoolean(false)
                || Stream.concat(Stream.of(measured), others.stream())
                        .flatMap(plan -> plan.output().nodes())
                        .anyMatch(node -> node.text(PlanKey.INDEX_NAME)
                                .filter(lots::contains)
                                .isPresent());
        return new Figures(measured, others, critical, drawn);
    }

    private static JsonNode child(JsonNode node, String key) {
        JsonNode child = node.path(key);
        if (child.isMissingNode() || child.isNull()) {
            throw new Missing("it has no '" + key + "' where evidence has one");
        }
        return child;
    }

    private static List<JsonNode> list(JsonNode node, String key) {
        JsonNode list = child(node, key);
        if (!list.isArray()) {
            throw new Missing("its '" + key + "' is no list");
        }
        return list.valueStream().toList();
    }

    private static String text(JsonNode node, String key) {
        JsonNode text = child(node, key);
        if (!text.isString()) {
            throw new Missing("its '" + key + "' is no text");
        }
        return text.asString();
    }

    private static long number(JsonNode node, String key) {
        JsonNode number = child(node, key);
        if (!number.isIntegralNumber()) {
            throw new Missing("its '" + key + "' is no whole number");
        }
        return number.longValue();
    }

    /** What evidence has and this JSON does not. */
    private static final class Missing extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Missing(String message) {
            super(message);
        }
    }
}
