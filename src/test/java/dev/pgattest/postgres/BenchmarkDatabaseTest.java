package dev.pgattest.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pgattest.ExitCode;
import dev.pgattest.PgattestException;
import dev.pgattest.testing.TestCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class BenchmarkDatabaseTest {

    private final Connections server = TestCluster.server();
    private final List<String> notices = new ArrayList<>();

    @Test
    void a_new_database_is_marked_reused_by_its_project_and_dropped() {
        BenchmarkRequest request = BenchmarkRequest.of("life");
        try (BenchmarkDatabase first = take(request);
                Session session = first.connections().open()) {
            session.execute("create table kept ()");
            assertThat(comment("pgattest_life")).startsWith("{\"pgattest\":").contains("\"project\":\"life\"");
        }
        try (BenchmarkDatabase second = take(request);
                Session session = second.connections().open()) {
            session.execute("select * from kept");
            second.drop();
        }
        assertThat(databases("pgattest_life")).isEmpty();
        assertThat(notices).isEmpty();
    }

    @Test
    void a_database_that_is_not_ours_is_refused_and_left_alone() {
        execute("create database pgattest_foreign", "comment on database pgattest_foreign is '{\"pgattest\": 1'");

        PgattestException failure = failure(() -> take(BenchmarkRequest.of("foreign")));

        assertThat(failure.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(failure).hasMessage("a database pgattest_foreign exists and is not pgattest's");
        assertThat(failure.problems().get(0).remedy()).contains("--database");
        assertThat(comment("pgattest_foreign")).isEqualTo("{\"pgattest\": 1");
    }

    @Test
    void a_foreign_database_is_used_when_the_user_says_so_but_never_marked_or_dropped() {
        execute("create database \"my own\"");
        BenchmarkRequest request = BenchmarkRequest.of("shop").in("my own");

        assertThat(failure(() -> take(request))).hasMessage("a database my own exists and is not pgattest's");
        try (BenchmarkDatabase database = take(request.owningIt())) {
            assertThat(failure(database::drop)).hasMessageContaining("is not pgattest's, so it is not dropped");
        }

        assertThat(databases("my own")).containsExactly("my own");
        assertThat(comment("my own")).isEmpty();
    }

    @Test
    void the_database_of_another_project_is_refused() {
        take(BenchmarkRequest.of("one")).close();

        assertThat(failure(() -> take(BenchmarkRequest.of("two").in("pgattest_one"))))
                .hasMessage("the database pgattest_one belongs to the project one, not to two");
    }

    @Test
    void a_second_run_in_the_same_database_ends_and_names_the_first() {
        try (BenchmarkDatabase first = take(BenchmarkRequest.of("busy"))) {
            PgattestException failure = failure(() -> take(BenchmarkRequest.of("busy")));

            assertThat(failure.exitCode()).isEqualTo(ExitCode.ENVIRONMENT);
            assertThat(failure)
                    .hasMessageContaining("another pgattest works in the database " + first.name())
                    .hasMessageContaining("process " + ProcessHandle.current().pid())
                    .hasMessageContaining("from 127.0.0.1")
                    .hasMessageContaining("since 2");
        }
        take(BenchmarkRequest.of("busy")).close();
    }

    @Test
    void what_a_run_left_half_made_is_dropped_when_marked_and_only_named_when_not() {
        execute(
                "create database pgattest_new_00000000000000aa",
                "comment on database pgattest_new_00000000000000aa is"
                        + " '{\"pgattest\":\"1\",\"project\":\"p\",\"created\":\"2026-01-01T00:00:00Z\"}'",
                "create database pgattest_new_00000000000000bb");

        take(BenchmarkRequest.of("after_crash")).close();

        assertThat(databases("pgattest_new_%")).containsExactly("pgattest_new_00000000000000bb");
        assertThat(notices)
                .containsExactly(
                        "dropped the database pgattest_new_00000000000000aa that an interrupted run left behind",
                        "an interrupted run may have left the database pgattest_new_00000000000000bb; if so: drop database"
                                + " pgattest_new_00000000000000bb");
        execute("drop database pgattest_new_00000000000000bb");
    }

    @Test
    void the_databases_that_are_ours_are_found_by_their_marks() {
        execute("create database \"not ours\"");
        take(BenchmarkRequest.of("listed").in("pgattest \"Größe\"")).close();

        assertThat(BenchmarkDatabase.names(server))
                .contains("pgattest \"Größe\"")
                .doesNotContain("not ours", "postgres");
    }

    @Test
    void a_user_who_may_not_create_databases_is_told_so() {
        execute("create role humble login password 'p1234567'");
        Connections humble = new Connections(server.settings().withUser("humble", new Secret("p1234567")));

        PgattestException failure =
                failure(() -> BenchmarkDatabase.take(humble, BenchmarkRequest.of("denied"), notices::add));

        assertThat(failure).hasMessageContaining("permission denied to create database");
        assertThat(failure.remedy()).contains("humble");
        assertThat(databases("pgattest_new_%")).isEmpty();
    }

    private BenchmarkDatabase take(BenchmarkRequest request) {
        return BenchmarkDatabase.take(server, request, notices::add);
    }

    private void execute(String... statements) {
        try (Session session = server.open()) {
            for (String statement : statements) {
                session.execute(statement);
            }
        }
    }

    private List<String> databases(String pattern) {
        try (Session session = server.open()) {
            return session.query(
                    "select datname from pg_database where datname like ? order by 1",
                    row -> row.getString(1),
                    pattern);
        }
    }

    private String comment(String database) {
        try (Session session = server.open()) {
            return session.query(
                            "select coalesce(shobj_description(oid, 'pg_database'), '') from pg_database where datname = ?",
                            row -> row.getString(1),
                            database)
                    .get(0);
        }
    }

    private static PgattestException failure(ThrowingCallable call) {
        return Objects.requireNonNull(catchThrowableOfType(PgattestException.class, call));
    }
}
