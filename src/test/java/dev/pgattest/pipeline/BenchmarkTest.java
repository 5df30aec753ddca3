package dev.pgattest.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pgattest.ExitCode;
import dev.pgattest.PgattestException;
import dev.pgattest.postgres.Connections;
import dev.pgattest.postgres.ServerChoice;
import dev.pgattest.postgres.Session;
import dev.pgattest.testing.ShopProject;
import dev.pgattest.testing.TestCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a loaded benchmark database is used again and when it is made anew. */
class BenchmarkTest {

    private static final String REUSED = "using the dataset that is loaded already";

    private final List<String> notes = new ArrayList<>();
    private final ShopProject project = new ShopProject();

    @TempDir
    Path folder;

    @Test
    void an_unchanged_benchmark_is_reused() throws IOException {
        project.named("reused");
        open().close();
        notes.clear();

        try (Benchmark again = open()) {
            assertThat(notes).containsExactly(REUSED);
            assertThat(again.buildMs()).containsKey("public.orders_pkey");
        }
    }

    @Test
    void a_changed_dataset_or_changed_migrations_are_loaded_anew() throws IOException {
        project.named("changed");
        open().close();

        project.with("dataset.yaml", "seed: 5", "seed: 6");
        assertRemade("changed");
        project.with("migrations/V1__tables.sql", "owner bigint not null", "owner bigint");
        assertRemade("changed");
        notes.clear();
        open().close();
        assertThat(notes).contains(REUSED);
    }

    @Test
    void an_interrupted_load_and_a_state_that_was_left_are_made_anew() throws IOException {
        project.named("interrupted");
        open().close();

        execute("interrupted", "drop schema pgattest cascade", "truncate orders");
        assertRemade("interrupted");
        execute("interrupted", "create index orders_owner on orders (owner)");
        assertRemade("interrupted");
    }

    @Test
    void corrected_migrations_run_from_the_start_although_the_first_ones_made_no_table() throws IOException {
        project.named("corrected")
                .withFile("migrations/V0__types.sql", "create type colour as enum ('red');\n")
                .with("migrations/V1__tables.sql", "references owners", "references nothing");
        assertThat(failure()).hasMessageContaining("nothing");

        project.with("migrations/V1__tables.sql", "references nothing", "references owners")
                .withFile("migrations/V0__types.sql", "create type colour as enum ('blue');\n");
        open().close();

        assertThat(read("corrected", "select 'blue'::colour")).isEqualTo("blue");
    }

    @Test
    void a_database_of_the_same_name_that_is_not_ours_is_left_alone() throws IOException {
        project.named("theirs");
        try (Session session = TestCluster.server().open()) {
            session.execute("create database pgattest_theirs");
        }
        execute("theirs", "create table precious as select 1 as x");

        PgattestException failure = failure();

        assertThat(failure.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(failure).hasMessage("a database pgattest_theirs exists and is not pgattest's");
        assertThat(failure.problems().get(0).remedy()).contains("--database");
        assertThat(read("theirs", "select x from precious")).isEqualTo("1");
    }

    @Test
    void a_foreign_database_that_the_user_names_is_never_emptied() throws IOException {
        project.named("adopted");
        try (Session session = TestCluster.server().open()) {
            session.execute("create database mine");
        }
        try (Session session = TestCluster.server().to("mine").open()) {
            session.execute("create table precious as select 1 as x");
        }

        PgattestException failure = Objects.requireNonNull(catchThrowableOfType(
                PgattestException.class, () -> open(new ProveRequest.Target(server(), "mine", true, false))));

        assertThat(failure.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(failure).hasMessage("the database mine is not empty and is not pgattest's to empty");
        try (Session session = TestCluster.server().to("mine").open()) {
            session.execute("drop table precious");
        }
        open(new ProveRequest.Target(server(), "mine", true, false)).close();
        try (Session session = TestCluster.server().to("mine").open()) {
            assertThat(session.query("select count(*) from orders", row -> row.getLong(1)))
                    .containsExactly(500L);
        }
    }

    private void assertRemade(String name) throws IOException {
        notes.clear();
        open().close();
        assertThat(notes)
                .contains("dropping the benchmark database pgattest_" + name
                        + ": its load was interrupted, or the dataset or the migrations have changed");
        assertThat(read(name, "select count(*) from orders")).isEqualTo("500");
    }

    private PgattestException failure() {
        return Objects.requireNonNull(catchThrowableOfType(PgattestException.class, this::open), "nothing was thrown");
    }

    private Benchmark open() throws IOException {
        return open(new ProveRequest.Target(server(), null, false, true));
    }

    private Benchmark open(ProveRequest.Target target) throws IOException {
        Progress progress = new Progress() {
            @Override
            public void note(String text) {
                notes.add(text);
            }
        };
        project.writeTo(folder);
        return Benchmark.open(
                LoadedProject.read(folder), target, new ProveRequest.Size(null, null, 2), new PhaseClock(), progress);
    }

    private static ServerChoice server() {
        return new ServerChoice.Running(TestCluster.server().settings());
    }

    private static Connections database(String name) {
        return TestCluster.server().to("pgattest_" + name);
    }

    private static void execute(String name, String... statements) {
        try (Session session = database(name).open()) {
            for (String statement : statements) {
                session.execute(statement);
            }
        }
    }

    private static String read(String name, String sql) {
        try (Session session = database(name).open()) {
            return session.query(sql, row -> row.getString(1)).get(0);
        }
    }
}
