package dev.pgattest.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.ExitCode;
import dev.pgattest.Problem;
import dev.pgattest.testing.TestCluster;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class StateScriptTest {

    /** A script whose last statement fails, with the place of the failure. */
    record Failing(String name, String script, int line, int column, String message) {
        @Override
        public String toString() {
            return name;
        }
    }

    static final List<Failing> FAILING = List.of(
            new Failing(
                    "a name inside a statement",
                    "create table t (id int);\n\n-- comment ;\ncreate index on t\n  (lower(nothing));\n",
                    5,
                    10,
                    "column \"nothing\" does not exist"),
            new Failing(
                    "after letters of two and four bytes",
                    "create table \"größe\" (id int); /* 🦣; */\n  select '🦣ß' || nothing from \"größe\";\n",
                    2,
                    18,
                    "column \"nothing\" does not exist"),
            new Failing(
                    "after a body in dollar quotes",
                    "do $x$ begin perform 1; end $x$;\ncreate table t (id int);\ndrop table none;\n",
                    3,
                    1,
                    "table \"none\" does not exist"),
            new Failing(
                    "inside a body in dollar quotes, where the server gives no place in the script",
                    "\n\n  do $$ begin perform nothing; end $$;\n",
                    3,
                    3,
                    "column \"nothing\" does not exist"),
            new Failing("at the end of the script", "select 1;\nselect (", 2, 9, "syntax error at end of input"));

    @ParameterizedTest
    @FieldSource("FAILING")
    void a_statement_that_fails_is_named_with_its_place(Failing failing) {
        try (Session session = TestCluster.freshDatabase().open()) {
            var failure = Failures.of(() -> StateScript.run(session, "states/a/apply.sql", failing.script()));

            assertThat(failure.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
            Problem problem = failure.problems().get(0);
            assertThat(problem.message()).contains(failing.message());
            assertThat(problem.place()).isEqualTo("states/a/apply.sql:" + failing.line() + ":" + failing.column());
            assertThat(problem.remedy()).isEqualTo("correct the statement in the script");
        }
    }

    @Test
    void statements_run_one_at_a_time_outside_a_transaction_and_new_indexes_are_timed() {
        try (Session session = TestCluster.freshDatabase().open()) {
            session.execute("create table t (id int)");

            var buildMs = StateScript.run(session, "apply.sql", """
                    create index concurrently "A;b" on t (id);
                    create function f() returns int language sql as $f$ select 1; select 2 $f$;
                    create materialized view m as select 1 as x; create unique index on m (x)
                    """);

            assertThat(buildMs).containsOnlyKeys("public.\"A;b\"", "public.m_x_idx");
            assertThat(session.text("select f()")).isEqualTo("2");
        }
    }
}
