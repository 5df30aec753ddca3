package dev.pgattest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.testing.ShopProject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class QueryAddCommandTest {

    private final ShopProject project = new ShopProject();

    @TempDir
    Path folder;

    @TempDir
    Path elsewhere;

    @Test
    void adds_a_file_and_an_entry_and_check_names_what_is_still_to_fill_in() throws IOException {
        project.writeTo(folder);
        String before = Files.readString(folder.resolve("workload.yaml"));
        Path sql = Files.writeString(
                elsewhere.resolve("mine.sql"), "select id from orders where owner = :owner and id > :least");

        ProgramRun run =
                add("Q2_new", "--priority", "P0", "--owner", "B2.6 (Attribution API)", "--sql", sql.toString());

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("added Q2_new to ", "queries/Q2_new.sql");
        assertThat(folder.resolve("queries/Q2_new.sql")).hasContent(Files.readString(sql));
        assertThat(Files.readString(folder.resolve("workload.yaml"))).isEqualTo(before + """
                  Q2_new:
                    sql: queries/Q2_new.sql
                    priority: P0
                    owner: "B2.6 (Attribution API)"
                    serves: FILL_IN
                    expected_rows: FILL_IN
                    cases:
                      typical:
                        slo: FILL_IN
                        parameters:
                          least: FILL_IN
                          owner: FILL_IN
                      worst:
                        slo: FILL_IN
                        parameters:
                          least: FILL_IN
                          owner: FILL_IN
                """);
        ProgramRun check = ProgramRun.of("check", folder.toString());
        assertThat(check.exitCode()).isEqualTo(2);
        assertThat(check.err().lines().filter(line -> line.contains("error: ")).map(QueryAddCommandTest::message))
                .containsExactlyInAnyOrder(
                        "the P0 query 'Q1_orders' is mapped to no index",
                        "the P0 query 'Q2_new' is mapped to no index",
                        "'serves' is still to fill in",
                        "'expected_rows' is still to fill in",
                        "'slo' is still to fill in",
                        "'least' is still to fill in",
                        "'owner' is still to fill in",
                        "'slo' is still to fill in",
                        "'least' is still to fill in",
                        "'owner' is still to fill in");
    }

    private static String message(String line) {
        return line.substring(line.indexOf("error: ") + "error: ".length());
    }

    @Test
    void a_query_that_says_everything_needs_only_evidence() throws IOException {
        project.with("workload.yaml", "    owner: shop\n", "    owner: shop\n    indexes: {indexed: [orders_owner]}\n")
                .writeTo(folder);

        ProgramRun run = withInput(
                "select count(*) from orders",
                () -> add(
                        "Q2_count",
                        "--priority",
                        "P0",
                        "--owner",
                        "shop",
                        "--serves",
                        "GET /count",
                        "--expected-rows",
                        "1",
                        "--no-index",
                        "counts all rows",
                        "--slo",
                        "p95 < 5 s",
                        "--case",
                        "only",
                        "--sql",
                        "-"));

        assertThat(run.exitCode()).as(run.err()).isZero();
        ProgramRun check = ProgramRun.of("check", folder.toString());
        assertThat(check.exitCode()).as(check.err()).isZero();
        assertThat(check.err().lines())
                .containsExactly(
                        "warning: there is no evidence for the P0 queries yet",
                        "  help: make it with `pgattest prove`");
    }

    @Test
    void leaves_the_sql_to_write_when_none_is_given() throws IOException {
        project.writeTo(folder);

        assertThat(add("Q2_later", "--priority", "P2").exitCode()).isZero();

        assertThat(folder.resolve("queries/Q2_later.sql"))
                .hasContent("-- FILL_IN: one statement, with :named parameters");
        assertThat(ProgramRun.of("check", folder.toString()).err())
                .contains("queries/Q2_later.sql:1:1: error: there is no statement");
    }

    @Test
    void uses_a_file_of_the_project_where_it_is() throws IOException {
        project.withFile("sql/deep/mine.sql", "delete from orders where id = :id\n")
                .writeTo(folder);

        ProgramRun run =
                add("Q2_mine", "--sql", folder.resolve("sql/deep/mine.sql").toString());

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(Files.readString(folder.resolve("workload.yaml")))
                .contains("  Q2_mine:\n    sql: sql/deep/mine.sql\n", "    writes: true\n", "          id: FILL_IN\n");
        assertThat(folder.resolve("queries/Q2_mine.sql")).doesNotExist();
    }

    @Test
    void maps_it_to_the_indexes_of_the_gate() throws IOException {
        project.writeTo(folder);

        assertThat(add("Q2_new", "--index", "orders_owner", "--index", "Odd, \"x\"", "--case", "only")
                        .exitCode())
                .isZero();

        assertThat(Files.readString(folder.resolve("workload.yaml")))
                .contains("    indexes:\n      indexed: [\"orders_owner\",\"Odd, \\\"x\\\"\"]\n");
    }

    @Test
    void asks_for_the_parameters_of_every_session_too() throws IOException {
        project.with("workload.yaml", "queries:", "defaults: {session: {app.tenant: \":tenant\"}}\nqueries:")
                .writeTo(folder);

        assertThat(add("Q2_new", "--case", "only").exitCode()).isZero();

        assertThat(Files.readString(folder.resolve("workload.yaml"))).endsWith("          tenant: FILL_IN\n");
    }

    @Test
    void works_on_a_project_that_has_problems_elsewhere() throws IOException {
        project.with("pgattest.yaml", "gate: indexed", "gate: none").writeTo(folder);

        assertThat(add("Q2_new").exitCode()).isZero();
        assertThat(add("Q3_new").exitCode()).isZero();
    }

    /** What is wrong, with what is said. */
    record Wrong(List<String> arguments, List<String> said) {
        Wrong(String arguments, String... said) {
            this(List.of(arguments.split(" ")), List.of(said));
        }
    }

    static final List<Wrong> WRONG = List.of(
            new Wrong("Q1_orders", "the workload has 'Q1_orders' already"),
            new Wrong("q1_ORDERS", "the workload has 'Q1_orders' already"),
            new Wrong("Q1", "the file 'queries/Q1.sql' exists already"),
            new Wrong("a/b", "'a/b' is no name of a query"),
            new Wrong("../q", "'../q' is no name of a query"),
            new Wrong("x".repeat(101), "is no name of a query"),
            new Wrong("Q2 --slo fast", "'fast' is not an SLO"),
            new Wrong("Q2 --frequency often", "'often' is not a frequency"),
            new Wrong("Q2 --case a --case A", "the case 'A' is named twice"),
            new Wrong("Q2 --index orders_owner --no-index small", "indexes are named, and a reason why it needs none"),
            new Wrong("Q2 --sql no.sql", "there is no file 'no.sql'"),
            new Wrong("Q2 --priority P3", "Invalid value for option '--priority'"),
            new Wrong(
                    "Q1_orders --slo fast --case a/b --sql no.sql",
                    "the workload has 'Q1_orders' already",
                    "'fast' is not an SLO",
                    "'a/b' is no name of a case",
                    "there is no file 'no.sql'"));

    @ParameterizedTest
    @FieldSource("WRONG")
    void refuses_with_every_problem_and_writes_nothing(Wrong wrong) throws IOException {
        project.writeTo(folder);
        Map<String, String> before = files();

        ProgramRun run =
                add(wrong.arguments().get(0), wrong.arguments().stream().skip(1).toArray(String[]::new));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(wrong.said()).doesNotContain("this is a bug");
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void points_into_the_file_whose_sql_is_wrong() throws IOException {
        project.writeTo(folder);
        Path sql = Files.writeString(elsewhere.resolve("wrong.sql"), "select 1;\nselect form t");

        ProgramRun run = add("Q2", "--sql", sql.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith(sql + ":2:1: error: there are 2 statements");
    }

    @Test
    void leaves_both_files_as_they_were_when_the_second_cannot_be_written() throws IOException {
        project.withFile("parts/workload.yaml", "queries: {}\n")
                .with("pgattest.yaml", "workload: workload.yaml", "workload: parts/workload.yaml")
                .writeTo(folder);
        Map<String, String> before = files();
        // A folder where the temporary file of the workload would be cannot be replaced by it.
        long thread = Thread.currentThread().getId();
        Path obstacle =
                folder.resolve("parts/.workload.yaml." + ProcessHandle.current().pid() + "-" + thread + ".partial/x");
        Files.createDirectories(obstacle);

        ProgramRun run = add("Q2");

        assertThat(run.exitCode()).as(run.err()).isEqualTo(3);
        assertThat(run.err()).contains("cannot be written");
        assertThat(files()).isEqualTo(before);
        assertThat(folder.resolve("queries/Q2.sql")).doesNotExist();
    }

    private ProgramRun add(String name, String... options) {
        List<String> arguments = new ArrayList<>(List.of("query", "add", folder.toString(), name));
        arguments.addAll(List.of(options));
        return ProgramRun.of(arguments.toArray(String[]::new));
    }

    private Map<String, String> files() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(file).toString(), Files.readString(file));
            }
        }
        return files;
    }

    private static ProgramRun withInput(String text, Supplier<ProgramRun> run) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        try {
            return run.get();
        } finally {
            System.setIn(before);
        }
    }
}
