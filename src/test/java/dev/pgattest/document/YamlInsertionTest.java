package dev.pgattest.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.Result;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class YamlInsertionTest {

    /** A text, and what it becomes; {@code |} in neither. */
    record Form(String name, String before, String after) {
        @Override
        public String toString() {
            return name;
        }
    }

    static final List<Form> FORMS = List.of(
            new Form("one entry", "queries:\n  A: {sql: a}\n", "queries:\n  A: {sql: a}\n  NEW:\n    sql: x\n"),
            new Form("comments, order and quotes", """
                    # about the file
                    jobs: {}   # none
                    queries:
                      # about A
                      A:
                        sql: 'a'   # its file
                        cases: {one: {slo: "p95 < 1 s"}} # and its case

                      # about B
                      B:
                        sql: "b"
                      # more about B

                    # about defaults
                    defaults: {role: app}
                    """, """
                    # about the file
                    jobs: {}   # none
                    queries:
                      # about A
                      A:
                        sql: 'a'   # its file
                        cases: {one: {slo: "p95 < 1 s"}} # and its case

                      # about B
                      B:
                        sql: "b"
                      # more about B
                      NEW:
                        sql: x

                    # about defaults
                    defaults: {role: app}
                    """),
            new Form(
                    "entries set apart",
                    "queries:\n  A:\n    sql: a\n\n  B:\n    sql: b\n\njobs: {}\n",
                    "queries:\n  A:\n    sql: a\n\n  B:\n    sql: b\n\n  NEW:\n    sql: x\n\njobs: {}\n"),
            new Form(
                    "four spaces",
                    "queries:\n    A:\n        sql: a\n",
                    "queries:\n    A:\n        sql: a\n    NEW:\n        sql: x\n"),
            new Form(
                    "one space and no final line end",
                    "queries:\n A:\n  sql: a",
                    "queries:\n A:\n  sql: a\n NEW:\n  sql: x\n"),
            new Form("no entries in braces", "queries: {}\n", "queries: \n  NEW:\n    sql: x\n"),
            new Form(
                    "no entries, a comment, more below",
                    "queries: {} # none yet\njobs: {}\n",
                    "queries:  # none yet\n  NEW:\n    sql: x\njobs: {}\n"),
            new Form("nothing", "queries:\njobs: {}\n", "queries:\n  NEW:\n    sql: x\njobs: {}\n"),
            new Form("null and no line end", "queries: null", "queries: \n  NEW:\n    sql: x\n"),
            new Form("a tilde", "queries: ~ # soon\n", "queries:  # soon\n  NEW:\n    sql: x\n"),
            new Form(
                    "braces",
                    "queries: {A: {sql: a}} # all\njobs: {}\n",
                    "queries: {A: {sql: a}, NEW: {\"sql\":\"x\"}} # all\njobs: {}\n"),
            new Form("a last comma", "queries: {A: {sql: a},}\n", "queries: {A: {sql: a}, NEW: {\"sql\":\"x\"}}\n"),
            new Form(
                    "JSON",
                    "{\"queries\": {\"A\": {\"sql\": \"a\"}}, \"jobs\": {}}",
                    "{\"queries\": {\"A\": {\"sql\": \"a\"}, NEW: {\"sql\":\"x\"}}, \"jobs\": {}}"),
            new Form("empty JSON", "{\"queries\": {}}", "{\"queries\": {NEW: {\"sql\":\"x\"}}}"),
            new Form(
                    "a literal at the end",
                    "queries:\n  A:\n    notes: |\n      # no comment\n      text\n\njobs: {}\n",
                    "queries:\n  A:\n    notes: |\n      # no comment\n      text\n\n  NEW:\n    sql: x\njobs: {}\n"),
            new Form(
                    "a literal that keeps its line ends",
                    "queries:\n  A:\n    notes: |+\n      text\n\n",
                    "queries:\n  A:\n    notes: |+\n      text\n\n  NEW:\n    sql: x\n"),
            new Form(
                    "a literal without a line end",
                    "queries:\n  A:\n    notes: >-\n      folded\n      text",
                    "queries:\n  A:\n    notes: >-\n      folded\n      text\n  NEW:\n    sql: x\n"),
            new Form(
                    "a text of several lines",
                    "queries:\n  A:\n    notes: one\n      two\n\n      three # end\n",
                    "queries:\n  A:\n    notes: one\n      two\n\n      three # end\n  NEW:\n    sql: x\n"),
            new Form(
                    "aliases",
                    "x: &a {sql: a}\nqueries:\n  A: *a\n",
                    "x: &a {sql: a}\nqueries:\n  A: *a\n  NEW:\n    sql: x\n"),
            new Form(
                    "markers of the document",
                    "---\nqueries:\n  A: {sql: a}\n...\n",
                    "---\nqueries:\n  A: {sql: a}\n  NEW:\n    sql: x\n...\n"),
            new Form(
                    "a list at the end, at the column of its key",
                    "queries:\n  A:\n    tables:\n    - a\n    - b\n",
                    "queries:\n  A:\n    tables:\n    - a\n    - b\n  NEW:\n    sql: x\n"),
            new Form(
                    "an entry without a value",
                    "queries:\n  A:\n    sql:\n# end\n",
                    "queries:\n  A:\n    sql:\n  NEW:\n    sql: x\n# end\n"),
            new Form(
                    "characters beyond the first plane",
                    "# 𝄞𝄞\nqueries:\n  \"𝄞\": {sql: \"𝄞\"}\njobs: {}\n",
                    "# 𝄞𝄞\nqueries:\n  \"𝄞\": {sql: \"𝄞\"}\n  NEW:\n    sql: x\njobs: {}\n"));

    @ParameterizedTest
    @FieldSource("FORMS")
    void adds_an_entry_and_leaves_the_rest_as_it_is(Form form) {
        assertThat(insert(form.before()).orThrow()).isEqualTo(form.after());
    }

    @ParameterizedTest
    @FieldSource("FORMS")
    void keeps_carriage_returns(Form form) {
        String crlf = form.before().replace("\n", "\r\n");

        String after = insert(crlf).orThrow();

        if (crlf.contains("\r\n")) {
            assertThat(after).isEqualTo(form.after().replace("\n", "\r\n"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jobs: {}\n",
                "queries: []\n",
                "queries: text\n",
                "a: &a {}\nqueries: *a\n",
                "queries: &a {}\nb: *a\n",
                "queries:\n  A: [\n",
                "- a\n",
                ""
            })
    void refuses_a_text_that_has_no_place_for_an_entry(String text) {
        assertThat(insert(text).problems()).hasSize(1);
        assertThat(insert(text).problems().get(0).file()).isEqualTo("w.yaml");
    }

    @Test
    void quotes_what_would_be_read_as_something_else() {
        ObjectNode value = JsonNodeFactory.instance.objectNode();
        List<String> texts = List.of(
                "true",
                "null",
                "7",
                "1e3",
                "0x1F",
                ".5",
                "a: b",
                "a #b",
                "#a",
                " a",
                "a ",
                "",
                "~",
                "-",
                "- a",
                "*a",
                "&a",
                "!a",
                "{a}",
                "[a",
                "'a",
                "\"a\"",
                "a\nb",
                "a\tb",
                "a\\b",
                "GET /a?b=:c",
                "p95 < 500 ms",
                "ö",
                "Null",
                "yes",
                "@a",
                "`a`",
                "%a",
                "|",
                ">",
                "?",
                "a:",
                "2024-01-01",
                "B2.6 (API)",
                "𝄞",
                "\u0085",
                "\u2028",
                "\u0007");
        for (int i = 0; i < texts.size(); i++) {
            value.put("k" + i, texts.get(i));
        }
        value.putObject("empty");
        value.put("flag", true);

        for (String text : List.of("queries: {}\n", "queries: {A: {}}\n", "queries:\n  A: {}\n")) {
            String after = YamlInsertion.insert("w.yaml", text, "queries", "NEW", value)
                    .orThrow();
            Document read = Document.parse("w.yaml", after).orThrow();
            assertThat(read.root().path("queries").path("NEW")).isEqualTo(value);
        }
        assertThat(YamlText.scalar("p95 < 500 ms")).isEqualTo("p95 < 500 ms");
        assertThat(YamlText.scalar("queries/q1.sql")).isEqualTo("queries/q1.sql");
    }

    private static Result<String> insert(String text) {
        return YamlInsertion.insert(
                "w.yaml",
                text,
                "queries",
                "NEW",
                JsonNodeFactory.instance.objectNode().put("sql", "x"));
    }
}
