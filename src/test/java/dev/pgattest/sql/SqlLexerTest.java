package dev.pgattest.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.sql.SqlToken.Kind;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SqlLexerTest {

    /** SQL and the tokens expected, without blanks, with a bar between. */
    record Split(String sql, String tokens) {}

    static List<Split> splits() {
        return List.of(
                new Split("select a1$b, _x from Tab", "select|a1$b|,|_x|from|Tab"),
                new Split("\"a\"\"b;\" U&\"d\\0061t\"\"a\" u&'x'", "\"a\"\"b;\"|U&\"d\\0061t\"\"a\"|u&'x'"),
                new Split("'it''s' e'a\\'b' B'01' x'fF' N'n'", "'it''s'|e'a\\'b'|B'01'|x'fF'|N'n'"),
                new Split("'back\\' 'next'", "'back\\'|'next'"),
                new Split("e'a'\n 'b\\'c' d", "e'a'\n 'b\\'c'|d"),
                new Split("'a' -- why\n 'b' c", "'a' -- why\n 'b'|c"),
                new Split("E'\\\\' x", "E'\\\\'|x"),
                new Split("namee'x'", "namee|'x'"),
                new Split("$$a;'b$$ $t_1$ $$ $t_2$ $t_1$ x", "$$a;'b$$|$t_1$ $$ $t_2$ $t_1$|x"),
                new Split("$é$ ; $é$ a$b$c", "$é$ ; $é$|a$b$c"),
                new Split("a - -- b; 'c\n c", "a|-|c"),
                new Split("a /* b /* ; */ 'c */ d/**/e", "a|d|e"),
                new Split("1 1.5 .5 1. 1e10 1.5E-3 0x1F 1_000 1..10", "1|1.5|.5|1.|1e10|1.5E-3|0x1F|1_000|1|..|10"),
                new Split("a<=-1 b @-1 c->>'d' ?| e", "a|<=|-|1|b|@-|1|c|->>|'d'|?||e"),
                new Split("a+--b\n+/*c*/d", "a|+|+|d"),
                new Split("x::int[] $1 $12 a:=b f(a=>1)", "x|::|int|[|]|$1|$12|a|:=|b|f|(|a|=>|1|)"),
                new Split("größe=:größe_1;", "größe|=|:größe_1|;"));
    }

    @ParameterizedTest
    @MethodSource("splits")
    void text_is_split_as_postgresql_splits_it(Split split) {
        assertThat(significant(split.sql())).isEqualTo(split.tokens());
    }

    record Named(String sql, List<String> parameters) {}

    static List<Named> parameters() {
        return List.of(
                new Named("a = :one and b=:two", List.of(":one", ":two")),
                new Named("(:a,:b) - :c -:d", List.of(":a", ":b", ":c", ":d")),
                new Named(":a::int, :b ::text, x::date", List.of(":a", ":b")),
                new Named("a[1:2] a[lo:hi] a[f(x):hi] a[b[1]:hi] a[\"lo\":hi]", List.of()),
                new Named("a[:lo] a[1 :hi] a[:lo:hi]", List.of(":lo", ":hi", ":lo")),
                new Named("json_object('k':v)", List.of()),
                new Named("':a' \":b\" $$:c$$ -- :d\n /* :e */ E'\\':f'", List.of()),
                new Named("a := b, c :=:d", List.of(":d")),
                new Named("x:::y", List.of()),
                new Named("a : b, :1", List.of()),
                new Named(":_x1 :X", List.of(":_x1", ":X")));
    }

    @ParameterizedTest
    @MethodSource("parameters")
    void a_colon_and_a_name_are_a_parameter_unless_an_operand_or_colon_stands_before(Named named) {
        assertThat(SqlLexer.tokens(named.sql()).list().stream()
                        .filter(token -> token.kind() == Kind.NAMED_PARAMETER)
                        .map(token -> token.text(named.sql())))
                .isEqualTo(named.parameters());
    }

    record Open(String sql, int offset, Kind kind, String message) {}

    static List<Open> unterminated() {
        return List.of(
                new Open("select 'a", 7, Kind.STRING, "unterminated quoted string"),
                new Open("select e'a\\'", 7, Kind.STRING, "unterminated quoted string"),
                new Open("select 'a'\n'b", 7, Kind.STRING, "unterminated quoted string"),
                new Open("select \"a\"\"", 7, Kind.QUOTED_IDENTIFIER, "unterminated quoted identifier"),
                new Open("é $x$ a $y$", 2, Kind.DOLLAR_STRING, "unterminated dollar-quoted string"),
                new Open("a /* /* */", 2, Kind.BLOCK_COMMENT, "unterminated /* comment"));
    }

    @ParameterizedTest
    @MethodSource("unterminated")
    void what_is_never_closed_is_an_error_at_its_beginning_and_reaches_to_the_end(Open open) {
        SqlTokens tokens = SqlLexer.tokens(open.sql());
        SqlToken last = tokens.list().get(tokens.list().size() - 1);
        assertThat(last)
                .isEqualTo(new SqlToken(open.kind(), open.offset(), open.sql().length()));
        assertThat(tokens.error()).hasValueSatisfying(error -> {
            assertThat(error.offset()).isEqualTo(open.offset());
            assertThat(error.message()).isEqualTo(open.message());
        });
    }

    @Test
    void tokens_cover_any_text_without_a_gap() {
        String alphabet = "ab1_$'\"\\:;()[].-/*+?=E \n\ré😀\0";
        Random random = new Random(7);
        for (int round = 0; round < 5_000; round++) {
            String sql = random.ints(random.nextInt(30), 0, alphabet.length())
                    .mapToObj(index -> alphabet.substring(index, index + 1))
                    .collect(Collectors.joining());
            SqlTokens tokens = SqlLexer.tokens(sql);
            StringBuilder joined = new StringBuilder();
            for (SqlToken token : tokens.list()) {
                assertThat(token.start()).as(sql).isEqualTo(joined.length());
                assertThat(token.end()).as(sql).isGreaterThan(token.start());
                joined.append(token.text(sql));
            }
            assertThat(joined).hasToString(sql);
        }
    }

    private static String significant(String sql) {
        return SqlLexer.tokens(sql).list().stream()
                .filter(token -> !token.kind().isBlank())
                .map(token -> token.text(sql))
                .collect(Collectors.joining("|"));
    }
}
