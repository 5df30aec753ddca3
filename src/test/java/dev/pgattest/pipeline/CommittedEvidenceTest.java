package dev.pgattest.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.dataset.DatasetProfile;
import dev.pgattest.workload.Project;
import dev.pgattest.workload.Query;
import dev.pgattest.workload.State;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The evidence in the repository says what the files of today are worth. {@link SystemsTest} compares its schemas. */
class CommittedEvidenceTest {

    static List<Path> systems() throws IOException {
        return SystemsTest.systems();
    }

    @ParameterizedTest
    @MethodSource("systems")
    void was_measured_on_the_dataset_and_the_queries_that_the_project_declares(Path system) throws IOException {
        JsonNode evidence = of(system);
        LoadedProject loaded = LoadedProject.read(system);
        BigDecimal scale = evidence.path("scale").decimalValue();

        assertThat(evidence.path("dataset").path("definition").asString())
                .isEqualTo(loaded.dataset(new ProveRequest.Size(scale, null, 1)).definitionDigest());
        for (JsonNode state : evidence.path("states")) {
            for (JsonNode measured : state.path("queries")) {
                String name = measured.path("query").asString();
                assertThat(measured.path("sql").asString())
                        .as(name)
                        .isEqualTo(
                                sql(loaded.project(), name, state.path("name").asString()));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("systems")
    void passes_the_gate_in_the_state_that_decides_which_is_worth_the_change(Path system) throws IOException {
        JsonNode evidence = of(system);
        Project project = LoadedProject.read(system).project();

        assertThat(evidence.path("gate").asString()).isEqualTo(project.trial().gate());
        assertThat(evidence.path("states")
                        .valueStream()
                        .map(state -> state.path("name").asString()))
                .containsExactlyElementsOf(
                        project.states().stream().map(State::name).toList());
        assertThat(verdict(evidence, project.trial().gate())).isEqualTo("PASS");
        assertThat(verdict(evidence, project.firstState().name()).equals("FAIL")
                        || isTwiceAsFast(
                                evidence,
                                project.firstState().name(),
                                project.trial().gate()))
                .as("the first state fails, or takes twice as long for a query that blocks")
                .isTrue();
    }

    private static String verdict(JsonNode evidence, String state) {
        return state(evidence, state).path("verdict").asString();
    }

    private static JsonNode state(JsonNode evidence, String name) {
        return evidence.path("states")
                .valueStream()
                .filter(each -> each.path("name").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isTwiceAsFast(JsonNode evidence, String first, String gate) {
        Map<String, Double> before = medians(state(evidence, first));
        return medians(state(evidence, gate)).entrySet().stream()
                .anyMatch(each -> each.getValue() * 2 <= before.getOrDefault(each.getKey(), 0.0));
    }

    /** Milliseconds by query and case, of those that block. */
    private static Map<String, Double> medians(JsonNode state) {
        return state.path("queries")
                .valueStream()
                .filter(each -> each.path("priority").asString().equals("P0"))
                .collect(Collectors.toMap(
                        each -> each.path("query").asString() + " "
                                + each.path("case").asString(),
                        each -> each.path("p50_ms").doubleValue()));
    }

    /** The SQL that runs for a query in a state. */
    private static String sql(Project project, String name, String state) {
        Query query = project.workload().statements().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        return query.statement()
                .variantIn(state)
                .map(variant -> variant.sql().text())
                .orElseGet(() -> query.statement().sql().text());
    }

    static JsonNode of(Path system) throws IOException {
        Project project = LoadedProject.read(system).project();
        DatasetProfile profile = LoadedProject.read(system)
                .dataset()
                .profile(project.trial().profile())
                .orElseThrow();
        Path folder = EvidenceFiles.defaultFolder(system, profile.name(), profile.scale(), null);
        return JsonMapper.shared().readTree(Files.readString(folder.resolve("evidence.json")));
    }
}
