package dev.pgattest.lint;

import static dev.pgattest.lint.Lint.finds;
import static dev.pgattest.lint.Lint.passes;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class IndexDesignRulesTest {

    private static final String UNNAMED = "unnamed-index";
    private static final String MANY = "too-many-key-columns";
    private static final String BOOLEAN = "index-on-low-selectivity-boolean";

    @Test
    void the_name_that_postgresql_would_choose_is_inserted() {
        Finding finding = finds(UNNAMED, "create index concurrently on t (a, lower(b)) include (c)");

        assertThat(finding.remedy())
                .isEqualTo("create index concurrently t_a_lower_c_idx on t (a, lower(b)) include (c);");
        assertThat(finding.fix()).hasSize(1);
        assertThat(finds(UNNAMED, "create unique index on \"T\" (a)").remedy())
                .isEqualTo("create unique index \"T_a_idx\" on \"T\" (a);");
    }

    @Test
    void a_name_that_is_taken_is_no_fix() {
        assertThat(finds(UNNAMED, "create index t_a_idx on t (a); create index on t (a)")
                        .fix())
                .isEmpty();
    }

    @Test
    void a_new_table_needs_no_name() {
        passes(UNNAMED, "create table t (a int); create index on t (a)");
        passes(UNNAMED, "create index i on t (a)");
    }

    @Test
    void six_keys_are_many_but_not_in_unique_indexes_or_other_methods() {
        assertThat(finds(MANY, "create index i on t (a, b, c, d, e, lower(f))").message())
                .contains("6 keys");
        passes(MANY, "create index i on t (a, b, c, d, e) include (f, g)");
        passes(MANY, "create unique index i on t (a, b, c, d, e, f)");
        passes(MANY, "create index i on t using gin (a, b, c, d, e, f)");
        passes(MANY, "create index i on t using brin (a, b, c, d, e, f)");
    }

    @Test
    void a_boolean_alone_is_no_key() {
        String table = "create table a.t (\"Done\" boolean, x int, y bool not null);";
        assertThat(finds(BOOLEAN, table, "create index i on a.t (\"Done\")").remedy())
                .endsWith("where \"Done\";");
        finds(BOOLEAN, table + "create index i on a.t (y)");
        passes(BOOLEAN, table, "create index i on a.t (y) where not y");
        passes(BOOLEAN, table, "create index i on a.t (y, x)");
        passes(BOOLEAN, table, "create index i on a.t (x)");
        passes(BOOLEAN, table, "create unique index i on a.t (y)");
        passes(BOOLEAN, table, "create index i on b.t (y)");
        passes(BOOLEAN, table, "create index i on a.t using gin (y)");
    }

    @Test
    void types_follow_what_later_statements_do() {
        String table = "create table t (x int, f boolean);";
        finds(BOOLEAN, table, "alter table t add column g boolean; create index concurrently i on t (g)");
        finds(BOOLEAN, table, "alter table t rename column f to h; create index concurrently i on t (h)");
        passes(BOOLEAN, table, "alter table t alter column f type int using 1; create index concurrently i on t (f)");
    }

    @Test
    void a_refused_expression_is_shown_where_it_stands() {
        List<Finding> found = Lint.findings(
                LintSettings.DEFAULT,
                "non-immutable-index-expression",
                "create index i on t (x, (now())) where y > current_date");

        assertThat(found).hasSize(2);
        assertThat(found.get(0).range().start()).isEqualTo(25);
    }
}
