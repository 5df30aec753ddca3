package dev.pgattest.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.dataset.Fingerprint;
import dev.pgattest.evidence.CaseEvidence;
import dev.pgattest.evidence.Evidence;
import dev.pgattest.evidence.ModeEvidence;
import dev.pgattest.evidence.RedFlagEvidence;
import dev.pgattest.evidence.StateEvidence;
import dev.pgattest.postgres.ServerChoice;
import dev.pgattest.testing.TestCluster;
import dev.pgattest.workload.Project;
import dev.pgattest.workload.State;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every reference system, at a size that takes seconds. */
class SystemsTest {

    private static final BigDecimal SCALE = new BigDecimal("0.00005");

    private final List<String> steps = new ArrayList<>();

    static List<Path> systems() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of("systems"))) {
            List<Path> systems = folders.filter(folder -> Files.exists(folder.resolve("pgattest.yaml")))
                    .sorted()
                    .toList();
            assertThat(systems).isNotEmpty();
            return systems;
        }
    }

    @ParameterizedTest
    @MethodSource("systems")
    void its_files_are_right(Path system) {
        assertThat(new CheckProject().in(system).project().problems()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("systems")
    void the_linter_finds_nothing_in_its_migrations_and_states(Path system) {
        LintRequest request = new LintRequest(
                List.of(system.resolve("migrations"), system.resolve("states")), system, null, false, null, false);

        assertThat(new LintSql(request).run().report().findings()).isEmpty();
    }

    /**
     * An undo that does not restore the catalog exactly ends the run, and so does a variant with other rows. What is left to see is
     * that all states were measured and that nothing but latencies, which belong to the machine, differs between two runs.
     */
    @ParameterizedTest
    @MethodSource("systems")
    void every_state_is_applied_measured_and_undone_and_touches_the_same_buffers_whatever_the_number_of_threads(
            Path system) throws IOException {
        Project project = new CheckProject().in(system).project().orThrow();

        Evidence one = new Prove(request(system, 1, false), "test", progress()).run();
        Evidence two = new Prove(request(system, 2, false), "test", progress()).run();

        assertThat(one.gate()).isEqualTo(project.trial().gate());
        assertThat(one.states())
                .extracting(StateEvidence::name)
                .containsExactlyElementsOf(
                        project.states().stream().map(State::name).toList());
        assertThat(one.states()).extracting(StateEvidence::schema).doesNotHaveDuplicates();
        assertThat(one.states())
                .as("schemas of the committed evidence; `make evidence` measures again")
                .extracting(StateEvidence::schema)
                .containsExactlyElementsOf(CommittedEvidenceTest.of(system)
                        .path("states")
                        .valueStream()
                        .map(state -> state.path("schema").asString())
                        .toList());
        assertThat(steps).endsWith("back to " + project.firstState().name(), "fingerprinting the dataset");
        assertThat(two.data().tables()).isEqualTo(one.data().tables());
        assertThat(buffers(two)).isEqualTo(buffers(one)).hasSizeGreaterThan(project.caseCount());
        assertThat(planErrors(one.gateState())).isEmpty();
    }

    /** Shared buffers of every plan by state, query, case and plan mode, but of those that write to the catalog. */
    private static Map<String, Long> buffers(Evidence evidence) {
        Map<String, Long> buffers = new TreeMap<>();
        for (StateEvidence state : evidence.states()) {
            for (CaseEvidence each : state.queries()) {
                for (ModeEvidence mode : each.modes()) {
                    if (mode.planned().writesCatalog()) {
                        continue;
                    }
                    buffers.put(
                            String.join(" ", state.name(), each.query(), each.caseName(), mode.mode()),
                            mode.planned().buffers());
                }
            }
        }
        return buffers;
    }

    /** Red flags of error severity that do not depend on how fast the machine is. */
    private static List<String> planErrors(StateEvidence state) {
        return state.queries().stream()
                .flatMap(each -> each.modes().stream())
                .flatMap(mode -> mode.redFlags().stream())
                .filter(RedFlagEvidence::isError)
                .map(RedFlagEvidence::id)
                .filter(id -> !Set.of("latency-over-slo", "planning-time").contains(id))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("systems")
    void its_fingerprints_are_the_same_from_one_and_two_threads_and_from_the_server(Path system) {
        List<Fingerprint> one = new DatasetFingerprint(request(system, 1, false), progress()).declared();
        List<Fingerprint> two = new DatasetFingerprint(request(system, 2, false), progress()).declared();
        List<Fingerprint> readBack = new DatasetFingerprint(request(system, 2, false), progress()).loaded();

        assertThat(one).isNotEmpty().allMatch(table -> table.rows() > 0);
        assertThat(two).isEqualTo(one);
        assertThat(readBack.subList(0, one.size())).isEqualTo(one);
        assertThat(readBack)
                .as("derived tables are what else a server has")
                .hasSize(one.size()
                        + LoadedProject.read(system).project().files().derived().size());
    }

    private static ProveRequest request(Path system, int connections, boolean keep) {
        return new ProveRequest(
                system,
                new ProveRequest.Target(
                        new ServerChoice.Running(TestCluster.server().settings()), null, false, keep),
                new ProveRequest.Size(SCALE, null, connections),
                null,
                ProveRequest.Output.NONE);
    }

    private Progress progress() {
        return new Progress() {
            @Override
            public void step(String text) {
                steps.add(text);
            }
        };
    }
}
