package dev.pgattest.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.evidence.CaseEvidence;
import dev.pgattest.evidence.Evidence;
import dev.pgattest.evidence.EvidenceJson;
import dev.pgattest.testing.PublishedSchema;
import dev.pgattest.testing.TestCluster;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The project that docs/quickstart.md builds is right, and what it gives conforms to the published schema. */
class QuickstartTest {

    private static final Path PAGE = Path.of("docs/quickstart.md");

    /** A path alone in a paragraph, then a block with the file's text. */
    private static final Pattern FILE = Pattern.compile("(?ms)^`(shop/[^`]+)`:\\n\\n```\\w+\\n(.*?)^```$");

    @TempDir
    private static Path folder;

    private static Evidence evidence;

    @BeforeAll
    static void follow_the_page() throws IOException {
        Matcher files = FILE.matcher(Files.readString(PAGE));
        while (files.find()) {
            Path file = folder.resolve(files.group(1));
            Files.createDirectories(file.getParent());
            Files.writeString(file, files.group(2));
        }
        ProveRequest request = new ProveRequest(
                folder.resolve("shop"),
                ProveRequest.Target.parse(TestCluster.url(), null, false, false),
                new ProveRequest.Size(new BigDecimal("0.005"), null, 1),
                null,
                ProveRequest.Output.NONE);
        evidence = new Prove(request, "test", Progress.SILENT).run();
    }

    @Test
    void the_project_has_no_problems() {
        assertThat(new CheckProject().in(folder.resolve("shop")).project().problems())
                .isEmpty();
    }

    @Test
    void the_index_serves_both_cases_and_saves_buffers() {
        List<CaseEvidence> before = evidence.states().get(0).queries();
        List<CaseEvidence> after = evidence.gateState().queries();

        assertThat(after).extracting(CaseEvidence::caseName).containsExactly("typical", "worst");
        for (int i = 0; i < after.size(); i++) {
            assertThat(before.get(i).slowest().planned().indexesUsed()).isEmpty();
            assertThat(after.get(i).slowest().planned().indexesUsed()).containsExactly("orders_by_customer");
            assertThat(after.get(i).slowest().planned().buffers())
                    .isPositive()
                    .isLessThan(before.get(i).slowest().planned().buffers());
        }
    }

    @Test
    void its_evidence_conforms_to_the_published_schema() {
        assertThat(PublishedSchema.problems("evidence", EvidenceJson.text(evidence)))
                .isEmpty();
    }

    @Test
    void committed_evidence_conforms_to_the_published_schema() throws IOException {
        List<Path> committed = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("systems"))) {
            files.filter(file -> file.endsWith("evidence.json")).forEach(committed::add);
        }
        for (Path file : committed) {
            assertThat(PublishedSchema.problems("evidence", Files.readString(file)))
                    .as("%s", file)
                    .isEmpty();
        }
    }

    @Test
    void evidence_with_a_missing_unknown_or_wrong_value_does_not_conform() {
        String right = EvidenceJson.text(evidence);
        List<String> wrong = List.of(
                right.replaceFirst("\"seed\" : 42,", ""),
                right.replaceFirst("\"seed\" : 42,", "\"seed\" : 42, \"sead\" : 42,"),
                right.replaceFirst("\"p50_ms\" : [0-9.E-]+", "\"p50_ms\" : \"fast\""),
                right.replaceFirst("\"max_ms\" : [0-9.E-]+,", ""),
                right.replaceFirst("\"decision\" : \"[A-Z]+\"", "\"decision\" : \"MAYBE\""),
                right.replaceFirst("\"scans\" : ", "\"scams\" : [ ], \"scans\" : "));
        for (String json : wrong) {
            assertThat(json).isNotEqualTo(right);
            assertThat(PublishedSchema.problems("evidence", json))
                    .as("%.300s", json)
                    .isNotEmpty();
        }
    }
}
