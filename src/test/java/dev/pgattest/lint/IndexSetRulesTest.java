package dev.pgattest.lint;

import static dev.pgattest.lint.Lint.finds;
import static dev.pgattest.lint.Lint.passes;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class IndexSetRulesTest {

    private static final String REDUNDANT = "redundant-index";
    private static final String DROP = "drop-before-create";
    private static final String TABLE = "create table t (id bigint primary key, a int, b int, c text);";

    @Test
    void an_index_beside_an_equal_or_wider_one_is_found() {
        finds(REDUNDANT, "create index i on t (a); create index j on t (a)");
        assertThat(finds(REDUNDANT, "create index i on t (a, b)", "create index j on t (a)")
                        .message())
                .startsWith("the index j is redundant beside i");
        assertThat(finds(REDUNDANT, "create table t (id int primary key, a int); create index i on t (id)")
                        .message())
                .startsWith("the index i is redundant beside t_pkey");
        finds(REDUNDANT, "create table t (id int primary key, a int unique); create index i on t (a)");
        finds(REDUNDANT, "create table t (id int primary key, unique (id))");
    }

    @Test
    void an_older_index_that_becomes_redundant_is_to_be_dropped() {
        assertThat(finds(REDUNDANT, "create index i on t (a)", "create index j on t (a, b)")
                        .remedy())
                .isEqualTo("drop index concurrently i;");
        assertThat(finds(REDUNDANT, "create index i on s.t (a)", "create index j on s.t (a, b)")
                        .remedy())
                .isEqualTo("drop index concurrently s.i;");
        passes(REDUNDANT, "create index i on t (a)", "create index j on t (a, b); drop index concurrently i");
        passes(REDUNDANT, "create index i on t (a)", "create index concurrently j on t (a, b); drop index i");
        passes(REDUNDANT, "create unique index i on t (a)", "create index j on t (a, b)");
    }

    @Test
    void a_later_file_that_drops_the_older_one_is_seen() {
        List<dev.pgattest.sql.SqlFile> files = List.of(
                new dev.pgattest.sql.SqlFile("V1__a.sql", "create index i on t (a)"),
                new dev.pgattest.sql.SqlFile("V2__b.sql", "create index j on t (a, b)"),
                new dev.pgattest.sql.SqlFile("V3__c.sql", "drop index concurrently i"));

        assertThat(Linter.lint(new LintInput(files), LintSettings.DEFAULT).findings())
                .noneMatch(finding -> finding.rule().equals(REDUNDANT));
    }

    @Test
    void one_finding_names_the_later_of_two_that_are_equal() {
        assertThat(Lint.findings(
                        LintSettings.DEFAULT, REDUNDANT, "create index i on t (a); create index j on t (a desc)"))
                .extracting(Finding::message)
                .containsExactly("the index j is redundant beside i: the other has the same keys");
    }

    @Test
    void indexes_that_differ_in_use_pass() {
        passes(REDUNDANT, "create index i on t (a); create index j on u (a)");
        passes(REDUNDANT, "create index i on a.t (a); create index j on b.t (a)");
        passes(REDUNDANT, "create index i on t (a); create index j on t (\"A\")");
        passes(REDUNDANT, "create index i on t (a, b); create index j on t (b)");
        passes(REDUNDANT, "create index i on t (a); create unique index j on t (a, b) where c is null");
        passes(REDUNDANT, "create index i on t (a, b); create unique index j on t (a)");
        passes(REDUNDANT, "create index i on t (c); create index j on t (c text_pattern_ops)");
        passes(REDUNDANT, "create index i on t (a) where b > 0; create index j on t (a)");
        passes(REDUNDANT, "create index i on t using gin (c); create index j on t (c)");
    }

    @Test
    void what_is_gone_or_was_rolled_back_is_nothing_to_compare_with() {
        passes(REDUNDANT, "create index i on t (a); drop index i", "create index j on t (a)");
        passes(REDUNDANT, "begin; create index i on t (a); rollback; create index j on t (a)");
        passes(REDUNDANT, "create index i on t (a)", "drop table t", "create index j on t (a)");
        passes(
                REDUNDANT,
                TABLE + "create index i on t (a)",
                "alter table t drop column a, add column a int",
                "create index j on t (a)");
        passes(
                REDUNDANT,
                "create index i on t (lower(c))",
                "alter table t drop column c",
                "create index j on t (lower(c))");
        passes(REDUNDANT, TABLE, "alter table t drop constraint t_pkey", "create index j on t (id)");
    }

    @Test
    void names_and_columns_that_have_changed_are_followed() {
        finds(REDUNDANT, "create index i on t (a)", "alter table t rename column a to z", "create index j on t (z)");
        passes(REDUNDANT, "create index i on t (a)", "alter table t rename column a to z", "create index j on t (a)");
        finds(REDUNDANT, "create index i on t (a)", "alter table t rename to u", "create index j on u (a)");
        finds(REDUNDANT, TABLE + "create index i on t (a)", "alter table t set schema s", "create index j on s.t (a)");
        passes(
                REDUNDANT,
                TABLE + "create index i on t (a)",
                "alter table t set schema s; drop index s.i",
                "create index j on s.t (a)");
        assertThat(finds(REDUNDANT, "create index i on t (a)", "alter index i rename to k", "create index j on t (a)")
                        .message())
                .contains("beside k");
    }

    @Test
    void a_constraint_that_takes_an_index_over_is_not_another_index() {
        String unique =
                "create unique index concurrently i on t (a); alter table t add constraint k unique using index i";
        passes(REDUNDANT, TABLE, unique);
        finds(REDUNDANT, TABLE, unique, "create index j on t (a)");
    }

    @Test
    void if_not_exists_of_a_known_name_makes_nothing() {
        passes(REDUNDANT, "create index i on t (a)", "create index if not exists i on t (a)");
    }

    @Test
    void an_index_is_built_before_the_one_that_it_replaces_is_dropped() {
        Finding finding = finds(
                DROP, "create index i on t (a)", "drop index concurrently i; create index concurrently j on t (a, b)");

        assertThat(finding.range().start()).isZero();
        assertThat(finding.remedy()).isEqualTo("create index concurrently j on t (a, b);\ndrop index concurrently i;");
        passes(DROP, "create index i on t (a)", "create index concurrently j on t (a, b); drop index concurrently i");
        passes(DROP, "create index i on t (a)", "drop index concurrently i; create index concurrently j on t (b)");
        passes(DROP, "create index i on t (a)", "drop index concurrently i; create index concurrently j on u (a)");
    }

    @Test
    void the_same_name_is_built_under_another_one_first() {
        assertThat(finds(DROP, "drop index concurrently i; create index concurrently i on t (a)")
                        .remedy())
                .isEqualTo("create index concurrently i_new on t (a);\ndrop index concurrently i;\n"
                        + "alter index i_new rename to i;");
        assertThat(finds(
                                DROP,
                                "create index \"I\" on s.t (a)",
                                "drop index concurrently s.\"I\"; create index concurrently \"I\" on s.t (b)")
                        .remedy())
                .isEqualTo("create index concurrently \"I_new\" on s.t (b);\ndrop index concurrently s.\"I\";\n"
                        + "alter index s.\"I_new\" rename to \"I\";");
    }

    @Test
    void what_a_failed_build_left_may_be_removed_first() {
        passes(DROP, "drop index concurrently if exists i; create index concurrently i on t (a)");
        passes(
                DROP,
                "create index i on t (a)",
                "drop index concurrently if exists i; create index concurrently i on t (a)");
        finds(
                DROP,
                "create index i on t (a)",
                "drop index concurrently if exists i; create index concurrently i on t (a, b)");
    }

    @Test
    void nobody_sees_a_gap_inside_of_a_transaction_or_where_another_index_serves() {
        passes(DROP, "create index i on t (a)", "begin; drop index i; create index j on t (a, b); commit");
        passes(DROP, "create index i on t (a); create index k on t (a, c)", "drop index i; create index j on t (a, b)");
        passes(DROP, "create table t (a int); create index i on t (a); drop index i; create index i on t (a, b)");
        finds(DROP, "create index i on t (a)", "begin; drop index i; commit; create index j on t (a, b)");
        passes(DROP, "create index i on t (a)", "begin; drop index i; rollback; create index j on t (a, b)");
    }
}
