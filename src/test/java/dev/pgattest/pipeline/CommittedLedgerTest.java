package dev.pgattest.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.testing.PublishedSchema;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The ledgers in the repository are of the states and the dataset of today; {@code make evidence} measures them again. */
class CommittedLedgerTest {

    static List<Path> ledgers() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("systems"))) {
            List<Path> ledgers =
                    files.filter(file -> file.endsWith("ledger.json")).toList();
            assertThat(ledgers).isNotEmpty();
            return ledgers;
        }
    }

    @ParameterizedTest
    @MethodSource("ledgers")
    void conforms_to_the_published_schema(Path file) throws IOException {
        assertThat(PublishedSchema.problems("ledger", Files.readString(file))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("ledgers")
    void was_measured_on_the_dataset_that_the_project_declares_and_in_the_states_of_its_evidence(Path file)
            throws IOException {
        JsonNode ledger = JsonMapper.shared().readTree(Files.readString(file));
        Path system = file.resolveSibling("../..").normalize();
        BigDecimal scale = ledger.path("scale").decimalValue();

        assertThat(ledger.path("dataset").asString())
                .isEqualTo(LoadedProject.read(system)
                        .dataset(new ProveRequest.Size(scale, null, 1))
                        .definitionDigest());
        assertThat(schemas(ledger)).isEqualTo(schemas(CommittedEvidenceTest.of(system)));
    }

    private static List<String> schemas(JsonNode document) {
        return document.path("states")
                .valueStream()
                .map(state -> state.path("name").asString() + " "
                        + state.path("schema").asString())
                .toList();
    }
}
