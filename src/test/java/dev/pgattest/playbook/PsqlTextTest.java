package dev.pgattest.playbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PsqlTextTest {

    @Test
    void an_argument_is_read_back_as_it_was() {
        assertThat(PsqlText.argument("it's \\q :x\r\n`id`")).isEqualTo("'it''s \\\\q :x\\r\\n`id`'");
    }

    @Test
    void a_comment_stays_on_its_line() {
        assertThat(PsqlText.comment("a\nb\u0085c")).isEqualTo("-- a b c");
    }

    @Test
    void a_failure_is_quoted_whatever_is_in_it() {
        assertThat(PsqlText.failure("$pgattest$ is 'there'", "\\"))
                .isEqualTo(
                        "do $pgattest_1$begin raise exception using message = '$pgattest$ is ''there''', hint = E'\\\\';"
                                + " end$pgattest_1$;");
    }

    @Test
    void times_are_written_in_the_largest_unit_that_is_exact() {
        assertThat(PsqlText.time(Duration.ZERO)).isEqualTo("0");
        assertThat(PsqlText.time(Duration.ofHours(12))).isEqualTo("720min");
        assertThat(PsqlText.time(Duration.ofSeconds(90))).isEqualTo("90s");
        assertThat(PsqlText.time(Duration.ofMillis(1500))).isEqualTo("1500ms");
    }

    @Test
    void text_in_markdown_stands_for_itself() {
        assertThat(MarkdownText.code("a|b`c")).isEqualTo("``a\\|b`c``");
        assertThat(MarkdownText.code("`x")).isEqualTo("`` `x ``");
        assertThat(MarkdownText.block("sql", "a ``` b")).isEqualTo("````sql\na ``` b\n````");
    }
}
