package dev.pgattest.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.Parser;

class NamedSqlTest {

    record Forms(String text, String numbered, String jdbc, String sent, List<String> names) {}

    static List<Forms> forms() {
        return List.of(
                new Forms("select 1", "select 1", "select 1", "select 1", List.of()),
                new Forms(
                        "-- q\nselect :b, :a::int, :b;\n-- end",
                        "select $1, $2::int, $1",
                        "select ?, ?::int, ?",
                        "select $1, $2::int, $3",
                        List.of("b", "a")),
                new Forms(
                        "select a ?| :k and b @? '$ ? (@ > 1)' -- ?\n and \"?\" = :v",
                        "select a ?| $1 and b @? '$ ? (@ > 1)' -- ?\n and \"?\" = $2",
                        "select a ??| ? and b @?? '$ ? (@ > 1)' -- ?\n and \"?\" = ?",
                        "select a ?| $1 and b @? '$ ? (@ > 1)' -- ?\n and \"?\" = $2",
                        List.of("k", "v")),
                new Forms("select :a?:b", "select $1?$2", "select ? ???", "select $1 ?$2", List.of("a", "b")),
                new Forms(
                        "select x[1:n], ':a'",
                        "select x[1:n], ':a'",
                        "select x[1:n], ':a'",
                        "select x[1:n], ':a'",
                        List.of()));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void named_parameters_become_numbers_and_question_marks(Forms forms) {
        NamedSql sql = named(forms.text());
        assertThat(sql.numbered().text()).isEqualTo(forms.numbered());
        assertThat(sql.jdbc().text()).isEqualTo(forms.jdbc());
        assertThat(sql.sent().text()).isEqualTo(forms.sent());
        assertThat(sql.parameters()).isEqualTo(forms.names());
    }

    @ParameterizedTest
    @MethodSource("forms")
    void the_driver_sends_what_is_said_to_be_sent(Forms forms) throws SQLException {
        NamedSql sql = named(forms.text());
        List<NativeQuery> queries = Parser.parseJdbcSql(sql.jdbc().text(), true, true, true, true, true);
        assertThat(queries)
                .singleElement()
                .satisfies(query ->
                        assertThat(query.nativeSql).isEqualTo(sql.sent().text()));
    }

    @Test
    void every_question_mark_has_its_name() {
        assertThat(named("select :b, :a, :b").jdbcParameters()).containsExactly("b", "a", "b");
    }

    record Bad(String text, String message, int offset) {}

    static List<Bad> bad() {
        return List.of(
                new Bad("", "there is no statement", 0),
                new Bad(" -- only a comment\n;", "there is no statement", 0),
                new Bad("select 1; select 2; select 3", "there are 3 statements; the second begins here", 10),
                new Bad("select :a, $2", "numbered parameter $2", 11),
                new Bad("select 'a", "unterminated quoted string", 7));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void a_text_that_is_not_one_statement_is_an_error_at_its_place(Bad bad) {
        assertThat(NamedSql.parse(bad.text())).isInstanceOfSatisfying(SyntaxError.class, error -> {
            assertThat(error.message()).isEqualTo(bad.message());
            assertThat(error.offset()).isEqualTo(bad.offset());
            assertThat(error.remedy()).isNotEmpty();
        });
    }

    @Test
    void positions_of_the_server_lead_back_to_the_original() {
        String text = "/* 😀 */ select '😀', :long_name, missing from t where a = :long_name and other = 1";
        NamedSql sql = named(text);
        for (Rewritten form : List.of(sql.numbered(), sql.jdbc(), sql.sent())) {
            int index = form.text().indexOf("missing");
            int position = form.text().codePointCount(0, index) + 1;
            assertThat(form.originalOffset(index)).isEqualTo(text.indexOf("missing"));
            assertThat(form.originalOffsetOfPosition(position)).isEqualTo(text.indexOf("missing"));
            assertThat(form.originalOffset(form.text().indexOf("other"))).isEqualTo(text.indexOf("other"));
            assertThat(form.originalOffset(form.text().length())).isEqualTo(text.length());
        }
        assertThat(sql.sent().originalOffset(sql.sent().text().indexOf("$2"))).isEqualTo(text.lastIndexOf(":long"));
    }

    @Test
    void every_character_outside_a_parameter_leads_back_to_itself() {
        List<String> parts = List.of("select ", ":aa", ":b", " a?b ", "'?:x'", "😀 ", " + ", "\n", "::int ", "(", ")");
        Random random = new Random(13);
        for (int round = 0; round < 2_000; round++) {
            String text = "x "
                    + random.ints(random.nextInt(15), 0, parts.size())
                            .mapToObj(parts::get)
                            .collect(Collectors.joining());
            NamedSql sql = named(text);
            for (Rewritten form : List.of(sql.numbered(), sql.jdbc(), sql.sent())) {
                int before = 0;
                for (int offset = 0; offset < form.text().length(); offset++) {
                    int original = form.originalOffset(offset);
                    char character = form.text().charAt(offset);
                    assertThat(original).as(text).isGreaterThanOrEqualTo(before);
                    assertThat(text.charAt(original) == character || "$0123456789? ".indexOf(character) >= 0)
                            .as(text)
                            .isTrue();
                    before = original;
                }
            }
        }
    }

    private static NamedSql named(String text) {
        NamedSqlResult result = NamedSql.parse(text);
        assertThat(result).as(text).isInstanceOf(NamedSql.class);
        return (NamedSql) result;
    }
}
