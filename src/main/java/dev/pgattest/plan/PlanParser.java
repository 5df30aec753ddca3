package dev.pgattest.plan;

import dev.pgattest.PgattestException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the JSON of {@code EXPLAIN}. */
public final class PlanParser {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final String REMEDY =
            "pass what EXPLAIN (ANALYZE, BUFFERS, VERBOSE, SETTINGS, FORMAT JSON) printed for one "
                    + "statement: a list with one object that has the key \"Plan\"";
    private static final Set<String> READ = Set.of(
            "Plan",
            "Planning",
            "Planning Time",
            "Execution Time",
            "JIT",
            "Triggers",
            "Settings",
            "Query Identifier",
            "Serialization");
    private static final int LONGEST_EXCERPT = 60;

    private PlanParser() {}

    /**
     * Reads the plan of one statement; the list around it may be missing, as in the log of {@code auto_explain}.
     *
     * @throws PgattestException bad input, when {@code json} is no such plan, with what was found instead
     */
    public static ExplainOutput parse(String json) {
        Map<String, Object> facts = statement(read(json));
        if (!(facts.get("Plan") instanceof Map<?, ?>)) {
            throw wrong("the plan is " + describe(facts.get("Plan")) + ", expected an object under the key \"Plan\"");
        }
        Map<String, Object> planning = Facts.group(facts, "Planning");
        Map<String, Object> other = new LinkedHashMap<>(facts);
        other.keySet().removeAll(READ);
        return new ExplainOutput(
                node("0", Facts.group(facts, "Plan")),
                new ExplainOutput.Planning(orNull(Facts.number(facts, "Planning Time")), Buffers.of(planning)),
                execution(facts),
                settings(Facts.group(facts, "Settings")),
                facts.get("Query Identifier") instanceof BigDecimal identifier ? identifier.toPlainString() : null,
                other);
    }

    private static Object read(String json) {
        try {
            Object value = plain(JSON.readTree(json));
            if (value == null) {
                throw wrong("the plan is empty");
            }
            return value;
        } catch (JacksonException e) {
            var place = e.getLocation();
            String where = place == null ? "" : " at line " + place.getLineNr() + ", column " + place.getColumnNr();
            throw wrong("the plan is no JSON" + where + ": " + excerpt(json));
        }
    }

    private static Map<String, Object> statement(Object value) {
        Object statement = value;
        if (value instanceof List<?> statements) {
            if (statements.size() != 1) {
                throw wrong("the list holds " + statements.size() + " plans, expected one");
            }
            statement = statements.get(0);
        }
        Map<String, Object> facts = Facts.group(Collections.singletonMap("", statement), "");
        if (facts.isEmpty()) {
            throw wrong("the plan is " + describe(statement) + ", expected an object");
        }
        return facts;
    }

    private static PlanNode node(String path, Map<String, Object> raw) {
        Map<String, Object> facts = new LinkedHashMap<>(raw);
        Object plans = facts.remove("Plans");
        facts.forEach((key, value) -> PlanKey.named(key)
                .filter(known -> !fits(known.kind(), value))
                .ifPresent(known -> {
                    throw wrong("\"" + key + "\" of node " + path + " is " + describe(value) + ", expected "
                            + known.kind().description());
                }));
        if (!facts.containsKey(PlanKey.NODE_TYPE.keyName())) {
            throw wrong("node " + path + " has no \"Node Type\"");
        }
        return new PlanNode(path, facts, children(path, plans));
    }

    private static List<PlanNode> children(String path, @Nullable Object plans) {
        if (plans == null) {
            return List.of();
        }
        if (!(plans instanceof List<?> list) || !list.stream().allMatch(Map.class::isInstance)) {
            throw wrong("\"Plans\" of node " + path + " is " + describe(plans) + ", expected a list of objects");
        }
        List<Map<String, Object>> raw = Facts.groups(Map.of("Plans", plans), "Plans");
        List<PlanNode> children = new ArrayList<>();
        for (int i = 0; i < raw.size(); i++) {
            children.add(node(path + "." + i, raw.get(i)));
        }
        return children;
    }

    private static boolean fits(PlanKey.Kind kind, @Nullable Object value) {
        return switch (kind) {
            case TEXT -> value instanceof String;
            case NUMBER -> value instanceof BigDecimal;
            case TRUTH -> value instanceof Boolean;
            case TEXTS -> value instanceof List<?> list && list.stream().allMatch(String.class::isInstance);
            case GROUP -> value instanceof Map<?, ?>;
            case GROUPS -> value instanceof List<?> list && list.stream().allMatch(Map.class::isInstance);
        };
    }

    private static ExplainOutput.Execution execution(Map<String, Object> facts) {
        List<ExplainOutput.Trigger> triggers = Facts.groups(facts, "Triggers").stream()
                .map(PlanParser::trigger)
                .toList();
        return new ExplainOutput.Execution(
                orNull(Facts.number(facts, "Execution Time")),
                jit(Facts.group(facts, "JIT")),
                triggers,
                serialization(Facts.group(facts, "Serialization")));
    }

    private static ExplainOutput.Trigger trigger(Map<String, Object> facts) {
        return new ExplainOutput.Trigger(
                Facts.text(facts, "Trigger Name").orElse(""),
                Facts.text(facts, "Constraint Name").orElse(null),
                Facts.text(facts, "Relation").orElse(null),
                Facts.number(facts, "Time").orElse(0),
                (long) Facts.number(facts, "Calls").orElse(0));
    }

    private static ExplainOutput.@Nullable Jit jit(Map<String, Object> facts) {
        if (facts.isEmpty()) {
            return null;
        }
        return new ExplainOutput.Jit(
                (long) Facts.number(facts, "Functions").orElse(0),
                Facts.number(Facts.group(facts, "Timing"), "Total").orElse(0));
    }

    private static ExplainOutput.@Nullable Serialization serialization(Map<String, Object> facts) {
        if (facts.isEmpty()) {
            return null;
        }
        return new ExplainOutput.Serialization(
                Facts.text(facts, "Format").orElse(""),
                Facts.number(facts, "Time").orElse(0),
                (long) Facts.number(facts, "Output Volume").orElse(0),
                Buffers.of(facts));
    }

    private static SortedMap<String, String> settings(Map<String, Object> facts) {
        SortedMap<String, String> settings = new TreeMap<>();
        facts.forEach((name, value) -> settings.put(name, String.valueOf(value)));
        return settings;
    }

    private static @Nullable Double orNull(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }

    private static @Nullable Object plain(@Nullable JsonNode json) {
        if (json == null || json.isNull() || json.isMissingNode()) {
            return null;
        }
        if (json.isObject()) {
            Map<String, @Nullable Object> object = new LinkedHashMap<>();
            json.properties().forEach(property -> object.put(property.getKey(), plain(property.getValue())));
            return object;
        }
        if (json.isArray()) {
            List<@Nullable Object> list = new ArrayList<>();
            json.forEach(element -> list.add(plain(element)));
            return list;
        }
        if (json.isNumber()) {
            return json.decimalValue();
        }
        return json.isBoolean() ? (Object) json.booleanValue() : json.asString();
    }

    private static String describe(@Nullable Object value) {
        if (value == null) {
            return "missing";
        }
        if (value instanceof Map<?, ?> map) {
            return "an object with the keys " + excerpt(map.keySet().toString());
        }
        if (value instanceof List<?> list) {
            return "a list of " + list.size();
        }
        return value instanceof String ? "the text '" + excerpt(value.toString()) + "'" : excerpt(value.toString());
    }

    private static String excerpt(String text) {
        return text.length() <= LONGEST_EXCERPT ? text : text.substring(0, LONGEST_EXCERPT) + "...";
    }

    private static PgattestException wrong(String message) {
        return PgattestException.badInput(message, REMEDY);
    }
}
