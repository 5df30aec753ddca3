package dev.pgattest.evidence;

import dev.pgattest.Problem;
import dev.pgattest.Result;
import dev.pgattest.Sha256;
import dev.pgattest.schema.IndexStatement;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Evidence as it was read back from its file: what it concludes and what it rests on, without the samples.
 *
 * @param sha256 digest of the file's text with line feeds as line ends; what owners sign
 * @param pgattest version of pgattest that made it
 * @param project name of the project
 * @param data the dataset
 * @param gate the state that decided
 * @param verdict the gate's verdict
 * @param states the states that were measured
 * @param inputs what was read of the project's files; null in evidence of versions that did not record it
 */
public record StoredEvidence(
        String sha256,
        String pgattest,
        String project,
        Data data,
        String gate,
        Verdict verdict,
        List<State> states,
        @Nullable List<InputDigest> inputs) {

    public StoredEvidence {
        states = List.copyOf(states);
        inputs = inputs == null ? null : List.copyOf(inputs);
    }

    /**
     * The dataset.
     *
     * @param scale share of the profile's rows
     * @param members number of members that were kept; null for all
     * @param definition SHA-256 of the declaration
     * @param tables how many tables have a fingerprint
     */
    public record Data(
            String profile, BigDecimal scale, @Nullable Long members, String definition, int tables) {}

    /**
     * A state.
     *
     * @param indexes indexes as they stood
     * @param jsonbColumns columns that an index could look into; null in evidence of versions that did not record them
     * @param cases what was measured
     */
    public record State(
            String name, List<Index> indexes, @Nullable List<JsonbColumn> jsonbColumns, List<MeasuredCase> cases) {

        public State {
            indexes = List.copyOf(indexes);
            jsonbColumns = jsonbColumns == null ? null : List.copyOf(jsonbColumns);
            cases = List.copyOf(cases);
        }

        /** What was measured of one case of one query. */
        public Optional<MeasuredCase> measured(String query, String name) {
            return cases.stream()
                    .filter(each -> each.query().equals(query) && each.name().equals(name))
                    .findFirst();
        }
    }

    /** An index: its unquoted name, its quoted, schema-qualified table, its definition, its size as it was measured. */
    public record Index(String name, String table, String definition, long sizeBytes) {

        /** Its definition, read; empty when it has a form that cannot be compared. */
        public Optional<IndexStatement> statement() {
            return IndexStatement.parse(definition) instanceof Result.Read<IndexStatement> read
                    ? Optional.of(read.value())
                    : Optional.empty();
        }
    }

    /**
     * One case of one query.
     *
     * @param reasons why the verdict is not PASS, and warnings
     * @param planModes the plan modes of which a plan was captured
     * @param redFlags red flags of error severity, as {@code id: message}
     * @param indexesUsed indexes that a plan uses in some mode, without repetition
     */
    public record MeasuredCase(
            String query,
            String name,
            Verdict verdict,
            List<String> reasons,
            List<String> planModes,
            List<String> redFlags,
            List<String> indexesUsed) {

        public MeasuredCase {
            reasons = List.copyOf(reasons);
            planModes = List.copyOf(planModes);
            redFlags = List.copyOf(redFlags);
            indexesUsed = List.copyOf(indexesUsed);
        }
    }

    /** The state of that name. */
    public Optional<State> state(String name) {
        return states.stream().filter(state -> state.name().equals(name)).findFirst();
    }

    /** Reads {@code evidence.json}; what is no evidence is a problem of the file. */
    public static Result<StoredEvidence> parse(String file, String text) {
        try {
            return Result.of(of(JsonMapper.shared().readTree(text), Sha256.hex(text.replace("\r\n", "\n"))));
        } catch (JacksonException | IllegalArgumentException e) {
            String first = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            return Result.rejected(Problem.ofFile(
                    file, "this is no evidence of pgattest: " + first, "make it again with `pgattest prove`"));
        }
    }

    private static StoredEvidence of(JsonNode root, String sha256) {
        return new StoredEvidence(
                sha256,
                text(root, "pgattest"),
                text(root, "project"),
                data(root),
                text(root, "gate"),
                Verdict.valueOf(text(root, "verdict")),
                each(root, "states").map(StoredEvidence::state).toList(),
                root.has("inputs")
                        ? each(root, "inputs").map(StoredEvidence::input).toList()
                        : null);
    }

    private static Data data(JsonNode root) {
        JsonNode members = root.path("members");
        return new Data(
                text(root, "profile"),
                root.path("scale").decimalValue(),
                members.isNumber() ? members.longValue() : null,
                text(root.path("dataset"), "definition"),
                root.path("dataset").path("tables").size());
    }

    private static InputDigest input(JsonNode node) {
        return new InputDigest(text(node, "file"), text(node, "part"), text(node, "sha256"));
    }

    private static State state(JsonNode node) {
        return new State(
                text(node, "name"),
                each(node, "indexes").map(StoredEvidence::index).toList(),
                node.has("jsonb_columns")
                        ? each(node, "jsonb_columns")
                                .map(column -> new JsonbColumn(text(column, "table"), text(column, "column")))
                                .toList()
                        : null,
                each(node, "queries").map(StoredEvidence::measuredCase).toList());
    }

    private static Index index(JsonNode node) {
        return new Index(
                text(node, "name"),
                text(node, "table"),
                text(node, "definition"),
                node.path("size_bytes").asLong(0));
    }

    private static MeasuredCase measuredCase(JsonNode node) {
        List<JsonNode> modes = each(node, "modes").toList();
        return new MeasuredCase(
                text(node, "query"),
                text(node, "case"),
                Verdict.valueOf(text(node, "verdict")),
                each(node, "reasons").map(JsonNode::asString).toList(),
                modes.stream()
                        .filter(mode -> !mode.path("plan").isEmpty()
                                && !text(mode, "plan_text").isBlank())
                        .map(mode -> text(mode, "mode"))
                        .toList(),
                modes.stream()
                        .flatMap(mode -> each(mode, "red_flags"))
                        .filter(flag -> text(flag, "severity").equals("error"))
                        .map(flag -> text(flag, "id") + ": " + text(flag, "message"))
                        .distinct()
                        .toList(),
                modes.stream()
                        .flatMap(mode -> each(mode, "indexes_used"))
                        .map(JsonNode::asString)
                        .distinct()
                        .toList());
    }

    private static Stream<JsonNode> each(JsonNode node, String key) {
        return node.path(key).valueStream();
    }

    private static String text(JsonNode node, String key) {
        JsonNode value = node.path(key);
        if (!value.isString()) {
            throw new IllegalArgumentException("it has no text '" + key + "'");
        }
        return value.stringValue();
    }
}
