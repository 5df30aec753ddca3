package dev.pgattest.governance;

import dev.pgattest.Problem;
import dev.pgattest.document.Document;
import dev.pgattest.evidence.StoredEvidence;
import dev.pgattest.workload.Case;
import dev.pgattest.workload.Priority;
import dev.pgattest.workload.Project;
import dev.pgattest.workload.Query;
import dev.pgattest.workload.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * What a P0 query needs besides owner, SLO and cases, which its form asks for: a mapping to indexes and evidence. Source: Skeldir
 * remediation document, section 6.2.
 */
public final class QueryRules {

    private QueryRules() {}

    /**
     * The P0 queries of which nothing says which index serves them in the gate: neither the index plan nor their own {@code indexes}, nor
     * a reason why none does. Documents are asked, not the project, so that this is found beside whatever else is wrong.
     *
     * @param gate the state that decides
     * @param workload the file of the workload
     * @param plan the index plan's file; null when there is none
     */
    public static List<Problem> unmapped(String gate, Document workload, @Nullable Document plan) {
        Set<String> served = plan == null ? Set.of() : served(plan);
        List<Problem> problems = new ArrayList<>();
        workload.root().path("queries").properties().forEach(query -> {
            JsonNode entry = query.getValue();
            boolean isP0 = entry.path("priority").asString("").equals(Priority.P0.name());
            boolean named = !entry.path("indexes").path(gate).isEmpty() || entry.has("no_index");
            if (isP0 && !named && !served.contains(query.getKey())) {
                problems.add(at(
                        workload,
                        query.getKey(),
                        "the P0 query '" + query.getKey() + "' is mapped to no index",
                        "name its indexes, for example `indexes: {" + gate + ": [name]}`, "
                                + (plan == null ? "" : "or let an index of " + plan.file() + " serve it, ")
                                + "or say why it needs none: `no_index: ...`"));
            }
        });
        return problems;
    }

    private static Set<String> served(Document plan) {
        return plan.root()
                .path("indexes")
                .valueStream()
                .filter(index ->
                        Set.of("keep", "create").contains(index.path("decision").asString("")))
                .flatMap(index -> index.path("serves").valueStream())
                .map(query -> query.asString(""))
                .collect(Collectors.toSet());
    }

    /** The P0 queries of which a case was not measured in some state. */
    public static List<Problem> unproven(Project project, Document workload, StoredEvidence evidence) {
        List<Problem> problems = new ArrayList<>();
        queries(project).forEach(query -> {
            Set<String> missing = new TreeSet<>();
            for (State state : project.states()) {
                for (Case each : query.cases()) {
                    boolean measured = evidence.state(state.name())
                            .flatMap(found -> found.measured(query.name(), each.name()))
                            .isPresent();
                    if (!measured) {
                        missing.add(each.name());
                    }
                }
            }
            if (!missing.isEmpty()) {
                problems.add(at(
                        workload,
                        query.name(),
                        "the evidence lacks cases of the P0 query '" + query.name() + "': "
                                + String.join(", ", missing),
                        "measure it with `pgattest prove`"));
            }
        });
        return problems;
    }

    private static Stream<Query> queries(Project project) {
        return project.workload().queries().stream()
                .filter(query -> query.purpose().priority() == Priority.P0);
    }

    private static Problem at(Document workload, String query, String message, String remedy) {
        JsonPointer place = JsonPointer.empty().appendProperty("queries").appendProperty(query);
        return workload.problemWithKey(place, message, remedy);
    }
}
