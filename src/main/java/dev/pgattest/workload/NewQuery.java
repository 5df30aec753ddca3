package dev.pgattest.workload;

import dev.pgattest.Problem;
import dev.pgattest.document.Document;
import dev.pgattest.sql.SqlFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A query as it is added to a workload. What is not said and has to be stands as {@link Placeholder#TEXT}.
 *
 * @param name of the query
 * @param priority what its failure means
 * @param said values of its entry by key
 * @param slo latency that every case must keep; null to fill in
 * @param cases names of its cases
 * @param indexes names of the indexes that are to serve it in the gate
 */
public record NewQuery(
        String name,
        Priority priority,
        Map<String, String> said,
        @Nullable String slo,
        List<String> cases,
        List<String> indexes) {

    /** What stands in the file of a query without SQL. */
    public static final String SQL_TO_WRITE = "-- " + Placeholder.TEXT + ": one statement, with :named parameters\n";

    /** As the schema has it. */
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}_.-]*");

    private static final int LONGEST_NAME = 100;

    /** What has to be said of a query that blocks or warns. */
    private static final Set<String> EXPECTED = Set.of("owner", "serves", "expected_rows");

    private static final List<String> ORDER = List.of(
            "owner", "serves", "persona", "use_case", "notes", "frequency", "expected_rows", "no_index", "role");

    public NewQuery {
        said = Collections.unmodifiableMap(new LinkedHashMap<>(said));
        cases = List.copyOf(cases);
        indexes = List.copyOf(indexes);
    }

    /** Why it cannot be added to a workload; empty when it can. */
    public List<Problem> problems(Document workload) {
        List<Problem> problems = new ArrayList<>();
        checkName(problems, "query", name);
        taken(workload)
                .filter(each -> sameName(each, name))
                .findFirst()
                .ifPresent(each -> problems.add(Problem.ofInput(
                        "the workload has '" + each + "' already", "choose a name that differs in more than case")));
        Set<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (String each : cases) {
            checkName(problems, "case", each);
            if (!seen.add(each)) {
                problems.add(Problem.ofInput("the case '" + each + "' is named twice", "name each case once"));
            }
        }
        if (slo != null) {
            problems.addAll(Slo.parse(slo).problems());
        }
        if (!indexes.isEmpty() && said.containsKey("no_index")) {
            problems.add(
                    Problem.ofInput("indexes are named, and a reason why it needs none", "keep the one that is true"));
        }
        String frequency = said.get("frequency");
        if (frequency != null) {
            problems.addAll(Frequency.parse(frequency).problems());
        }
        said.forEach((key, text) -> {
            if (text.isBlank()) {
                problems.add(Problem.ofInput("'" + key + "' is empty", "say something, or leave it out"));
            }
        });
        return problems;
    }

    private static void checkName(List<Problem> problems, String kind, String name) {
        if (!NAME.matcher(name).matches() || name.length() > LONGEST_NAME) {
            problems.add(Problem.ofInput(
                    "'" + name + "' is no name of a " + kind,
                    "write a letter or digit, then letters, digits, `_`, `-` or `.`, at most " + LONGEST_NAME
                            + " characters"));
        }
    }

    private static Stream<String> taken(Document workload) {
        return Stream.of("queries", "jobs")
                .flatMap(key -> workload.root().path(key).propertyStream().map(Map.Entry::getKey));
    }

    private static boolean sameName(String one, String other) {
        return one.toLowerCase(Locale.ROOT).equals(other.toLowerCase(Locale.ROOT));
    }

    /**
     * The entry.
     *
     * @param workload for the parameters that every session needs
     * @param gate state that decides
     * @param sql the query's file
     * @param findings what its SQL needs
     */
    public ObjectNode entry(Document workload, String gate, SqlFile sql, SqlInspector.Findings findings) {
        ObjectNode entry = JsonNodeFactory.instance.objectNode();
        entry.put("sql", sql.path()).put("priority", priority.name());
        for (String key : ORDER) {
            boolean isExpected = EXPECTED.contains(key) && priority != Priority.P2;
            String text = said.get(key);
            if (text != null || isExpected) {
                entry.put(key, text == null ? Placeholder.TEXT : text);
            }
        }
        if (!indexes.isEmpty() && !gate.isEmpty()) {
            ArrayNode names = entry.putObject("indexes").putArray(gate);
            indexes.forEach(names::add);
        }
        if (!findings.writes().isEmpty()) {
            entry.put("writes", true);
        }
        ObjectNode all = entry.putObject("cases");
        for (String each : cases) {
            ObjectNode values = all.putObject(each)
                    .put("slo", slo == null ? Placeholder.TEXT : slo)
                    .putObject("parameters");
            parameters(workload, findings).forEach(parameter -> values.put(parameter, Placeholder.TEXT));
        }
        return entry;
    }

    private static Set<String> parameters(Document workload, SqlInspector.Findings findings) {
        Set<String> names = new TreeSet<>();
        JsonPointer session = JsonPointer.compile("/defaults/session");
        for (Map.Entry<String, JsonNode> setting : workload.at(session).properties()) {
            ParameterValue.reference(workload.text(session.appendProperty(setting.getKey())))
                    .ifPresent(names::add);
        }
        names.addAll(findings.parameters());
        return names;
    }
}
