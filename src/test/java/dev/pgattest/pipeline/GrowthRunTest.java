package dev.pgattest.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.pgattest.PgattestException;
import dev.pgattest.document.Document;
import dev.pgattest.document.DocumentSchema;
import dev.pgattest.evidence.Evidence;
import dev.pgattest.evidence.EvidenceJson;
import dev.pgattest.evidence.GrowthEvidence;
import dev.pgattest.evidence.GrowthEvidence.CaseGrowth;
import dev.pgattest.growth.Fit;
import dev.pgattest.growth.GrowthFactors;
import dev.pgattest.growth.Headroom;
import dev.pgattest.growth.Model;
import dev.pgattest.postgres.ServerChoice;
import dev.pgattest.postgres.Session;
import dev.pgattest.report.EvidenceText;
import dev.pgattest.report.Paint;
import dev.pgattest.report.QueryPlansMarkdown;
import dev.pgattest.testing.ShopProject;
import dev.pgattest.testing.TestCluster;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small project at several sizes on a running server. */
class GrowthRunTest {

    private final List<String> notes = new ArrayList<>();

    private final ShopProject project = new ShopProject()
            .named("grows")
            .with("dataset.yaml", "owners: 10, orders: 500", "owners: 100, orders: 4000")
            .withQuery("Q2_scan", "p95 < 30 s", "select count(*) from orders where owner + 0 = 3")
            .withQuery("Q3_lookup", "p95 < 30 s", "select id from orders where id = 7")
            .withQuery("Q4_flips", "p95 < 30 s", "select id from owners where id = 7");

    @TempDir
    Path folder;

    @Test
    void a_scan_is_linear_a_lookup_constant_and_a_plan_that_changes_is_named_with_its_size() throws IOException {
        Evidence evidence = prove("1,2,4,8");
        GrowthEvidence growth = Objects.requireNonNull(evidence.growth());

        assertThat(growth.state()).isEqualTo("indexed");
        assertThat(growth.sizes())
                .extracting(GrowthEvidence.Size::rows)
                .containsExactly(4_100L, 8_200L, 16_400L, 32_800L);
        Fit scan = growth(growth, "Q2_scan").lastRegime().fit();
        assertThat(scan.model()).isEqualTo(Model.LINEAR);
        assertThat(scan.deviation()).isLessThan(0.03);
        assertThat(scan.known().orElseThrow().coefficient()).isCloseTo(22, within(1.0));
        Fit lookup = growth(growth, "Q3_lookup").lastRegime().fit();
        assertThat(lookup.model()).isEqualTo(Model.CONSTANT);
        assertThat(growth(growth, "Q3_lookup").headroom().kind()).isEqualTo(Headroom.Kind.NONE);

        CaseGrowth flips = growth(growth, "Q4_flips");
        assertThat(flips.changes()).singleElement().satisfies(change -> {
            assertThat(change.differences())
                    .containsExactly("Seq Scan on owners → Index Only Scan using owners_pkey on owners");
            assertThat(change.before()).isLessThan(change.at());
        });
        assertThat(flips.regimes()).hasSize(2);
        assertThat(evidence.gateState().queries()).hasSameSizeAs(growth.cases());

        assertReports(evidence);
        assertThat(databases()).doesNotContain("pgattest_grows", "pgattest_grows_growth");
        assertThat(notes)
                .first()
                .asString()
                .contains("growth: state indexed at 4 sizes", "pgattest_grows_growth", "8x 32,800 rows (about ");
    }

    private static void assertReports(Evidence evidence) {
        Document json = Document.parse(
                        "evidence.json", EvidenceJson.text(evidence).getBytes(StandardCharsets.UTF_8))
                .orThrow();
        assertThat(DocumentSchema.of("evidence").check(json).problems()).isEmpty();
        String text = EvidenceText.of(evidence, Paint.NONE);
        assertThat(text)
                .contains(
                        "growth in indexed: 1x is scale 1, 4,100 rows",
                        "the plan changes between",
                        "no break of p95 < 30 s up to 32x");
        assertThat(text.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
        assertThat(QueryPlansMarkdown.of(evidence))
                .contains("## Growth in indexed", "| buffers at 8x |", "the plan changes between");
    }

    @Test
    void two_sizes_without_the_chosen_one_tell_an_exponent_and_no_headroom() throws IOException {
        GrowthEvidence growth = Objects.requireNonNull(prove("0.5,2").growth());

        assertThat(growth.sizes())
                .extracting(GrowthEvidence.Size::factor)
                .containsExactly(new BigDecimal("0.5"), BigDecimal.valueOf(2));
        Fit scan = growth(growth, "Q2_scan").lastRegime().fit();
        assertThat(scan.model()).isEqualTo(Model.POWER);
        assertThat(scan.known().orElseThrow().exponent()).isCloseTo(1, within(0.05));
        assertThat(scan.deviation()).isNull();
        assertThat(growth(growth, "Q2_scan").headroom().kind()).isEqualTo(Headroom.Kind.UNKNOWN);
    }

    @Test
    void an_objective_that_a_size_misses_is_named_with_the_size_before() throws IOException {
        project.withQuery("Q5_sleeps", "p95 < 150 ms", "select pg_sleep(count(*) / 40000.0) from orders");

        CaseGrowth sleeps = growth(Objects.requireNonNull(prove("0.25,1,2").growth()), "Q5_sleeps");

        assertThat(sleeps.headroom().kind()).isEqualTo(Headroom.Kind.MEASURED);
        assertThat(sleeps.headroom().earliest()).isEqualTo(1);
        assertThat(sleeps.headroom().breaksAt()).isEqualTo(2);
    }

    @Test
    void a_factor_that_makes_fractional_rows_is_refused_before_anything_is_started() throws IOException {
        PgattestException failure = failure("1,1.0015");

        assertThat(failure.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.message())
                    .isEqualTo(
                            "--growth: at the factor 1.0015, which is scale 1.0015, the table owners has 100.15 rows");
            assertThat(problem.remedy()).contains("whole rows");
        });
        assertThat(notes).isEmpty();
    }

    private PgattestException failure(String factors) {
        return Objects.requireNonNull(
                catchThrowableOfType(PgattestException.class, () -> prove(factors)), "nothing was thrown");
    }

    private static CaseGrowth growth(GrowthEvidence growth, String query) {
        return growth.cases().stream()
                .filter(each -> each.query().equals(query))
                .findFirst()
                .orElseThrow();
    }

    private Evidence prove(String factors) throws IOException {
        project.writeTo(folder);
        Progress progress = new Progress() {
            @Override
            public void note(String text) {
                notes.add(text);
            }
        };
        ProveRequest request = new ProveRequest(
                        folder,
                        new ProveRequest.Target(
                                new ServerChoice.Running(TestCluster.server().settings()), null, false, false),
                        new ProveRequest.Size(null, null, 2),
                        null,
                        ProveRequest.Output.NONE)
                .atSizes(GrowthFactors.parse(factors).orThrow());
        return new Prove(request, "test", progress).run();
    }

    private static List<String> databases() {
        try (Session session = TestCluster.server().open()) {
            return session.query("select datname from pg_database", row -> row.getString(1));
        }
    }
}
