package dev.pgattest.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SyntaxProblemsTest {

    record Bad(String text, int line, int column, String message) {}

    static List<Bad> queries() {
        return List.of(
                new Bad(
                        "-- größe 😀\nselect :tenant_id,\n  'é😀', 1 form orders;",
                        3,
                        16,
                        "syntax error at or near \"orders\""),
                new Bad(
                        "select *\nfrom t where a = :first_name :last_name",
                        2,
                        30,
                        "syntax error at or near \":last_name\""),
                new Bad("select :a from", 1, 15, "syntax error at end of input"),
                new Bad("select 1;\n\n  select 2", 3, 3, "there are 2 statements; the second begins here"),
                new Bad("-- nothing yet\n", 1, 1, "there is no statement"),
                new Bad("select 1,\n 'open", 2, 2, "unterminated quoted string"),
                new Bad("select\n$1", 2, 1, "numbered parameter $1"));
    }

    @ParameterizedTest
    @MethodSource("queries")
    void a_bad_query_is_one_problem_at_its_place(Bad bad) {
        assertThat(SyntaxProblems.inQuery("workload/q.sql", bad.text()))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.place()).isEqualTo("workload/q.sql:" + bad.line() + ":" + bad.column());
                    assertThat(problem.message()).isEqualTo(bad.message());
                    assertThat(problem.remedy()).isNotEmpty();
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select a[1:n], :id::uuid from t where b ? :key; -- done",
                "update t set a = :a where id in (select id from t for update skip locked limit :limit) returning *",
                "with x as (select 1) select * from x where j @? '$.a ? (@ > 1)'"
            })
    void a_good_query_has_no_problem(String text) {
        assertThat(SyntaxProblems.inQuery("q.sql", text)).isEmpty();
    }

    @Test
    void each_bad_statement_of_a_script_is_one_problem() {
        String text = """
                create table é (a int);
                create tabel t (a int);
                create function f() returns int language plpgsql as $$ begin return 1; end $$;
                create index on t (a,);
                """;
        List<Problem> problems = SyntaxProblems.inScript("migrations/V1__x.sql", text);
        assertThat(problems)
                .extracting(problem -> problem.place() + " " + problem.message())
                .containsExactly(
                        "migrations/V1__x.sql:2:8 syntax error at or near \"tabel\"",
                        "migrations/V1__x.sql:4:22 syntax error at or near \")\"");
    }

    @Test
    void a_script_without_statements_is_good() {
        assertThat(SyntaxProblems.inScript("x.sql", "-- nothing to do\n")).isEmpty();
    }
}
