package dev.pgattest.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.Place;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SqlScriptTest {

    record Script(String text, List<String> statements) {}

    static List<Script> scripts() {
        return List.of(
                new Script("", List.of()),
                new Script(" ;; -- nothing\n /* here; */ ;", List.of()),
                new Script("select 1", List.of("select 1")),
                new Script("a; b ;c;", List.of("a", "b", "c")),
                new Script("\\set x 'it\nselect 1;\n\\echo a; b\nselect 2", List.of("select 1", "select 2")),
                new Script("select 'x' \\gexec\nselect 2 \\g (format=csv) f\n", List.of("select 'x'", "select 2")),
                new Script("select 1 \\; select 2;", List.of("select 1", "select 2")),
                new Script("select '\\gexec', E'\\'x'", List.of("select '\\gexec', E'\\'x'")),
                new Script(
                        "COPY t (a) FROM stdin;\n1\tit's; $$\n\\.\n\nselect 2;",
                        List.of("COPY t (a) FROM stdin", "select 2")),
                new Script(
                        "copy t from stdin with (format csv);\r\n1\r\n\\.\r\nselect 2",
                        List.of("copy t from stdin with (format csv)", "select 2")),
                new Script("copy t from stdin; select 2;", List.of("copy t from stdin", "select 2")),
                new Script("copy t from 'stdin.csv';\nselect 2;", List.of("copy t from 'stdin.csv'", "select 2")),
                new Script("-- first\na -- x;\n b /* end */; c", List.of("a -- x;\n b", "c")),
                new Script("select ';', \";\", $$;$$; b", List.of("select ';', \";\", $$;$$", "b")),
                new Script(
                        "create rule r as on insert to t do (a; b); c",
                        List.of("create rule r as on insert to t do (a; b)", "c")),
                new Script(
                        "create function f() returns int begin atomic select case when a then 1 end; select 2; end; c",
                        List.of(
                                "create function f() returns int begin atomic select case when a then 1 end; select 2; end",
                                "c")),
                new Script(
                        "CREATE OR REPLACE PROCEDURE p() BEGIN ATOMIC a; END; c",
                        List.of("CREATE OR REPLACE PROCEDURE p() BEGIN ATOMIC a; END", "c")),
                new Script("begin; a; end; b", List.of("begin", "a", "end", "b")),
                new Script("create table function_log (a int); b", List.of("create table function_log (a int)", "b")),
                new Script("a; 'b; c", List.of("a", "'b; c")));
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void a_script_is_split_where_statements_end(Script script) {
        assertThat(SqlScript.statements(script.text()))
                .extracting(SqlStatement::text)
                .isEqualTo(script.statements());
    }

    @Test
    void a_statement_knows_its_line_and_column_in_characters() {
        assertThat(SqlScript.statements("-- é😀\r\n\tselect 1; /* 😀 */ select 2;\n\nselect 3"))
                .extracting(SqlStatement::place)
                .containsExactly(new Place(2, 2), new Place(2, 20), new Place(4, 1));
    }

    @Test
    void statements_are_the_text_at_their_offsets() {
        List<String> parts =
                List.of("select 1", ";", "\n", "';'", "(a; b)", "-- ;\n", "/* ; */", "$x$;$x$", "é", "😀 ");
        Random random = new Random(11);
        for (int round = 0; round < 2_000; round++) {
            StringBuilder text = new StringBuilder();
            random.ints(random.nextInt(20), 0, parts.size()).forEach(index -> text.append(parts.get(index)));
            int end = 0;
            for (SqlStatement statement : SqlScript.statements(text.toString())) {
                assertThat(text.substring(statement.start(), statement.end())).isEqualTo(statement.text());
                String between = text.substring(end, statement.start());
                assertThat(SqlScript.statements(between)).as(text.toString()).isEmpty();
                end = statement.end();
            }
            assertThat(SqlScript.statements(text.substring(end))).isEmpty();
        }
    }
}
