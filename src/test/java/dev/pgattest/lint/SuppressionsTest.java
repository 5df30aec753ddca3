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
}
