package dev.pgattest.lint;

import static dev.pgattest.lint.Lint.finds;
import static dev.pgattest.lint.Lint.passes;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SuppressionsTest {

    private static final String RULE = "index-not-concurrent";
    private static final String INDEX = "create index i on t (x)";

    @Test
    void a_comment_before_behind_or_in_a_statement_allows_it() {
        passes(RULE, "-- pgattest:allow index-not-concurrent: ten rows\n" + INDEX + ";");
        passes(RULE, INDEX + "; -- pgattest:allow index-not-concurrent: ten rows");
        passes(RULE, "create index i -- pgattest:allow index-not-concurrent: ten rows\n on t (x);");
        passes(RULE, "/* pgattest:allow index-not-concurrent: ten rows */ " + INDEX + ";");
    }

    @Test
    void it_allows_the_next_statement_only() {
        finds(RULE, "-- pgattest:allow index-not-concurrent: ten rows\nselect 1;\n" + INDEX);
        finds(
                RULE,
                "-- pgattest:allow index-not-concurrent: ten rows\n" + INDEX + ";\n" + INDEX.replace("i on", "j on"));
    }

    @Test
    void of_two_statements_on_a_line_it_allows_the_one_beside_it() {
        Finding finding = finds(
                RULE, "create index e on t (a); create index f on t (b); -- pgattest:allow index-not-concurrent: r");
        assertThat(finding.message())
                .isEqualTo(finds(RULE, "create index e on t (a)").message());
        assertThat(finding.range().start()).isZero();
    }

    @Test
    void a_whole_file_can_be_allowed() {
        passes(RULE, "select 1;\n" + INDEX + ";\n-- pgattest:allow-file index-not-concurrent: nobody is connected yet");
    }

    @Test
    void several_rules_can_be_named_at_once() {
        passes(RULE, "-- pgattest:allow missing-lock-timeout, index-not-concurrent: ten rows\n" + INDEX);
    }

    @Test
    void without_a_reason_it_allows_nothing_and_is_found_itself() {
        finds(RULE, "-- pgattest:allow index-not-concurrent\n" + INDEX);
        assertThat(finds("unused-suppression", "-- pgattest:allow index-not-concurrent\n" + INDEX)
                        .message())
                .contains("gives no reason");
    }

    @Test
    void what_allows_nothing_is_found() {
        assertThat(finds("unused-suppression", "-- pgattest:allow index-not-concurrent: ten rows\nselect 1")
                        .message())
                .contains("allows nothing");
        assertThat(finds("unused-suppression", "-- pgattest:allow no-such-rule: why\nselect 1")
                        .message())
                .contains("does not exist");
        passes("unused-suppression", "-- pgattest:allow index-not-concurrent: ten rows\n" + INDEX);
    }

    @Test
    void the_same_words_in_a_string_are_no_comment() {
        passes("unused-suppression", "select '-- pgattest:allow index-not-concurrent: no'");
    }

    @Test
    void a_comment_in_a_body_allows_what_stands_there() {
        String body = "do $$\nbegin\n  -- pgattest:allow drop-table: empty\n  drop table a;\n  drop table b;\nend $$";
        assertThat(Lint.findings(LintSettings.DEFAULT, "drop-table", body)).hasSize(1);
        assertThat(finds("drop-table", body).message()).contains("rows of b");
        passes("unused-suppression", body);
        finds("unused-suppression", body.replace("drop-table:", "rename-table:"));
    }

    @Test
    void what_is_said_once_a_file_is_said_at_the_first_statement_that_is_not_allowed() {
        String first = "alter table a add x int; -- pgattest:allow missing-lock-timeout: nobody uses it\n";
        Finding finding = finds("missing-lock-timeout", first + "alter table b add x int; alter table c add x int;");
        assertThat(finding.message()).contains("lock on b");
        assertThat(Lint.findings(
                        LintSettings.DEFAULT,
                        "missing-lock-timeout",
                        first + "alter table b add x int; alter table c add x int;"))
                .hasSize(1);
        passes("missing-lock-timeout", first);
    }

    @Test
    void the_message_names_the_comment_as_it_is_written() {
        assertThat(finds("unused-suppression", "-- pgattest:allow-file drop-table: why\nselect 1")
                        .message())
                .isEqualTo(
                        "the comment pgattest:allow-file drop-table allows nothing: there is no such finding in this file");
        assertThat(finds("unused-suppression", "-- pgattest:allow-file drop-table\nselect 1")
                        .message())
                .startsWith("the comment pgattest:allow-file drop-table gives no reason");
    }
}
