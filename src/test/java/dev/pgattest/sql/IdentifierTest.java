package dev.pgattest.sql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class IdentifierTest {

    record Quoted(String name, String sql) {}

    static List<Quoted> names() {
        return List.of(
                new Quoted("orders", "orders"),
                new Quoted("_a1$", "_a1$"),
                new Quoted("Orders", "\"Orders\""),
                new Quoted("1a", "\"1a\""),
                new Quoted("a b", "\"a b\""),
                new Quoted("a\"b", "\"a\"\"b\""),
                new Quoted("größe", "\"größe\""),
                new Quoted("user", "\"user\""),
                new Quoted("left", "\"left\""),
                new Quoted("interval", "\"interval\""),
                new Quoted("name", "name"),
                new Quoted("a;drop table t--", "\"a;drop table t--\""));
    }

    @ParameterizedTest
    @MethodSource("names")
    void a_name_is_quoted_only_when_it_must_be(Quoted quoted) {
        assertThat(Identifier.quote(quoted.name())).isEqualTo(quoted.sql());
    }

    @Test
    void every_keyword_is_a_name_once_quoted() throws IOException {
        for (String keyword : keywords()) {
            String name = Identifier.quote(keyword);
            assertThat(column("select %1$s, %1$s(1), a::%1$s from %1$s as %1$s".formatted(name)))
                    .isEqualTo(keyword);
        }
    }

    @Test
    void any_name_survives_quoting() {
        String alphabet = "aB1_\"'\\$; é😀";
        Random random = new Random(3);
        for (int round = 0; round < 100; round++) {
            StringBuilder name = new StringBuilder("x");
            random.ints(random.nextInt(8), 0, alphabet.length()).forEach(index -> name.append(alphabet.charAt(index)));
            if (name.chars().noneMatch(character -> Character.isSurrogate((char) character))) {
                assertThat(column("select " + Identifier.quote(name.toString())))
                        .isEqualTo(name.toString());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\0b"})
    void what_can_be_no_name_is_refused(String name) {
        assertThatThrownBy(() -> Identifier.quote(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_length_limit_counts_bytes() {
        assertThat(Identifier.fits("a".repeat(63))).isTrue();
        assertThat(Identifier.fits("a".repeat(64))).isFalse();
        assertThat(Identifier.fits("é".repeat(31) + "a")).isTrue();
        assertThat(Identifier.fits("é".repeat(32))).isFalse();
        assertThat(Identifier.fits("€".repeat(21))).isTrue();
        assertThat(Identifier.fits("😀".repeat(16))).isFalse();
    }

    private static List<String> keywords() throws IOException {
        try (InputStream stream = Objects.requireNonNull(IdentifierTest.class.getResourceAsStream("keywords.txt"))) {
            return new String(stream.readAllBytes(), UTF_8).lines().toList();
        }
    }

    private static String column(String sql) {
        ParseResult result = Grammar.parse(sql);
        assertThat(result).as(sql).isInstanceOf(SyntaxTree.class);
        JsonNode select = ((SyntaxTree) result).statements().get(0);
        return select.at("/SelectStmt/targetList/0/ResTarget/val/ColumnRef/fields/0/String/sval")
                .asString();
    }
}
