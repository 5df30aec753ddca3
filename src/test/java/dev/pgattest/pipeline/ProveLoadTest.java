package dev.pgattest.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.pgattest.PgattestException;
import dev.pgattest.evidence.Evidence;
import dev.pgattest.evidence.EvidenceJson;
import dev.pgattest.evidence.LoadEvidence;
import dev.pgattest.evidence.LoadEvidence.QueryLoad;
import dev.pgattest.evidence.LoadEvidence.Run;
import dev.pgattest.evidence.Verdict;
import dev.pgattest.load.RateFactors;
import dev.pgattest.postgres.ServerChoice;
import dev.pgattest.report.JunitXml;
import dev.pgattest.report.QueryPlansMarkdown;
import dev.pgattest.testing.ShopProject;
import dev.pgattest.testing.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the machine: what a load is follows from the project, and whether it passes says the driver too. */
class ProveLoadTest {

    private final ShopProject project = new ShopProject().named("loaded");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void every_state_is_loaded_with_the_declared_rates_until_one_does_not_pass() throws IOException {
        project.with(
                        "workload.yaml",
                        "    owner: shop",
                        "    owner: shop\n    frequency: 5 / s / owner\n    concurrency: 3")
                .withFile("queries/place.sql", "insert into orders select max(id) + 1, :owner from orders\n");
        project.withFile("workload.yaml", project.text("workload.yaml") + """

                jobs:
                  J1_place:
                    sql: queries/place.sql
                    priority: P1
                    frequency: 6 / hour
                    cases: {one: {slo: p95 < 30 s, parameters: {owner: {table: owners, column: id, row: 0}}}}
                  J2_never: {sql: queries/place.sql, priority: P2, cases: {one: {parameters: {owner: 1}}}}
                """);

        Evidence evidence = prove(LoadChoice.Rare.RAISED, 1, 2);

        LoadEvidence load = Objects.requireNonNull(evidence.load());
        assertThat(load.notes()).containsExactly("J2_never is not part of the load: it says no frequency");
        assertThat(load.runs().stream().map(Run::state).distinct()).containsExactly("plain", "indexed");
        for (Run run : load.runs()) {
            assertRun(run);
        }
        load.runs().stream()
                .collect(Collectors.groupingBy(Run::state))
                .values()
                .forEach(runs -> assertThat(runs).hasSize(runs.get(0).verdict() == Verdict.PASS ? 2 : 1));
        Verdict underLoad = load.first("indexed").orElseThrow().verdict();
        assertThat(underLoad).isNotEqualTo(Verdict.FAIL);
        assertThat(evidence.verdict()).isEqualTo(underLoad);
        assertFiles(evidence);
    }

    private static void assertRun(Run run) {
        QueryLoad query = run.queries().get(0);
        assertThat(query.query()).isEqualTo("Q1_orders");
        assertThat(query.subject().declaredPerSecond()).isEqualTo(50 * run.factor());
        assertThat(query.subject().slo()).isEqualTo("p95 < 30 s");
        assertThat(query.subject().connections()).isEqualTo(3);
        QueryLoad job = run.queries().get(1);
        assertThat(job.subject().writes()).isTrue();
        assertThat(job.subject().declaredPerSecond()).isLessThan(0.01);
        assertThat(job.subject().offeredPerSecond()).isGreaterThan(59);
        assertThat(query.failed() + job.failed()).isZero();
        assertThat(run.rates().offered().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(query.latency().samples() + job.latency().samples());
        assertThat(run.rates().connections()).isEqualTo(4);
        assertThat(run.verdict() == Verdict.PASS)
                .isEqualTo(run.rates().keptUp() && run.reasons().isEmpty());
    }

    private static void assertFiles(Evidence evidence) throws IOException {
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(Files.readString(Path.of("docs/schema/evidence.schema.json")))
                        .validate(EvidenceJson.text(evidence), InputFormat.JSON))
                .isEmpty();
        assertThat(QueryPlansMarkdown.of(evidence)).contains("## Under load", "### indexed, rate factor 1");
        assertThat(JunitXml.of(evidence))
                .contains("<testsuite name=\"indexed under load, rate factor 1\" tests=\"2\" failures=\"0\"");
    }

    @Test
    void a_query_that_breaks_its_objective_under_load_never_passes_and_declared_rates_stay() throws IOException {
        project.withQuery("Q2_slow", "p95 < 1 ms", "select pg_sleep(0.02)")
                .with(
                        "workload.yaml",
                        "    sql: queries/Q2_slow.sql",
                        "    sql: queries/Q2_slow.sql\n    frequency: 20 / s");

        Evidence evidence = prove(LoadChoice.Rare.AS_DECLARED, 1, 2);

        LoadEvidence load = Objects.requireNonNull(evidence.load());
        assertThat(load.runs()).hasSize(2).allSatisfy(run -> {
            assertThat(run.verdict()).isNotEqualTo(Verdict.PASS);
            assertThat(run.queries())
                    .singleElement()
                    .satisfies(query ->
                            assertThat(query.subject().offeredPerSecond()).isEqualTo(20));
        });
        assertThat(evidence.verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void a_workload_without_frequencies_is_refused_before_anything_is_loaded() throws IOException {
        PgattestException failure = Objects.requireNonNull(
                catchThrowableOfType(PgattestException.class, () -> prove(LoadChoice.Rare.RAISED, 1)),
                "nothing was thrown");

        assertThat(failure.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message())
                        .isEqualTo("no query says how often it runs, so there is no load"));
    }

    private Evidence prove(LoadChoice.Rare rare, double... factors) throws IOException {
        List<Double> all = java.util.Arrays.stream(factors).boxed().toList();
        ProveRequest request = new ProveRequest(
                        project.writeTo(folder),
                        new ProveRequest.Target(
                                new ServerChoice.Running(TestCluster.server().settings()), null, false, false),
                        new ProveRequest.Size(null, null, 2),
                        null,
                        new ProveRequest.Output(null, null))
                .underLoad(new LoadChoice(Duration.ofSeconds(1), new RateFactors(all), rare, 20));
        return new Prove(request, "test", Progress.SILENT).run();
    }
}
