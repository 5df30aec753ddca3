package dev.pgattest.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pgattest.ExitCode;
import dev.pgattest.PgattestException;
import dev.pgattest.Problem;
import dev.pgattest.evidence.CaseEvidence;
import dev.pgattest.evidence.Evidence;
import dev.pgattest.evidence.StateEvidence;
import dev.pgattest.evidence.Verdict;
import dev.pgattest.postgres.ServerChoice;
import dev.pgattest.postgres.Session;
import dev.pgattest.testing.ShopProject;
import dev.pgattest.testing.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The main job on a small project and a running server. */
class ProveTest {

    private final ShopProject project = new ShopProject();

    @TempDir
    Path folder;

    @Test
    void a_project_that_meets_its_slos_passes_and_leaves_the_server_as_it_was() throws IOException {
        Evidence evidence = prove(null);

        assertThat(evidence.verdict()).isEqualTo(Verdict.PASS);
        assertThat(evidence.states()).extracting(StateEvidence::name).containsExactly("plain", "indexed");
        for (StateEvidence state : evidence.states()) {
            assertThat(state.queries()).extracting(CaseEvidence::caseName).containsExactly("typical", "worst");
            assertThat(state.queries())
                    .allSatisfy(each ->
                            assertThat(each.slowest().latency().samples()).isBetween(59, 100));
        }
        assertThat(evidence.states().get(1).indexes())
                .filteredOn(index -> index.name().contains("orders_owner"))
                .singleElement()
                .satisfies(index -> assertThat(index.buildMs()).isNotNull().isPositive());
        assertThat(evidence.phases()).extracting(Evidence.Phase::name).contains("back to plain");
        assertThat(databases()).doesNotContain("pgattest_shop");
    }

    @Test
    void a_slow_query_fails_after_two_samples_and_the_reason_names_it() throws IOException {
        project.withQuery("Q2_slow", "p95 < 1 ms", "select pg_sleep(0.02)");

        Evidence evidence = prove(null);

        assertThat(evidence.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(evidence.reasons()).anyMatch(reason -> reason.contains("Q2_slow"));
        CaseEvidence slow = evidence.states().get(1).queries().get(2);
        assertThat(slow.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(slow.slowest().latency().samples()).isEqualTo(2);
    }

    @Test
    void a_red_flag_of_error_severity_fails_a_query_that_is_fast_enough() throws IOException {
        project.with("pgattest.yaml", "measure:", """
                red_flags:
                  seq-scan-critical-table: {severity: error, min_table_pages: 1}
                measure:""")
                .with("workload.yaml", "    priority: P0\n", "    priority: P0\n    critical_tables: [orders]\n")
                .with(
                        "workload.yaml",
                        "typical: {slo: p95 < 30 s, parameters: {owner: 3}}",
                        "typical: {slo: p95 < 30 s}")
                .with("workload.yaml", "      worst: {slo: p95 < 30 s, parameters: {owner: 1}}\n", "")
                .with("queries/q1.sql", "where owner = :owner ", "where owner + 0 = 3 ");

        Evidence evidence = prove(null);

        CaseEvidence flagged = evidence.states().get(1).queries().get(0);
        assertThat(evidence.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(flagged.slowest().latency().p95Ms()).isLessThan(30_000);
        assertThat(flagged.reasons()).anyMatch(reason -> reason.contains("orders"));
        assertThat(flagged.slowest().redFlags())
                .anySatisfy(flag -> assertThat(flag.id()).isEqualTo("seq-scan-critical-table"));
    }

    @Test
    void too_few_samples_within_the_time_limit_are_inconclusive() throws IOException {
        project.with("pgattest.yaml", "warmup: 0", "warmup: 0, case_time_limit: 100 ms")
                .withQuery("Q2_slow", "p95 < 30 s", "select pg_sleep(0.02)");

        Evidence evidence = prove(null);

        CaseEvidence slow = evidence.states().get(1).queries().get(2);
        assertThat(slow.slowest().latency().samples()).isLessThan(59);
        assertThat(slow.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(slow.reasons()).isNotEmpty();
        assertThat(evidence.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void a_variant_that_returns_other_rows_says_which() throws IOException {
        project.with("workload.yaml", "    cases:", "    variants: {indexed: {sql: queries/other.sql}}\n    cases:")
                .withFile(
                        "queries/other.sql",
                        "select id + (id = 7)::int as id from orders where owner + 0 = :owner order by 1\n")
                .with("queries/q1.sql", "where owner", "where true or owner")
                .with("queries/q1.sql", "order by id", "order by id limit 10")
                .withFile(
                        "queries/other.sql",
                        "select case id when 7 then -7 else id end as id from orders where :owner::bigint > 0 order by orders.id limit 10\n");

        PgattestException failure = failure(null);

        assertThat(failure.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(failure.problems())
                .containsExactly(Problem.ofFile(
                        "queries/other.sql",
                        "the variant of Q1_orders in indexed does not return the rows of queries/q1.sql in case typical:"
                                + " row 7 is id='-7' instead of id='7'",
                        "correct the variant; columns that may differ go into `ignore_columns`"));
    }

    @Test
    void an_undo_that_does_not_restore_the_catalog_is_reported_with_the_difference() throws IOException {
        project.withFile(
                "states/apply.sql", "create index orders_owner on orders (owner); comment on table orders is 'x';\n");

        PgattestException failure = failure(null);

        assertThat(failure.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(failure.problems())
                .containsExactly(Problem.ofFile(
                        "states/undo.sql",
                        "undoing indexed does not restore the catalog of plain: + comment table public.orders: x",
                        "make the undo restore exactly what the change took away"));
    }

    @Test
    void another_gate_decides_and_an_unknown_one_is_refused_with_the_known_ones() throws IOException {
        assertThat(prove("plain").gate()).isEqualTo("plain");
        assertThat(failure("best").problems())
                .containsExactly(Problem.ofInput("the project has no state best", "name one of plain, indexed"));
    }

    @Test
    void a_query_that_the_server_refuses_is_found_before_rows_are_loaded() throws IOException {
        project.withQuery("Q2_wrong", "p95 < 1 s", "select id,\n  nothing from orders")
                .withQuery("Q3_wrong", "p95 < 1 s", "select nowhere()");

        PgattestException failure = failure(null);

        assertThat(failure.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(failure.problems())
                .extracting(Problem::place)
                .containsExactly("queries/Q2_wrong.sql:2:3", "queries/Q3_wrong.sql:1:8");
        assertThat(databases()).doesNotContain("pgattest_shop");
    }

    @Test
    void the_files_hold_every_promised_key_the_counts_and_every_state() throws Exception {
        project.withQuery("Q2_slow", "p95 < 1 ms", "select pg_sleep(0.02)");
        ProveRequest request = request(null);
        Evidence evidence = new Prove(request, "test", Progress.SILENT).run();

        List<Path> files = EvidenceFiles.write(evidence, request);

        assertThat(files)
                .containsExactly(
                        folder.resolve("evidence/small-1/evidence.json"),
                        folder.resolve("evidence/small-1/query-plans.md"),
                        folder.resolve("junit.xml"));
        JsonNode json = new JsonMapper().readTree(Files.readString(files.get(0)));
        assertThat(json.propertyNames())
                .contains("pgattest", "project", "profile", "scale", "seed", "dataset", "server", "states", "verdict");
        for (JsonNode state : json.path("states")) {
            assertThat(state.propertyNames()).contains("name", "indexes", "queries");
            assertThat(state.path("queries").size()).isEqualTo(3);
            for (JsonNode each : state.path("queries")) {
                assertThat(each.propertyNames())
                        .contains("query", "case", "samples", "p50_ms", "p95_ms", "p95_low_ms", "p95_high_ms", "p99_ms")
                        .contains(
                                "max_ms",
                                "buffers",
                                "planning_ms",
                                "plan",
                                "indexes_used",
                                "red_flags",
                                "verdict",
                                "reasons");
            }
        }
        assertThat(Files.readString(files.get(1)))
                .contains("plain", "indexed", "Q1_orders", "Q2_slow", "pg_sleep", "owner");
        assertJunit(files.get(2));
    }

    private static void assertJunit(Path file) throws Exception {
        Element root = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(file.toFile())
                .getDocumentElement();
        NodeList suites = root.getElementsByTagName("testsuite");
        assertThat(suites.getLength()).isEqualTo(2);
        for (int i = 0; i < suites.getLength(); i++) {
            Element suite = (Element) suites.item(i);
            assertThat(suite.getAttribute("tests")).isEqualTo("3");
            assertThat(suite.getAttribute("failures")).isEqualTo("1");
            assertThat(suite.getAttribute("errors")).isEqualTo("0");
            assertThat(suite.getElementsByTagName("testcase").getLength()).isEqualTo(3);
            assertThat(suite.getElementsByTagName("failure").getLength()).isEqualTo(1);
        }
    }

    private Evidence prove(@Nullable String gate) throws IOException {
        return new Prove(request(gate), "test", Progress.SILENT).run();
    }

    private PgattestException failure(@Nullable String gate) throws IOException {
        Prove prove = new Prove(request(gate), "test", Progress.SILENT);
        return Objects.requireNonNull(catchThrowableOfType(PgattestException.class, prove::run), "nothing was thrown");
    }

    private ProveRequest request(@Nullable String gate) throws IOException {
        project.writeTo(folder);
        return new ProveRequest(
                folder,
                new ProveRequest.Target(
                        new ServerChoice.Running(TestCluster.server().settings()), null, false, false),
                new ProveRequest.Size(null, null, 2),
                gate,
                new ProveRequest.Output(null, folder.resolve("junit.xml")));
    }

    private static List<String> databases() {
        try (Session session = TestCluster.server().open()) {
            return session.query("select datname from pg_database", row -> row.getString(1));
        }
    }
}
