package dev.pgattest.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlpgsqlTest {

    record Body(String sql, List<String> statements) {}

    static List<Body> bodies() {
        return List.of(
                new Body("do $$begin perform 1; end$$", List.of("perform")),
                new Body("do language plpgsql 'begin null; end'", List.of()),
                new Body(
                        "create function f(a int) returns int language plpgsql as $f$begin return a + 1; end$f$",
                        List.of("return")),
                new Body(
                        "create or replace procedure p(inout a int) language plpgsql as $$begin a := a + 1; commit; end$$",
                        List.of("assign", "commit")),
                new Body(
                        "do $$<<b>> declare a int; begin declare c b.x%type; begin b.a := c; end; end$$",
                        List.of("block", "assign")),
                new Body(
                        "do $$begin if a then null; elsif b then perform 1; else call p(); end if; end$$",
                        List.of("if", "perform", "call")),
                new Body(
                        "do $$begin loop exit when a; end loop; for i in 1..3 loop continue; end loop;"
                                + " while b loop null; end loop; end$$",
                        List.of("loop", "exit", "fori", "exit", "while")),
                new Body(
                        "do $$begin insert into t values (1); exception when unique_violation then raise notice 'x'; end$$",
                        List.of("execsql", "raise")),
                new Body("do $$begin execute 'drop table t'; end$$", List.of("dynexecute")),
                new Body("do $$begin execute format('drop table %I', a) using b; end$$", List.of("dynexecute")),
                new Body(
                        "create function f() returns setof t language plpgsql as $$begin return query select 1;"
                                + " return query execute 'select 2'; end$$",
                        List.of("return_query", "return_query")),
                new Body(
                        "do $$declare c cursor (k int) for select k; r record; begin open c(1); fetch c into r; close c;"
                                + " for r in c(2) loop null; end loop; end$$",
                        List.of("open", "fetch", "close", "forc")),
                new Body(
                        "create function f(a unknown_type) returns other.unknown language plpgsql as"
                                + " $$declare x t.a%type; y t%rowtype; z unknown_type[]; begin x := 1; return a; end$$",
                        List.of("assign", "return")));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void a_body_has_the_tree_of_its_statements(Body body) {
        assertThat(Grammar.plpgsql(body.sql())).isInstanceOfSatisfying(PlpgsqlTree.class, tree -> {
            assertThat(tree.functions()).hasSize(1);
            String json = tree.functions().get(0).toString();
            for (String statement : body.statements()) {
                assertThat(json).contains("\"PLpgSQL_stmt_" + statement + "\"");
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "select 1; create table t (a int)",
                "create function f() returns int language sql as 'select 1'",
                "create function f() returns int return 1",
                "create function f() returns int begin atomic select 1; end",
                "create function f() returns int language c as 'a', 'b'",
                "do language plperl 'nonsense'"
            })
    void a_text_without_a_body_has_no_functions(String sql) {
        assertThat(Grammar.plpgsql(sql)).isEqualTo(new PlpgsqlTree(sql, List.of()));
    }

    @Test
    void several_bodies_are_parsed_in_order_with_the_text_between_them() {
        String sql = "do $$begin perform 'é😀'; end$$; select 1; create function f() returns int language PLPGSQL as"
                + " $$begin return 2; end$$; do $$begin perform 3; end$$";
        assertThat(Grammar.plpgsql(sql))
                .isInstanceOfSatisfying(
                        PlpgsqlTree.class,
                        tree -> assertThat(tree.functions().toString())
                                .containsSubsequence("'é😀'", "\"query\":\"2\"", "\"query\":\"SELECT 3\""));
    }

    /** The place is where {@code ^} stands, which is not part of the text. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "do $$begin ^selec 1; end$$",
                "select 'é😀'; do $$begin perform 'é😀', end_; ^retrun 1; end$$",
                "do $x$begin select 1 form ^t; end$x$; select 1",
                "do $$begin if a then end if ^end$$",
                "do $$begin perform t; if a then perform t; end if; perform 1 from u t ^t; perform t; end$$",
                "do $$begin perform 'x'; exception when others ^null; end$$",
                "do $$begin perform ^'x; end$$",
                "do $$begin null; ^$$",
                "do $$^$$",
                "create function f() returns int language plpgsql as ^'begin retrun; end'",
                "create function f() returns int language plpgsql as $$begin return 1; end$$ ^form",
                "do $$declare a ^; begin end$$"
            })
    void an_error_of_syntax_has_its_place(String marked) {
        String sql = marked.replace("^", "");
        assertThat(Grammar.plpgsql(sql))
                .isInstanceOfSatisfying(
                        SyntaxError.class,
                        error -> assertThat(new StringBuilder(sql)
                                        .insert(error.offset(), '^')
                                        .toString())
                                .as(error.message())
                                .isEqualTo(marked));
    }

    @Test
    void what_only_a_server_can_tell_is_no_error() {
        for (String sql : List.of(
                "create function f(a t.b%type) returns int language plpgsql as $$begin return 1; end$$",
                "do $$begin a := 1; end$$", "do $$begin raise exception 'x %'; end$$")) {
            assertThat(Grammar.plpgsql(sql)).isInstanceOf(PlpgsqlUnread.class);
        }
    }

    @Test
    void a_body_too_deep_to_be_parsed_is_no_failure() {
        String deep = "do $$begin " + "if a then ".repeat(100_000) + "null; " + "end if; ".repeat(100_000) + "end$$";
        assertThat(Grammar.plpgsql(deep)).isNotInstanceOf(PlpgsqlTree.class);
        assertThat(Grammar.plpgsql("do $$begin null; end$$")).isInstanceOf(PlpgsqlTree.class);
    }
}
