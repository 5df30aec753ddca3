package dev.pgattest.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.Problem;
import dev.pgattest.sql.SqlFile;
import dev.pgattest.workload.ParameterValue.FirstMatch;
import dev.pgattest.workload.ParameterValue.Literal;
import dev.pgattest.workload.ParameterValue.OfRow;
import dev.pgattest.workload.ParameterValue.RowPosition;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProjectReaderTest {

    private static final String PROJECT = "pgattest.yaml";
    private static final String WORKLOAD = "workload.yaml";

    @Test
    void reads_a_project_with_its_states_and_settings() {
        Project project = new ProjectTexts().read().orThrow();

        assertThat(project.name()).isEqualTo("shop");
        assertThat(project.trial().serverSettings())
                .containsExactly(Map.entry("shared_buffers", "1GB"), Map.entry("random_page_cost", "1.10"));
        assertThat(project.firstState()).isEqualTo(new State("baseline", "the migrations", null));
        assertThat(project.state("proven")
                        .orElseThrow()
                        .changeFromAnother()
                        .orElseThrow()
                        .apply())
                .isEqualTo(new SqlFile("states/apply.sql", "create index on orders (id);\n"));
        assertThat(project.trial().measurement().maxSamples()).isEqualTo(400);
        assertThat(project.trial().measurement().caseTimeLimit()).isEqualTo(Duration.ofSeconds(60));
        assertThat(project.trial().redFlags())
                .containsExactly(
                        Map.entry("jit-share", RedFlagSetting.OFF),
                        Map.entry(
                                "seq-scan",
                                new RedFlagSetting(
                                        true,
                                        RedFlagSetting.Severity.WARNING,
                                        Map.of("min_table_pages", new BigDecimal(500)))));
    }

    @Test
    void reads_a_query_with_its_case_and_variant() {
        Query query = new ProjectTexts().read().orThrow().workload().queries().get(0);

        assertThat(query.name()).isEqualTo("Q1_orders");
        assertThat(query.purpose().priority()).isEqualTo(Priority.P0);
        assertThat(query.load().frequency())
                .isEqualTo(new Frequency(new BigDecimal(100), Frequency.Period.DAY, "tenant"));
        assertThat(query.expectation().rows()).isEqualTo("~900");
        assertThat(query.expectation().indexesIn("proven")).containsExactly("orders_tenant_placed_at");
        assertThat(query.expectation().indexesIn("baseline")).isEmpty();
        assertThat(query.statement().role()).isEqualTo("shop_app");
        assertThat(query.statement().writes()).isFalse();
        assertThat(query.statement().sessionValues(Map.of("tenant", "7")))
                .containsExactly(Map.entry("app.tenant", "7"));
        assertThat(query.statement().variantIn("proven").orElseThrow().ordered())
                .isFalse();
        assertThat(query.statement().variantIn("baseline")).isEmpty();
        Case typical = query.cases().get(0);
        assertThat(typical.slo()).isEqualTo(new Slo(new BigDecimal("0.95"), Duration.ofMillis(500)));
        assertThat(typical.parameters())
                .containsExactly(
                        Map.entry("tenant", new OfRow("tenants", "id", new RowPosition.Share(new BigDecimal("0.10")))),
                        Map.entry("from", new Literal("2024-01-01")),
                        Map.entry("key", new FirstMatch("orders", "key", Map.of("tenant_id", ":tenant"))));
    }

    @Test
    void reads_a_job_that_writes_and_overrides_the_defaults() {
        Query job = new ProjectTexts().read().orThrow().workload().jobs().get(0);

        assertThat(job.statement().writes()).isTrue();
        assertThat(job.statement().role()).isEqualTo("shop_worker");
        assertThat(job.statement().session()).isEmpty();
    }

    @Test
    void keeps_the_text_of_numbers_and_reads_null_as_null() {
        Case typical = new ProjectTexts()
                .with(WORKLOAD, "from: 2024-01-01", "from: ~")
                .with(WORKLOAD, "key: {table: orders, column: key, where: {tenant_id: \":tenant\"}}", "key: 1e3")
                .read()
                .orThrow()
                .workload()
                .queries()
                .get(0)
                .cases()
                .get(0);

        assertThat(typical.parameters()).containsEntry("from", new ParameterValue.Null());
        assertThat(typical.parameters()).containsEntry("key", new Literal("1e3"));
    }

    @Test
    void accepts_quoted_mixed_case_and_non_ascii_names() {
        Project project = new ProjectTexts()
                .with(WORKLOAD, "Q1_orders:", "\"Größte_Käufe\":")
                .with(WORKLOAD, "critical_tables: [orders]", "critical_tables: ['Order \"Lines\"']")
                .with(WORKLOAD, "typical:", "'1.5_Jahre':")
                .read()
                .orThrow();

        Query query = project.workload().queries().get(0);
        assertThat(query.name()).isEqualTo("Größte_Käufe");
        assertThat(query.expectation().criticalTables()).containsExactly("Order \"Lines\"");
        assertThat(query.cases().get(0).name()).isEqualTo("1.5_Jahre");
    }

    record Wrong(String file, String part, String replacement, String place, String message, String remedy) {}

    static Stream<Wrong> wrongProjects() {
        String states = "proven: {from: baseline, apply: states/apply.sql, undo: states/undo.sql}";
        return Stream.of(
                new Wrong(
                        WORKLOAD,
                        "owner: shop team",
                        "owner: FILL_IN",
                        "6:12",
                        "'owner' is still to fill in",
                        "name the team or person"),
                new Wrong(
                        WORKLOAD,
                        "p95 < 500 ms",
                        "FILL_IN",
                        "14:14",
                        "'slo' is still to fill in",
                        "write for example `p95 < 500 ms`"),
                new Wrong(
                        WORKLOAD, "from: 2024-01-01", "from: FILL_IN", "17:17", "'from' is still to fill in", "`null`"),
                new Wrong(
                        WORKLOAD,
                        "[orders_tenant_placed_at]}",
                        "[orders_tenant_placed_at]}\n    no_index: tiny",
                        "12:5",
                        "the query has both 'indexes' and 'no_index'",
                        "keep the one that is true"),
                new Wrong(
                        PROJECT,
                        "from: baseline",
                        "from: basline",
                        "11:18",
                        "unknown state 'basline'",
                        "did you mean 'baseline'? known states: baseline, proven"),
                new Wrong(
                        PROJECT,
                        "from: baseline",
                        "from: proven",
                        "11:18",
                        "the state 'proven' comes from itself: proven <- proven",
                        "leads to 'baseline'"),
                new Wrong(
                        PROJECT,
                        "{description: the migrations}",
                        "{apply: states/apply.sql}",
                        "10:14",
                        "the first state 'baseline' has 'apply'",
                        "remove it"),
                new Wrong(
                        PROJECT,
                        ", undo: states/undo.sql",
                        "",
                        "11:3",
                        "the state 'proven' has no 'undo'",
                        "undo: states/proven/undo.sql"),
                new Wrong(
                        PROJECT, "from: baseline, ", "", "11:3", "the state 'proven' has no 'from'", "from: baseline"),
                new Wrong(
                        PROJECT,
                        states,
                        states + "\n  Proven: {from: baseline, apply: states/apply.sql, undo: states/undo.sql}",
                        "12:3",
                        "the name 'Proven' is used twice, first as 'proven'",
                        "rename"),
                new Wrong(
                        PROJECT,
                        "gate: proven",
                        "gate: prove",
                        "8:7",
                        "unknown state 'prove'",
                        "did you mean 'proven'?"),
                new Wrong(
                        PROJECT,
                        "profile: small",
                        "profile: smal",
                        "7:10",
                        "unknown profile 'smal'",
                        "did you mean 'small'?"),
                new Wrong(
                        PROJECT,
                        "states/undo.sql",
                        "states/undone.sql",
                        "11:59",
                        "the file 'states/undone.sql' does not exist",
                        "create it"),
                new Wrong(
                        PROJECT,
                        "dataset: dataset.yaml",
                        "dataset: ../dataset.yaml",
                        "5:10",
                        "the path '../dataset.yaml' leaves the project's folder",
                        "move the file"),
                new Wrong(
                        PROJECT,
                        "dataset: dataset.yaml",
                        "dataset: /etc/passwd",
                        "5:10",
                        "the path '/etc/passwd' is absolute",
                        "move the file"),
                new Wrong(
                        PROJECT,
                        "dataset: dataset.yaml",
                        "dataset: C:/dataset.yaml",
                        "5:10",
                        "the path 'C:/dataset.yaml' is absolute",
                        "move the file"),
                new Wrong(
                        PROJECT,
                        "dataset: dataset.yaml",
                        "dataset: a\\b.yaml",
                        "5:10",
                        "the path 'a\\b.yaml' has a backslash",
                        "write `/`"),
                new Wrong(
                        PROJECT,
                        "dataset: dataset.yaml",
                        "dataset: ./dataset.yaml",
                        "5:10",
                        "the path './dataset.yaml' is not in its plain form",
                        "queries/q1.sql"),
                new Wrong(
                        PROJECT,
                        "migrations: migrations",
                        "migrations: states",
                        "4:13",
                        "the folder 'states' has no migrations",
                        "V1__tables.sql"),
                new Wrong(
                        PROJECT,
                        "  max_samples: 400",
                        "  case_time_limit: 60",
                        "13:20",
                        "found the number 60, expected a text",
                        "write for example `60 s`"),
                new Wrong(
                        PROJECT,
                        "  max_samples: 400",
                        "  case_time_limit: '60'",
                        "13:20",
                        "the time limit has no unit: '60'",
                        "write for example `60 ms`"),
                new Wrong(
                        PROJECT,
                        "jit-share: off",
                        "jit-shar: off",
                        "15:3",
                        "unknown red flag 'jit-shar'",
                        "did you mean 'jit-share'? known red flags: jit-share, seq-scan"),
                new Wrong(
                        PROJECT,
                        "jit-share: off",
                        "jit-share: on",
                        "15:14",
                        "the text 'on' does not have the form of 'jit-share'",
                        "write for example `off`"),
                new Wrong(
                        PROJECT,
                        "min_table_pages",
                        "min_table_page",
                        "16:33",
                        "unknown threshold 'min_table_page'",
                        "did you mean 'min_table_pages'?"),
                new Wrong(
                        PROJECT,
                        "severity: warning",
                        "severity: warn",
                        "16:24",
                        "found the text 'warn', expected one of error, warning",
                        "write error or warning"),
                new Wrong(
                        PROJECT,
                        "max_samples: 400",
                        "max_samples: 58",
                        "",
                        "the SLO needs at least 59 samples at confidence 0.95, but max_samples is 58",
                        "`max_samples: 59`"),
                new Wrong(
                        WORKLOAD,
                        "sql: queries/q1.sql",
                        "sql: queries/q2.sql",
                        "4:10",
                        "the file 'queries/q2.sql' does not exist",
                        "create it"),
                new Wrong(
                        WORKLOAD,
                        "    owner: shop team\n",
                        "",
                        "3:3",
                        "the P0 query 'Q1_orders' has no owner",
                        "owner:"),
                new Wrong(
                        WORKLOAD,
                        "        slo: p95 < 500 ms\n",
                        "",
                        "13:7",
                        "the case 'typical' of the P0 query 'Q1_orders' has no SLO",
                        "slo: p95 < 500 ms"),
                new Wrong(
                        WORKLOAD,
                        "p95 < 500 ms",
                        "p95 < 500",
                        "14:14",
                        "the limit of the SLO has no unit: '500'",
                        "write for example `500 ms`"),
                new Wrong(
                        WORKLOAD,
                        "p95 < 500 ms",
                        "p95 < 500 msec",
                        "14:14",
                        "unknown unit 'msec' in '500 msec'",
                        "known units: us, ms, s, min, h"),
                new Wrong(
                        WORKLOAD, "p95 < 500 ms", "p95 <= 500 ms", "14:14", "'p95 <= 500 ms' has '<='", "p95 < 500 ms"),
                new Wrong(
                        WORKLOAD,
                        "p95 < 500 ms",
                        "p100 < 500 ms",
                        "14:14",
                        "'p100' is not a percentile",
                        "p95 < 500 ms"),
                new Wrong(WORKLOAD, "p95 < 500 ms", "fast", "14:14", "'fast' is not an SLO", "p95 < 500 ms"),
                new Wrong(
                        WORKLOAD,
                        "p95 < 500 ms",
                        "p95 < 0 ms",
                        "14:14",
                        "the limit of the SLO is out of range: '0 ms'",
                        "more than zero"),
                new Wrong(
                        WORKLOAD,
                        "p95 < 500 ms",
                        "500",
                        "14:14",
                        "found the number 500, expected a text",
                        "p95 < 500 ms"),
                new Wrong(
                        WORKLOAD,
                        "100 / day / tenant",
                        "often",
                        "7:16",
                        "'often' is not a frequency",
                        "100 / day / tenant"),
                new Wrong(
                        WORKLOAD,
                        "100 / day / tenant",
                        "100 / week",
                        "7:16",
                        "'week' in '100 / week' is none of s, min, hour, day",
                        "50 / s"),
                new Wrong(
                        WORKLOAD,
                        "          from: 2024-01-01\n",
                        "",
                        "13:7",
                        "the case 'typical' has no value for :from of the query",
                        "add `from: ...`"),
                new Wrong(
                        "queries/q1.proven.sql",
                        ":from",
                        ":until",
                        "13:7",
                        "the case 'typical' has no value for :until of the variant of 'proven'",
                        "add `until: ...`"),
                new Wrong(
                        WORKLOAD,
                        "          from: 2024",
                        "          form: 1\n          from: 2024",
                        "17:11",
                        "nothing reads the parameter 'form'",
                        "did you mean 'from'?"),
                new Wrong(
                        WORKLOAD,
                        "app.tenant: \":tenant\"",
                        "app.tenant: \":tenat\"",
                        "13:7",
                        "the case 'typical' has no value for :tenat of the session",
                        "add `tenat: ...`"),
                new Wrong(WORKLOAD, "row: 10%", "row: 100%", "16:53", "the row '100%' is not below 100%", "`10%`"),
                new Wrong(
                        WORKLOAD, "row: 10%", "row: -1", "16:53", "found the number -1, expected at least 0", "`10%`"),
                new Wrong(WORKLOAD, "row: 10%", "row: first", "16:53", "'first' is not a row", "`10%`"),
                new Wrong(
                        WORKLOAD,
                        ", row: 10%",
                        "",
                        "16:11",
                        "the parameter 'tenant' has neither 'row' nor 'where'",
                        "row: 10%"),
                new Wrong(
                        WORKLOAD,
                        "row: 10%",
                        "row: 10%, where: {name: x}",
                        "16:11",
                        "the parameter 'tenant' has both 'row' and 'where'",
                        "one of them"),
                new Wrong(
                        WORKLOAD,
                        "table: tenants",
                        "table: tenant",
                        "16:27",
                        "unknown table 'tenant'",
                        "did you mean 'tenants'?"),
                new Wrong(
                        WORKLOAD,
                        "column: key",
                        "column: kye",
                        "18:40",
                        "unknown column 'kye'",
                        "did you mean 'key'? known columns: id, tenant_id, key"),
                new Wrong(
                        WORKLOAD,
                        "{tenant_id: \":tenant\"}",
                        "{tenant: \":tenant\"}",
                        "18:53",
                        "unknown column 'tenant'",
                        "known columns: id"),
                new Wrong(
                        WORKLOAD,
                        "{tenant_id: \":tenant\"}",
                        "{tenant_id: \":tenat\"}",
                        "18:45",
                        "unknown parameter ':tenat'",
                        "did you mean 'tenant'?"),
                new Wrong(
                        WORKLOAD,
                        "{tenant_id: \":tenant\"}",
                        "{tenant_id: \":key\"}",
                        "18:45",
                        "the parameter 'key' depends on itself",
                        "a value or a row"),
                new Wrong(
                        WORKLOAD,
                        "  proven: {sql",
                        "  prove: {sql",
                        "20:7",
                        "unknown state 'prove'",
                        "did you mean 'proven'?"),
                new Wrong(
                        WORKLOAD,
                        "indexes: {proven:",
                        "indexes: {prove:",
                        "11:15",
                        "unknown state 'prove'",
                        "did you mean 'proven'?"),
                new Wrong(
                        WORKLOAD,
                        "J1_claim:",
                        "q1_ORDERS:",
                        "22:3",
                        "the name 'q1_ORDERS' is used twice, first as 'Q1_orders'",
                        "rename one"),
                new Wrong("queries/q1.sql", "select", "SYNTAX", "queries/q1.sql:1:1", "syntax error", ""),
                new Wrong("states/apply.sql", "create", "SYNTAX", "states/apply.sql:1:1", "syntax error", ""),
                new Wrong(
                        "migrations/V1__tables.sql",
                        "create",
                        "SYNTAX",
                        "migrations/V1__tables.sql:1:1",
                        "syntax error",
                        ""));
    }

    @ParameterizedTest
    @MethodSource("wrongProjects")
    void says_what_is_wrong_where_and_what_to_write(Wrong wrong) {
        List<Problem> problems = new ProjectTexts()
                .with(wrong.file(), wrong.part(), wrong.replacement())
                .read()
                .problems();

        assertThat(problems).hasSize(1);
        Problem problem = problems.get(0);
        assertThat(problem.place()).endsWith(wrong.place());
        assertThat(problem.message()).contains(wrong.message());
        assertThat(problem.remedy()).contains(wrong.remedy());
    }

    @Test
    void says_that_the_project_file_is_missing() {
        assertThat(new ProjectTexts().withoutFile(PROJECT).read().problems())
                .containsExactly(Problem.ofInput("the file 'pgattest.yaml' does not exist", "create it"));
    }

    @Test
    void lists_the_problems_of_all_files_at_once() {
        List<Problem> problems = new ProjectTexts()
                .with(PROJECT, "gate: proven", "gate: prove\ngates: 1")
                .with(WORKLOAD, "p95 < 500 ms", "p95 < 500")
                .with(WORKLOAD, "    owner: shop team\n", "    ownr: shop team\n")
                .with("queries/j1.sql", "update", "SYNTAX")
                .read()
                .problems();

        assertThat(problems)
                .extracting(Problem::place)
                .containsExactly(
                        "pgattest.yaml:8:7",
                        "pgattest.yaml:9:1",
                        "queries/j1.sql:1:1",
                        "workload.yaml:3:3",
                        "workload.yaml:6:5",
                        "workload.yaml:14:14");
    }

    @Test
    void allows_a_case_without_slo_and_a_query_without_cases_below_p0() {
        Project project = new ProjectTexts()
                .with(WORKLOAD, "priority: P0\n    owner: shop team", "priority: P1")
                .with(WORKLOAD, "        slo: p95 < 500 ms\n", "")
                .read()
                .orThrow();

        assertThat(project.workload().queries().get(0).cases().get(0).slo()).isNull();
        assertThat(project.workload().jobs().get(0).cases()).isEmpty();
        assertThat(project.caseCount()).isEqualTo(1);
    }

    @Test
    void reports_damaged_files_as_problems_instead_of_failing() {
        Random random = new Random(20251117);
        String noise = " \n\t:{}[]\"'&*!|>%@#,-?<~/\\ab9é\uD83D\uDC18\u0001";
        int rejected = 0;
        for (int i = 0; i < 300; i++) {
            String file = random.nextBoolean() ? PROJECT : WORKLOAD;
            String text = new ProjectTexts().text(file).orThrow();
            int from = random.nextInt(text.length());
            int to = Math.min(text.length(), from + random.nextInt(12));
            int at = random.nextInt(noise.length());
            String damaged = text.substring(0, from) + noise.substring(at, at + 1) + text.substring(to);

            List<Problem> problems =
                    new ProjectTexts().with(file, text, damaged).read().problems();

            rejected += problems.isEmpty() ? 0 : 1;
            assertThat(problems)
                    .as(damaged)
                    .allSatisfy(problem -> assertThat(problem.line())
                            .isBetween(1, (int) damaged.lines().count() + 30));
        }
        assertThat(rejected).isGreaterThan(200);
    }
}
