package dev.pgattest.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgattest.testing.EvidenceBlocks;
import dev.pgattest.testing.GeneratedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What READMEs say was measured is what the committed evidence says. */
class SystemReadmeTest {

    private static final Path SKELDIR = Path.of("systems/skeldir");

    /** A document and the system whose evidence it quotes. */
    record Quoting(Path document, Path system) {}

    static List<Quoting> documents() throws IOException {
        List<Quoting> documents = new ArrayList<>(List.of(new Quoting(Path.of("README.md"), SKELDIR)));
        for (Path system : SystemsTest.systems()) {
            try (Stream<Path> files = Files.list(system)) {
                for (Path file :
                        files.filter(SystemReadmeTest::isDocument).sorted().toList()) {
                    if (EvidenceBlocks.count(Files.readString(file)) > 0) {
                        documents.add(new Quoting(file, system));
                    }
                }
            }
        }
        return documents;
    }

    private static boolean isDocument(Path file) {
        return file.toString().endsWith(".md");
    }

    @Test
    void every_system_has_a_README_that_quotes_its_evidence() throws IOException {
        List<Path> quoting = documents().stream().map(Quoting::document).toList();

        assertThat(SystemsTest.systems())
                .allSatisfy(system -> assertThat(quoting).contains(system.resolve("README.md")));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void numbers_come_from_the_committed_evidence(Quoting quoting) throws IOException {
        String document = Files.readString(quoting.document());

        assertThat(EvidenceBlocks.count(document)).isPositive();
        GeneratedFile.assertUpToDate(
                quoting.document(), EvidenceBlocks.rewritten(document, CommittedEvidenceTest.of(quoting.system())));
    }

    @Test
    void numbers_that_differ_are_replaced_and_everything_else_stays() throws IOException {
        JsonNode evidence = CommittedEvidenceTest.of(SKELDIR);
        String wrong = """
                Before: <!-- evidence: buffers, verdict of Q5_*/worst in baseline -->7, PASS<!-- /evidence --> | after
                <!-- evidence: buffers of Q5_*/* -->
                | old |
                <!-- /evidence -->
                """;

        String right = EvidenceBlocks.rewritten(wrong, evidence);

        assertThat(right)
                .startsWith("Before: <!-- evidence: buffers, verdict of Q5_*/worst in baseline -->")
                .contains("<!-- /evidence --> | after\n")
                .doesNotContain("-->7, PASS<", "| old |")
                .contains(
                        "| case | `baseline` | `canonical` | `proven` |\n|---|--:|--:|--:|\n| Q5_revenue_ledger_captured_sum/typical | ");
        assertThat(EvidenceBlocks.rewritten(right, evidence)).isEqualTo(right);
    }

    @Test
    void what_the_evidence_does_not_have_is_an_error() throws IOException {
        JsonNode evidence = CommittedEvidenceTest.of(SKELDIR);

        for (String what : List.of(
                "buffers of Q9/worst",
                "buffers of Q5_*/* in other",
                "colour of Q5_*/*",
                "indexes of nothing in proven",
                "x")) {
            assertThatThrownBy(() ->
                            EvidenceBlocks.rewritten("<!-- evidence: " + what + " --><!-- /evidence -->", evidence))
                    .as(what)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
