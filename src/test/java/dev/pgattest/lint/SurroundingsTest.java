package dev.pgattest.lint;

import static dev.pgattest.lint.Lint.finds;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Where a fix puts statements: never between a statement and its comments. */
class SurroundingsTest {

    private static String fixed(String rule, String text) {
        Finding finding = finds(rule, text);
        assertThat(finding.fix()).isNotEmpty();
        return Edit.apply(text, finding.fix());
    }

    @Test
    void a_setting_comes_before_the_comments_of_its_statement() {
        assertThat(
                        fixed(
                                "missing-lock-timeout",
                                "select 1; -- done\n-- why we do it\n-- pgattest:allow rename-table: x\nalter table t add x int;"))
                .isEqualTo("select 1; -- done\nset lock_timeout = '2s';\n-- why we do it\n"
                        + "-- pgattest:allow rename-table: x\nalter table t add x int;");
    }

    @Test
    void a_header_stays_at_the_top_unless_it_allows_something() {
        assertThat(fixed("missing-lock-timeout", "-- Copyright\n\nalter table t add x int;"))
                .isEqualTo("-- Copyright\n\nset lock_timeout = '2s';\nalter table t add x int;");
        assertThat(fixed("missing-lock-timeout", "/* pgattest:allow drop-table: x */\n\n-- y\nalter table t add x int"))
                .isEqualTo(
                        "set lock_timeout = '2s';\n/* pgattest:allow drop-table: x */\n\n-- y\nalter table t add x int");
    }

    @Test
    void what_a_tool_reads_stays_above() {
        assertThat(fixed("missing-lock-timeout", "-- migrate:up\n-- adds x\nalter table t add x int;"))
                .isEqualTo("-- migrate:up\nset local lock_timeout = '2s';\n-- adds x\nalter table t add x int;");
    }

    @Test
    void a_statement_behind_comes_after_the_comment_on_the_line() {
        assertThat(fixed(
                        "add-check-not-valid-missing",
                        "alter table t add constraint c check (x > 0); -- pgattest:allow missing-lock-timeout: few rows\n"
                                + "select 1;"))
                .isEqualTo("alter table t add constraint c check (x > 0) not valid;"
                        + " -- pgattest:allow missing-lock-timeout: few rows\n"
                        + "alter table t validate constraint c;\nselect 1;");
        assertThat(fixed("add-check-not-valid-missing", "alter table t add constraint c check (x > 0) -- last"))
                .isEqualTo("alter table t add constraint c check (x > 0) not valid;\n"
                        + "alter table t validate constraint c -- last");
    }

    @Test
    void settings_around_a_build_go_around_its_comments_too() {
        String build = """
                -- for the list
                create index concurrently i on t (x); -- slow
                """;
        String set = "set statement_timeout = '30s';\n";
        assertThat(fixed("short-statement-timeout", set + build))
                .isEqualTo(set + "set statement_timeout = 0;\n" + build + set);
    }

    @Test
    void a_statement_with_a_comment_in_it_is_not_replaced() {
        Finding finding = finds("set-not-null-scan", "alter table t -- the big one\n  alter x set not null");
        assertThat(finding.fix()).isEmpty();
        assertThat(finds("set-not-null-scan", "alter table t alter x set not null")
                        .fix())
                .isNotEmpty();
        assertThat(finds(
                                "set-not-null-scan",
                                "-- pgattest:allow missing-lock-timeout: few rows\nalter table t alter x set not null")
                        .fix())
                .isEmpty();
    }

    @Test
    void storage_parameters_and_the_tablespace_of_a_key_are_kept() {
        String unique = "alter table a.t add constraint u unique nulls not distinct (x) include (y)"
                + " with (fillfactor = 70) using index tablespace fast";
        assertThat(fixed("add-unique-constraint-without-index", unique))
                .startsWith("create unique index concurrently u on a.t (x) include (y) nulls not distinct"
                        + " with (fillfactor = 70) tablespace fast;\n");
        Finding partitioned = finds(
                "add-unique-constraint-without-index",
                "create table t (x int, y int) partition by list (x)",
                "alter table t add constraint u unique (x) include (y) with (fillfactor = 70)");
        assertThat(Objects.requireNonNull(partitioned.remedy()))
                .contains("on only t (x) include (y) with (fillfactor = 70);");
    }
}
