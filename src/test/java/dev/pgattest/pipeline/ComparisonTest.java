package dev.pgattest.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pgattest.ExitCode;
import dev.pgattest.PgattestException;
import dev.pgattest.Problem;
import dev.pgattest.document.Document;
import dev.pgattest.document.DocumentSchema;
import dev.pgattest.evidence.BaselineComparison;
import dev.pgattest.evidence.BaselineComparison.Change;
import dev.pgattest.evidence.BaselineComparison.Outcome;
import dev.pgattest.evidence.Evidence;
import dev.pgattest.evidence.EvidenceJson;
import dev.pgattest.postgres.ServerChoice;
import dev.pgattest.report.EvidenceText;
import dev.pgattest.report.JunitXml;
import dev.pgattest.report.Paint;
import dev.pgattest.report.QueryPlansMarkdown;
import dev.pgattest.testing.ShopProject;
import dev.pgattest.testing.TestCluster;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of a small project that are compared with an earlier one. */
class ComparisonTest {

    private final ShopProject project = new ShopProject()
            .named("compared")
            .with("dataset.yaml", "owners: 10, orders: 500", "owners: 200, orders: 6000");

    @TempDir
    Path folder;

    @Test
    void the_same_project_has_no_changes_run_after_run_although_its_latencies_differ() throws IOException {
        Path baseline = written(prove(null, null));

        for (int i = 0; i < 3; i++) {
            BaselineComparison comparison = compared(prove(against(baseline, false), null));
            assertThat(comparison.changes()).isEmpty();
            assertThat(comparison.compared()).isEqualTo(4);
        }
    }

    @Test
    void a_lost_index_is_worse_with_buffers_and_plans_and_in_every_report() throws IOException {
        Path baseline = written(prove(null, null));
        project.withFile("states/apply.sql", "create index orders_other on orders (id, owner);\n")
                .withFile("states/undo.sql", "drop index orders_other;\n");

        Evidence evidence = prove(against(baseline, false), null);

        BaselineComparison comparison = compared(evidence);
        assertThat(comparison.failed()).isTrue();
        assertThat(comparison.changes()).hasSize(2).allSatisfy(change -> {
            assertThat(change.outcome()).isEqualTo(Outcome.WORSE);
            assertThat(change.state()).isEqualTo("indexed");
            assertThat(change.reason()).startsWith("buffers grew by ");
            assertThat(change.plan()).anyMatch(text -> text.contains("orders_owner") && text.contains(" → "));
        });
        assertThat(EvidenceText.of(evidence, Paint.NONE)).contains("baseline: FAIL", "worse", "orders_owner");
        assertThat(QueryPlansMarkdown.of(evidence)).contains("## Compared with the baseline", "| worse | indexed |");
        assertThat(JunitXml.of(evidence)).contains("<testsuite name=\"baseline\" tests=\"2\" failures=\"2\"");
        Document json = Document.parse(
                        "evidence.json", EvidenceJson.text(evidence).getBytes(StandardCharsets.UTF_8))
                .orThrow();
        assertThat(DocumentSchema.of("evidence").check(json).problems()).isEmpty();
    }

    @Test
    void an_improvement_passes_and_the_baseline_stays() throws IOException {
        project.withFile("states/apply.sql", "create index orders_other on orders (id, owner);\n")
                .withFile("states/undo.sql", "drop index orders_other;\n");
        Path baseline = written(prove(null, null));
        String before = Files.readString(baseline);
        project.withFile("states/apply.sql", "create index orders_owner on orders (owner);\n")
                .withFile("states/undo.sql", "drop index orders_owner;\n");

        ProveRequest request = request(against(baseline, false), null);
        Evidence evidence = new Prove(request, "test", Progress.SILENT).run();

        assertThat(compared(evidence).failed()).isFalse();
        assertThat(compared(evidence).changes()).extracting(Change::outcome).containsOnly(Outcome.BETTER);
        assertThat(EvidenceFiles.write(evidence, request))
                .contains(folder.resolve("evidence/small-1-candidate/evidence.json"));
        assertThat(Files.readString(baseline)).isEqualTo(before);
    }

    @Test
    void an_update_replaces_the_baseline_when_the_gate_passes_and_only_then() throws IOException {
        Path baseline = written(prove(null, null));
        String first = Files.readString(baseline);
        project.withQuery("Q2_slow", "p95 < 1 ms", "select pg_sleep(0.02)");
        ProveRequest failing = request(against(baseline, true), null);
        Evidence failed = new Prove(failing, "test", Progress.SILENT).run();
        EvidenceFiles.write(failed, failing);
        assertThat(compared(failed).updated()).isFalse();
        assertThat(Files.readString(baseline)).isEqualTo(first);

        project.with("workload.yaml", "p95 < 1 ms", "p95 < 30 s");
        ProveRequest passing = request(against(baseline, true), null);
        Evidence passed = new Prove(passing, "test", Progress.SILENT).run();
        EvidenceFiles.write(passed, passing);
        assertThat(compared(passed).updated()).isTrue();
        assertThat(compared(passed).changes()).extracting(Change::outcome).containsOnly(Outcome.NEW);

        assertThat(compared(prove(against(baseline, false), null)).changes()).isEmpty();
    }

    @Test
    void a_first_baseline_is_made_by_an_update() throws IOException {
        Path baseline = folder.resolve("base");
        Files.createDirectories(baseline);

        assertThat(failure(against(baseline, false), null).problems())
                .extracting(Problem::message)
                .containsExactly("there is no evidence");
        ProveRequest request = request(against(baseline, true), null);
        EvidenceFiles.write(new Prove(request, "test", Progress.SILENT).run(), request);

        assertThat(compared(prove(against(baseline, false), null)).changes()).isEmpty();
    }

    @Test
    void another_size_and_another_dataset_are_refused_before_a_server_is_asked_and_replaced_by_an_update()
            throws IOException {
        Path baseline = written(prove(null, null));

        assertThat(failure(against(baseline, false), new BigDecimal("0.5")).problems())
                .extracting(Problem::message)
                .containsExactly("its dataset is small at scale 1, this run's is small at scale 0.5");
        project.with("dataset.yaml", "seed: 5", "seed: 6");
        PgattestException failure = failure(against(baseline, false), null);
        assertThat(failure.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(failure.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.file()).isEqualTo(baseline.toString());
            assertThat(problem.message()).startsWith("its dataset was declared otherwise: ");
            assertThat(problem.remedy()).contains("--update");
        });
        assertThat(compared(prove(against(baseline, true), null)).compared()).isZero();
    }

    @Test
    void other_settings_of_the_server_are_refused() throws IOException {
        Path baseline = written(prove(null, null));
        String text = Files.readString(baseline);
        Files.writeString(
                baseline,
                text.replaceFirst("\"work_mem\" : \"[^\"]+\"", "\"work_mem\" : \"77MB\"")
                        .replaceFirst("\"version\" : \"18", "\"version\" : \"17"));

        assertThat(failure(against(baseline, false), null).problems())
                .extracting(Problem::message)
                .anyMatch(message -> message.startsWith("it was measured on PostgreSQL 17"))
                .anyMatch(message -> message.matches("the setting work_mem is .*, was 77MB"));
    }

    @Test
    void vanished_cases_fail_until_they_are_accepted() throws IOException {
        project.withQuery("Q2_other", "p95 < 30 s", "select 1");
        Path baseline = written(prove(null, null));
        project.with(
                "workload.yaml",
                "  Q2_other:\n    sql: queries/Q2_other.sql\n    priority: P0\n    owner: shop\n    cases:\n      only: {slo: p95 < 30 s}\n",
                "");

        BaselineComparison comparison = compared(prove(against(baseline, false), null));

        assertThat(comparison.failed()).isTrue();
        assertThat(comparison.changes())
                .extracting(change ->
                        change.outcome() + " " + change.state() + " " + change.query() + " " + change.caseName())
                .containsExactly("VANISHED plain Q2_other only", "VANISHED indexed Q2_other only");
    }

    @Test
    void buffers_of_writes_do_not_depend_on_how_many_samples_were_taken_before() throws IOException {
        project.with("workload.yaml", "queries:\n", """
                        queries:
                          Q0_write:
                            sql: queries/write.sql
                            priority: P0
                            owner: shop
                            writes: true
                            cases:
                              first: {slo: p95 < 30 s, parameters: {owner: 3}}
                              second: {slo: p95 < 30 s, parameters: {owner: 4}}
                        """)
                .withFile("queries/write.sql", "update orders set owner = owner where owner = :owner\n")
                .with("pgattest.yaml", "max_samples: 100", "max_samples: 59");
        Path baseline = written(prove(null, null));
        project.with("pgattest.yaml", "max_samples: 59", "max_samples: 160, confidence: 0.999");

        assertThat(compared(prove(against(baseline, false), null)).changes()).isEmpty();
    }

    private static BaselineComparison compared(Evidence evidence) {
        return Objects.requireNonNull(evidence.comparison());
    }

    private static ProveRequest.Against against(Path evidence, boolean update) {
        return new ProveRequest.Against(evidence, 0.02, update);
    }

    /** Writes evidence where a run puts it and returns the file. */
    private Path written(Evidence evidence) throws IOException {
        return EvidenceFiles.write(evidence, request(null, null)).get(0);
    }

    private Evidence prove(ProveRequest.@Nullable Against against, @Nullable BigDecimal scale) throws IOException {
        return new Prove(request(against, scale), "test", Progress.SILENT).run();
    }

    private PgattestException failure(ProveRequest.@Nullable Against against, @Nullable BigDecimal scale)
            throws IOException {
        Prove prove = new Prove(request(against, scale), "test", Progress.SILENT);
        return Objects.requireNonNull(catchThrowableOfType(PgattestException.class, prove::run), "nothing was thrown");
    }

    private ProveRequest request(ProveRequest.@Nullable Against against, @Nullable BigDecimal scale)
            throws IOException {
        project.writeTo(folder);
        return new ProveRequest(
                        folder,
                        new ProveRequest.Target(
                                new ServerChoice.Running(TestCluster.server().settings()), null, false, false),
                        new ProveRequest.Size(scale, null, 2),
                        null,
                        ProveRequest.Output.NONE)
                .comparedWith(against);
    }
}
