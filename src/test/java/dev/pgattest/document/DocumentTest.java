package dev.pgattest.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgattest.ExitCode;
import dev.pgattest.PgattestException;
import dev.pgattest.Place;
import dev.pgattest.Problem;
import dev.pgattest.Result;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JsonPointer;

class DocumentTest {

    @Test
    void knows_the_place_of_keys_and_values() {
        Document document = read("project: skeldir\nstates:\n  baseline:\n    list: [1, zwei]\n");

        assertThat(document.placeOf(pointer("/project"))).isEqualTo(new Place(1, 10));
        assertThat(document.placeOfKey(pointer("/project"))).isEqualTo(new Place(1, 1));
        assertThat(document.placeOf(pointer("/states/baseline"))).isEqualTo(new Place(3, 3));
        assertThat(document.placeOf(pointer("/states/baseline/list/1"))).isEqualTo(new Place(4, 15));
    }

    @Test
    void points_to_the_nearest_parent_of_a_missing_value() {
        Document document = read("a:\n  b:\n    c: 1\n");

        assertThat(document.placeOf(pointer("/a/b/x/y"))).isEqualTo(new Place(2, 3));
        assertThat(document.placeOf(pointer("/nothing"))).isEqualTo(new Place(1, 1));
    }

    @Test
    void counts_columns_in_characters_not_in_utf_16_units() {
        Document document = read("\"\uD83D\uDC18\": {größe: 1}\n");

        assertThat(document.placeOf(pointer("/\uD83D\uDC18/größe"))).isEqualTo(new Place(1, 14));
    }

    @Test
    void escapes_slashes_and_tildes_of_keys_as_json_pointers_do() {
        Document document = read("\"a/b~c\": {\"Mixed Case\": x}\n");

        JsonPointer pointer = JsonPointer.empty().appendProperty("a/b~c").appendProperty("Mixed Case");
        assertThat(document.text(pointer)).isEqualTo("x");
        assertThat(document.placeOf(pointer)).isEqualTo(new Place(1, 25));
    }

    @Test
    void keeps_scalars_as_written_and_resolves_only_the_types_of_yaml_1_2() {
        Document document = read(
                "date: 2024-01-01\nstamp: 2024-01-01T00:00:00Z\nfloat: 1e3\nzeros: 007\nyes: yes\nno: no\nhex: 0x1F\noctal: 0o17\ntrue: TRUE\nnothing:\ntilde: ~\nquoted: '12'\nbig: 123456789012345678901234567890\ncents: 0.10\n");

        assertThat(document.at(pointer("/date")).isString()).isTrue();
        assertThat(document.at(pointer("/stamp")).asString()).isEqualTo("2024-01-01T00:00:00Z");
        assertThat(document.at(pointer("/float")).decimalValue()).isEqualByComparingTo("1000");
        assertThat(document.text(pointer("/float"))).isEqualTo("1e3");
        assertThat(document.at(pointer("/zeros")).longValue()).isEqualTo(7);
        assertThat(document.text(pointer("/zeros"))).isEqualTo("007");
        assertThat(document.at(pointer("/yes")).isString()).isTrue();
        assertThat(document.at(pointer("/no")).isString()).isTrue();
        assertThat(document.at(pointer("/hex")).longValue()).isEqualTo(31);
        assertThat(document.at(pointer("/octal")).longValue()).isEqualTo(15);
        assertThat(document.at(pointer("/true")).booleanValue()).isTrue();
        assertThat(document.at(pointer("/nothing")).isNull()).isTrue();
        assertThat(document.at(pointer("/tilde")).isNull()).isTrue();
        assertThat(document.text(pointer("/tilde"))).isEmpty();
        assertThat(document.at(pointer("/quoted")).isString()).isTrue();
        assertThat(document.at(pointer("/big")).bigIntegerValue())
                .isEqualTo(new BigInteger("123456789012345678901234567890"));
        assertThat(document.at(pointer("/cents")).decimalValue()).isEqualTo(new BigDecimal("0.10"));
    }

    @Test
    void reads_an_alias_as_a_copy_of_its_anchor() {
        Document document = read("first: &defaults {role: app}\nsecond: *defaults\n");

        assertThat(document.text(pointer("/second/role"))).isEqualTo("app");
    }

    @Test
    void reads_bytes_with_a_byte_order_mark() {
        Result<Document> result = Document.parse("f.yaml", "\uFEFFa: 1\n".getBytes(StandardCharsets.UTF_8));

        assertThat(result.orThrow().placeOf(pointer("/a"))).isEqualTo(new Place(1, 4));
    }

    @Test
    void names_the_place_of_a_byte_that_is_not_utf_8() {
        byte[] bytes = "a: 1\nb: gr\u00f6\u00dfe\n".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(Document.parse("f.yaml", bytes).problems())
                .containsExactly(new Problem(
                        "f.yaml", 2, 6, "the byte 0xF6 is not UTF-8", "save the file with the encoding UTF-8"));
    }

    record Bad(String text, int line, int column, String message, String remedy) {}

    static Stream<Bad> badTexts() {
        return Stream.of(
                new Bad("", 1, 1, "the file is empty", "write the keys"),
                new Bad("# only a comment\n", 1, 1, "the file is empty", "write the keys"),
                new Bad("- a\n- b\n", 1, 1, "the file holds a list, expected keys", "`key: value`"),
                new Bad("just text\n", 1, 1, "the file holds a single value, expected keys", "`key: value`"),
                new Bad(
                        "a: 1\nb: 2\na: 3\n",
                        3,
                        1,
                        "the key 'a' is repeated; it is first on line 1",
                        "remove or rename"),
                new Bad("a: 1\n---\nb: 2\n", 2, 1, "a second document starts here", "one document"),
                new Bad("a:\n\tb: 1\n", 2, 1, "a tab", "indent with spaces"),
                new Bad("a: b: c\n", 1, 5, "mapping values are not allowed here", "in quotes"),
                new Bad("a: @home\n", 1, 4, "that cannot start any token", "in quotes"),
                new Bad("a: 'open\n", 2, 1, "unexpected end of stream", "quotes"),
                new Bad("a: *nowhere\n", 1, 4, "undefined alias", "&name"),
                new Bad("a: &x {b: *x}\n", 1, 4, "contain itself", "write the value out"),
                new Bad(
                        "a: !!binary aGk=\n",
                        1,
                        4,
                        "the tag tag:yaml.org,2002:binary is not allowed",
                        "remove the tag"),
                new Bad("a: !!int abc\n", 1, 4, "'abc' is not the number", "remove the tag"),
                new Bad("a: !custom {b: 1}\n", 1, 4, "the tag !custom is not allowed", "remove the tag"),
                new Bad("a: .inf\n", 1, 4, "'.inf' is not a finite number", "digits"),
                new Bad("a: 1e999999999\n", 1, 4, "the number 1e999999999 is too large or too small", "digits"),
                new Bad("a: {<<: {b: 1}}\n", 1, 5, "the merge key '<<'", "write the merged keys out"),
                new Bad("a: 1\nb: \"x\u0001\"\n", 2, 6, "the control character U+0001", "escape"),
                new Bad("? {a: 1}\n: 2\n", 1, 3, "a key is a mapping or a list", "text as key"));
    }

    @ParameterizedTest
    @MethodSource("badTexts")
    void refuses_a_bad_text_with_its_place(Bad bad) {
        List<Problem> problems = Document.parse("f.yaml", bad.text()).problems();

        assertThat(problems).hasSize(1);
        Problem problem = problems.get(0);
        assertThat(problem.place()).isEqualTo("f.yaml:" + bad.line() + ":" + bad.column());
        assertThat(problem.message()).contains(bad.message());
        assertThat(problem.remedy()).contains(bad.remedy());
    }

    @Test
    void lists_every_repeated_key_at_once_in_order() {
        List<Problem> problems =
                Document.parse("f.yaml", "a: {x: 1, x: 2}\nb: .nan\na: 3\n").problems();

        assertThat(problems).extracting(Problem::line).containsExactly(1, 2, 3);
    }

    @Test
    void survives_aliases_that_multiply() {
        String bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
                + IntStream.range(1, 12)
                        .mapToObj(i -> "a" + i + ": &a" + i + " ["
                                + Stream.generate(() -> "*a" + (i - 1))
                                        .limit(10)
                                        .collect(Collectors.joining(", "))
                                + "]\n")
                        .collect(Collectors.joining());

        List<Problem> problems = Document.parse("f.yaml", bomb).problems();

        assertThat(problems).hasSize(1);
        assertThat(problems.get(0).message()).isEqualTo("the file expands to more than 100000 values");
    }

    @Test
    void survives_values_nested_too_deep() {
        List<Problem> problems =
                Document.parse("f.yaml", "a: " + "[".repeat(100_000)).problems();

        assertThat(problems).extracting(Problem::message).containsExactly("values are nested deeper than 50 levels");
    }

    @Test
    void throws_bad_input_when_the_value_of_a_rejected_text_is_asked_for() {
        assertThatThrownBy(() -> Document.parse("f.yaml", "- 1").orThrow())
                .isInstanceOfSatisfying(
                        PgattestException.class,
                        thrown -> assertThat(thrown.exitCode()).isEqualTo(ExitCode.BAD_INPUT));
    }

    private static Document read(String text) {
        return Document.parse("f.yaml", text).orThrow();
    }

    private static JsonPointer pointer(String text) {
        return JsonPointer.compile(text);
    }
}
