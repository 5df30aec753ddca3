package dev.pgattest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.postgres.BenchmarkDatabase;
import dev.pgattest.postgres.BenchmarkRequest;
import dev.pgattest.postgres.Session;
import dev.pgattest.testing.ShopProject;
import dev.pgattest.testing.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** How the main job ends: exit code, message, and what it leaves. */
class ProveCommandTest {

    private final ShopProject project = new ShopProject().named("command");

    @TempDir
    Path folder;

    @Test
    void ends_with_0_when_the_gate_passes_and_writes_the_evidence() throws IOException {
        ProgramRun run = prove();

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("PASS", "Q1_orders", "plain", "indexed");
        assertThat(run.err()).contains("wrote ").contains("evidence.json").contains("query-plans.md");
        assertThat(folder.resolve("evidence/small-1/evidence.json")).isNotEmptyFile();
    }

    @Test
    void ends_with_1_when_the_gate_fails_and_with_4_when_it_is_undecided() throws IOException {
        project.withQuery("Q2_slow", "p95 < 1 ms", "select pg_sleep(0.02)");
        ProgramRun failed = prove();
        assertThat(failed.exitCode()).as(failed.err()).isEqualTo(1);
        assertThat(failed.out()).contains("FAIL", "Q2_slow");

        project.with("pgattest.yaml", "warmup: 0", "warmup: 0, case_time_limit: 100 ms")
                .with("workload.yaml", "p95 < 1 ms", "p95 < 30 s");
        ProgramRun undecided = prove();
        assertThat(undecided.exitCode()).as(undecided.err()).isEqualTo(4);
    }

    /** What is wrong on the command line or around it, with what is said. */
    record Wrong(int exitCode, List<String> options, List<String> said) {
        Wrong(int exitCode, String option, String value, String... said) {
            this(exitCode, List.of(option, value), List.of(said));
        }
    }

    static final List<Wrong> WRONG = List.of(
            new Wrong(2, "--gate", "best", "the project has no state best", "name one of plain, indexed"),
            new Wrong(2, "--rate-factor", "1,2", "--rate-factor needs --load", "for example --load 60s"),
            new Wrong(2, "--load", "10ms", "--load is 10 ms", "give from 1s to 12h"),
            new Wrong(2, "--load", "5", "'5' is no duration", "write for example"),
            new Wrong(2, "--load", "5s", "no query says how often it runs", "write for example `frequency:"),
            new Wrong(2, List.of("--load", "5s", "--rate-factor", "2,1"), List.of("--rate-factor is '2,1'", "1,2,4")),
            new Wrong(2, List.of("--load", "5s", "--connections", "0"), List.of("--connections is 0", "1 to 1000")),
            new Wrong(2, "--scale", "0", "scale 0", "write a scale of more than 0"),
            new Wrong(2, "--scale", "-1", "scale -1", "write a scale of more than 0"),
            new Wrong(2, "--scale", "NaN", "'NaN'", "--scale"),
            new Wrong(2, "--scale", "1e400", "'1e400' has too many digits", "write for example 0.02"),
            new Wrong(2, "--scale", "1e999999999", "'1e999999999' has too many digits", "write for example 0.02"),
            new Wrong(2, "--tenants", "0", "no members to choose 0 of", "help: "),
            new Wrong(2, "--tenants", "x", "'x'", "--tenants"),
            new Wrong(2, "--threads", "0", "--threads is 0", "give a number from 1 to 64"),
            new Wrong(2, "--growth", "4", "one size shows no growth", "write for example 1,2,4,8"),
            new Wrong(2, "--growth", "0,1", "the factor 0 is not more than 0"),
            new Wrong(2, "--growth", "2,1,1", "the factor 1 comes after 2", "names the factor 1 twice"),
            new Wrong(2, "--growth", "1,1.0001", "the table orders has 500.05 rows", "whole rows"),
            new Wrong(2, "--tolerance", "2%", "--tolerance needs --against"),
            new Wrong(2, "--against", "nowhere", "nowhere/evidence.json: error: there is no evidence", "--update"),
            new Wrong(
                    2,
                    List.of("--against", ".", "--tolerance", "2"),
                    List.of("'2' is not a percentage", "write for example 2%")),
            new Wrong(2, List.of("--update"), List.of("--update needs --against")),
            new Wrong(
                    2,
                    List.of("--growth", "1,2", "--use-existing-database", "--database", "mine"),
                    List.of("is not pgattest's to empty")),
            new Wrong(2, "--server", "nowhere", "unknown server: nowhere", "write embedded, local, a URL"),
            new Wrong(
                    3,
                    "--server",
                    "postgresql://me:hush@127.0.0.1:1/postgres",
                    "cannot connect to postgresql://me@127.0.0.1:1/postgres",
                    "check that PostgreSQL listens at 127.0.0.1:1"));

    @ParameterizedTest
    @FieldSource("WRONG")
    void ends_with_2_or_3_a_message_and_a_remedy_and_writes_nothing(Wrong wrong) throws IOException {
        List<String> arguments = Stream.concat(
                        Stream.of("prove", project.writeTo(folder).toString()), wrong.options().stream())
                .toList();
        arguments = wrong.options().contains("--server")
                ? arguments
                : Stream.concat(arguments.stream(), Stream.of("--server", ProgramRun.server()))
                        .toList();

        ProgramRun run = ProgramRun.of(arguments.toArray(String[]::new));

        assertThat(run.exitCode()).as(run.err()).isEqualTo(wrong.exitCode());
        assertThat(run.err()).contains(wrong.said()).doesNotContain("this is a bug", "hush", "\tat ");
        assertThat(run.out()).isEmpty();
        assertThat(folder.resolve("evidence")).doesNotExist();
    }

    /** A mistake in one of the project's files, with what is said. */
    record Mistake(String file, String part, String replacement, List<String> said) {

        Mistake(String file, String part, String replacement, String... said) {
            this(file, part, replacement, List.of(said));
        }
    }

    static final List<Mistake> MISTAKES = List.of(
            new Mistake(
                    "pgattest.yaml",
                    "gate:",
                    "gates:",
                    "pgattest.yaml:6:1: error: unknown key 'gates'",
                    "did you mean 'gate'"),
            new Mistake(
                    "pgattest.yaml",
                    "states/undo.sql",
                    "states/gone.sql",
                    "the file 'states/gone.sql' does not exist",
                    "create"),
            new Mistake("queries/q1.sql", "from orders", "form orders", "queries/q1.sql:1:", "syntax error"),
            new Mistake("queries/q1.sql", ":owner", ":ower", "ower", "help: "),
            new Mistake(
                    "queries/q1.sql",
                    "select id from orders where owner = :owner order by id",
                    "delete from orders where owner = :owner",
                    "'Q1_orders' writes: queries/q1.sql has DELETE",
                    "write `writes: true`"),
            new Mistake(
                    "queries/q1.sql",
                    "select id from",
                    "select setval('pg_temp.none', id) from",
                    "queries/q1.sql",
                    "help: "),
            new Mistake(
                    "workload.yaml",
                    "owner: 3}",
                    "owner: three}",
                    "queries/q1.sql: error: the server refuses it with the parameters {owner=three}",
                    "correct the query, the parameters"),
            new Mistake(
                    "workload.yaml",
                    "priority: P0",
                    "priority: P0\n    critical_tables: [order]",
                    "names the critical table 'order'",
                    "write one of orders"),
            new Mistake(
                    "workload.yaml",
                    "priority: P0",
                    "priority: P0\n    indexes: {indexed: [no_such_index]}",
                    "names the index 'no_such_index', which the state 'indexed' does not have",
                    "write one of "),
            new Mistake(
                    "states/undo.sql",
                    "drop index",
                    "-- drop index",
                    "undoing indexed does not restore",
                    "make the undo"),
            new Mistake(
                    "pgattest.yaml",
                    "warmup: 0",
                    "warmup: 0, calibration: drop table orders",
                    "the calibration query fails",
                    "it may only read"),
            new Mistake(
                    "workload.yaml",
                    "p95 < 30 s",
                    "p95 < 30",
                    "workload.yaml:7:",
                    "the limit of the SLO has no unit: '30'"),
            new Mistake(
                    "workload.yaml",
                    "{owner: 3}",
                    "{owner: 3, more: 1}",
                    "workload.yaml:7:",
                    "nothing reads the parameter 'more'"),
            new Mistake("workload.yaml", "{owner: 3}", "{}", "workload.yaml:7:", "owner"),
            new Mistake(
                    "dataset.yaml",
                    "column: id}}",
                    "column: id, shares: [{members: 5, share: 0.7}, {members: 5, share: 0.6}]}}",
                    "dataset.yaml:",
                    "share"),
            new Mistake(
                    "migrations/V1__tables.sql",
                    "bigint not null",
                    "bigin not null",
                    "migrations/V1__tables.sql:2",
                    "type \"bigin\" does not exist"),
            new Mistake(
                    "migrations/V1__tables.sql",
                    "owner bigint",
                    "owner integer",
                    "dataset.yaml",
                    "write `type: integer`"));

    @ParameterizedTest
    @FieldSource("MISTAKES")
    void a_mistake_in_a_file_ends_with_2_its_place_and_what_to_write(Mistake mistake) throws IOException {
        project.with(mistake.file(), mistake.part(), mistake.replacement());

        ProgramRun run = prove();

        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertThat(run.err())
                .contains(mistake.said())
                .contains("error: ", "  help: ")
                .doesNotContain("this is a bug", "SEVERE");
        assertThat(folder.resolve("evidence")).doesNotExist();
    }

    @Test
    void a_run_that_was_ended_while_loading_is_completed_by_the_next() throws Exception {
        project.with("pgattest.yaml", "project: command", "project: ended")
                .with("dataset.yaml", "orders: 500}", "orders: 3000000}");
        String[] arguments = {
            "dataset", "load", project.writeTo(folder).toString(), "--server", ProgramRun.server(), "--keep"
        };
        Process child = ProgramRun.process(folder.resolve("output"), List.of(), arguments)
                .start();
        awaitCopy(child);
        child.destroy();
        assertThat(child.waitFor()).isEqualTo(3);
        assertThat(Files.readString(folder.resolve("output")))
                .contains("error: interrupted", "left behind: database pgattest_ended on ")
                .doesNotContain("this is a bug");

        project.with("dataset.yaml", "orders: 3000000}", "orders: 500}");
        ProgramRun run = prove();

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).contains("dropping the benchmark database pgattest_ended: its load was interrupted");
    }

    private static void awaitCopy(Process child) throws InterruptedException {
        try (Session session = TestCluster.server().to("postgres").open()) {
            while (session.query(
                            "select 1 from pg_stat_progress_copy where datname = 'pgattest_ended' and tuples_processed > 1000",
                            row -> row.getInt(1))
                    .isEmpty()) {
                assertThat(child.isAlive()).as("the load is still running").isTrue();
                Thread.sleep(20);
            }
        }
    }

    private ProgramRun prove(String... options) throws IOException {
        return ProgramRun.of(Stream.concat(
                        Stream.of("prove", project.writeTo(folder).toString(), "--server", ProgramRun.server()),
                        Stream.of(options))
                .toArray(String[]::new));
    }

    @Test
    void a_comparison_decides_by_buffers_alone_unless_a_gate_is_named() throws IOException {
        project.withQuery("Q2_slow", "p95 < 1 ms", "select pg_sleep(0.02)");
        assertThat(prove().exitCode()).isEqualTo(1);
        String evidence = folder.resolve("evidence/small-1").toString();

        ProgramRun same = prove("--against", evidence);
        assertThat(same.exitCode()).as(same.err()).isZero();
        assertThat(same.out())
                .contains("gate indexed: FAIL", "baseline: PASS, 6 plans compared, tolerance 2 %, nothing worse");
        assertThat(same.err()).contains("small-1-candidate");
        assertThat(prove("--against", evidence, "--gate", "plain").exitCode()).isEqualTo(1);
        assertThat(prove("--against", evidence, "--out", evidence).err()).contains("and would replace it");

        project.withFile("states/apply.sql", "create index orders_owner on orders (id, owner);\n");
        ProgramRun worse = prove("--against", evidence, "--tolerance", "0.5 %");
        assertThat(worse.out()).contains("tolerance 0.5 %");
    }

    @Test
    void a_second_run_in_the_same_database_says_that_the_first_is_there() throws IOException {
        try (var first = BenchmarkDatabase.take(TestCluster.server(), BenchmarkRequest.of("twice"), notice -> {})) {
            project.with("pgattest.yaml", "project: command", "project: twice");

            ProgramRun second = prove();

            assertThat(second.exitCode()).isEqualTo(3);
            assertThat(second.err())
                    .contains(
                            "another pgattest works in the database " + first.name(),
                            "wait until it ends, or name another");
            assertThat(folder.resolve("evidence")).doesNotExist();
        }
    }

    @Test
    void the_folder_of_a_failed_run_keeps_the_evidence_of_an_earlier_one() throws IOException {
        assertThat(prove().exitCode()).isZero();
        Path evidence = folder.resolve("evidence/small-1/evidence.json");
        String before = Files.readString(evidence);

        project.with("queries/q1.sql", "select id", "select idd");
        assertThat(prove().exitCode()).isEqualTo(2);

        assertThat(Files.readString(evidence)).isEqualTo(before);
    }
}
