package dev.pgattest.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.Problem;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JsonPointer;

class DocumentSchemaTest {

    private static final DocumentSchema SCHEMA = DocumentSchema.parse("""
            {"$schema": "https://json-schema.org/draft/2020-12/schema",
             "type": "object", "additionalProperties": false, "required": ["name"],
             "properties": {
               "name": {"type": "string", "minLength": 1, "description": "The name of the thing. More text.", "examples": ["skeldir"]},
               "share": {"type": "number", "minimum": 0, "exclusiveMaximum": 1},
               "priority": {"enum": ["P0", "P1", "P2"]},
               "limit": {"type": "string", "pattern": "^[0-9]+ ms$", "examples": ["500 ms"]},
               "slo": {"type": "string", "pattern": "^p", "x-checked-by-reader": true},
               "tables": {"type": "array", "minItems": 1, "uniqueItems": true, "items": {"type": "string"}},
               "queries": {"type": "object", "propertyNames": {"pattern": "^[A-Z]", "examples": ["Q1"]},
                           "additionalProperties": {"$ref": "#/$defs/query"}},
               "column": {"oneOf": [
                 {"type": "object", "additionalProperties": false, "required": ["kind", "exponent"],
                  "properties": {"kind": {"const": "zipf"}, "exponent": {"type": "number"}}},
                 {"type": "object", "additionalProperties": false, "required": ["kind", "from"],
                  "properties": {"kind": {"const": "uniform"}, "from": {"type": "number"}}},
                 {"type": "string"}]}},
             "$defs": {"query": {"type": "object", "additionalProperties": false, "required": ["sql"],
               "properties": {"sql": {"type": "string", "examples": ["queries/q1.sql"]}, "owner": {"type": "string"}}}}}
            """);

    record Wrong(String text, String place, String message, String remedy) {}

    static Stream<Wrong> wrongTexts() {
        return Stream.of(
                new Wrong(
                        "name: a\nquries: {}\n",
                        "2:1",
                        "unknown key 'quries'",
                        "did you mean 'queries'? known keys: name, share"),
                new Wrong("name: a\nzzzzzz: 1\n", "2:1", "unknown key 'zzzzzz'", "known keys: name, share, priority"),
                new Wrong(
                        "share: 0\n",
                        "1:1",
                        "the key 'name' is missing",
                        "write for example `skeldir`: The name of the thing"),
                new Wrong(
                        "name: a\nqueries:\n  Q1: {owner: me}\n",
                        "3:3",
                        "the key 'sql' is missing in 'Q1'",
                        "queries/q1.sql"),
                new Wrong("name: a\nshare: abc\n", "2:8", "found the text 'abc', expected a number", ""),
                new Wrong("name: 12\n", "1:7", "found the number 12, expected a text", "skeldir"),
                new Wrong("name: [a]\n", "1:1", "found a list, expected a text", "skeldir"),
                new Wrong("name:\n", "1:6", "found nothing (null), expected a text", "skeldir"),
                new Wrong("name: ''\n", "1:7", "'name' is an empty text", "skeldir"),
                new Wrong("name: a\nshare: -0.5\n", "2:8", "found the number -0.5, expected at least 0", ""),
                new Wrong("name: a\nshare: 1.0\n", "2:8", "found the number 1.0, expected less than 1", ""),
                new Wrong(
                        "name: a\npriority: p0\n",
                        "2:11",
                        "found the text 'p0', expected one of P0, P1, P2",
                        "did you mean 'P0'?"),
                new Wrong("name: a\nlimit: 500\n", "2:8", "found the number 500, expected a text", "500 ms"),
                new Wrong(
                        "name: a\nlimit: '500'\n",
                        "2:8",
                        "the text '500' does not have the form of 'limit'",
                        "write for example `500 ms`"),
                new Wrong("name: a\ntables: []\n", "2:1", "'tables' has 0 entries, expected at least 1", ""),
                new Wrong("name: a\ntables: [x, x]\n", "2:1", "'tables' repeats a value", "once"),
                new Wrong(
                        "name: a\nqueries: {lower: {sql: x}}\n",
                        "2:11",
                        "the name 'lower' is not allowed here",
                        "write for example `Q1`"),
                new Wrong(
                        "name: a\ncolumn: {kind: zipf, exponent: x}\n",
                        "2:32",
                        "found the text 'x', expected a number",
                        ""),
                new Wrong(
                        "name: a\ncolumn: {kind: zipff, exponent: 1}\n",
                        "2:16",
                        "found the text 'zipff', expected one of zipf, uniform",
                        "did you mean 'zipf'?"),
                new Wrong(
                        "name: a\ncolumn: {kind: uniform, from: 1, form: 2}\n",
                        "2:34",
                        "unknown key 'form'",
                        "did you mean 'from'?"),
                new Wrong(
                        "name: a\ncolumn: 3\n", "2:9", "found the number 3, expected keys with values or a text", ""));
    }

    @ParameterizedTest
    @MethodSource("wrongTexts")
    void says_in_one_problem_what_is_wrong_where_and_what_to_write(Wrong wrong) {
        List<Problem> problems = check(wrong.text()).problems();

        assertThat(problems).hasSize(1);
        assertThat(problems.get(0).place()).isEqualTo("f.yaml:" + wrong.place());
        assertThat(problems.get(0).message()).isEqualTo(wrong.message());
        assertThat(problems.get(0).remedy()).contains(wrong.remedy());
    }

    @Test
    void accepts_a_text_that_conforms() {
        assertThat(check("name: a\ncolumn: {kind: zipf, exponent: 1.1}\nslo: q95\n")
                        .problems())
                .isEmpty();
    }

    @Test
    void lists_every_problem_at_once_sorted_by_place() {
        assertThat(check("tables: [1, 2]\nshare: x\nextra: 1\n").problems())
                .extracting(Problem::place)
                .containsExactly("f.yaml:1:1", "f.yaml:1:10", "f.yaml:1:13", "f.yaml:2:8", "f.yaml:3:1");
    }

    @Test
    void tells_the_sound_parts_of_a_wrong_document() {
        Conformance conformance =
                check("name: a\nqueries:\n  Q1: {sql: 1}\n  Q2: {sql: x, extra: 1}\n  Q11: {sql: y}\n");

        assertThat(conformance.isSound(JsonPointer.compile("/queries/Q1"))).isFalse();
        assertThat(conformance.isSound(JsonPointer.compile("/queries/Q2"))).isTrue();
        assertThat(conformance.isSound(JsonPointer.compile("/queries/Q11"))).isTrue();
        assertThat(conformance.isSound(JsonPointer.compile("/queries"))).isFalse();
    }

    private static Conformance check(String text) {
        return SCHEMA.check(Document.parse("f.yaml", text).orThrow());
    }
}
