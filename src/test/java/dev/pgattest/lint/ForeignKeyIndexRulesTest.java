package dev.pgattest.lint;

import static dev.pgattest.lint.Lint.findings;
import static dev.pgattest.lint.Lint.finds;
import static dev.pgattest.lint.Lint.passes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.sql.SqlFile;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForeignKeyIndexRulesTest {

    private static final String RULE = "foreign-key-without-index";
    private static final String TABLE = "create table t (id int primary key, x int references c, y int)";

    @Test
    void a_key_without_an_index_is_found_where_it_is_written() {
        assertThat(finds(RULE, TABLE).remedy()).isEqualTo("create index t_x_idx on t (x);");
        finds(RULE, "create table t (x int, y int, foreign key (x, y) references c)");
        finds(RULE, "create table t (x int)", "alter table t add foreign key (x) references c");
        finds(RULE, "alter table t add column x int references c");
        finds(RULE, "alter table t add column x int, add foreign key (x) references c");
    }

    @Test
    void an_index_may_come_later_in_the_file_or_the_run() {
        passes(RULE, TABLE + "; create index on t (x)");
        List<SqlFile> files = List.of(
                new SqlFile("V1__a.sql", TABLE), new SqlFile("V2__b.sql", "create index concurrently i on t (x, y)"));
        assertThat(Linter.lint(new LintInput(files), LintSettings.DEFAULT).findings())
                .noneMatch(finding -> finding.rule().equals(RULE));
    }

    @Test
    void any_index_that_begins_with_the_columns_helps() {
        passes(RULE, TABLE + "; create index on t (x, y)");
        passes(RULE, TABLE + "; create unique index on t (x) where x is not null");
        passes(RULE, TABLE + "; create index on t using hash (x)");
        passes(RULE, "create table t (x int references c primary key)");
        passes(RULE, "create table t (x int references c, y int, unique (x, y))");
        passes(RULE, "create table t (x int, y int, z int, primary key (y, x, z), foreign key (x, y) references c)");
        passes(RULE, TABLE + "; create unique index i on t (x); alter table t add constraint u unique using index i");
    }

    @Test
    void other_indexes_do_not_help() {
        finds(RULE, TABLE + "; create index on t (y, x)");
        finds(RULE, TABLE + "; create index on t (x) where y > 0");
        finds(RULE, TABLE + "; create index on t ((x + 0))");
        finds(RULE, TABLE + "; create index on t using brin (x)");
        finds(RULE, TABLE + "; create index on other.t (x)");
        finds(RULE, TABLE + "; create index i on t (x); drop index i");
        finds(RULE, "create table t (x int, y int, z int, foreign key (x, y) references c, primary key (x, z, y))");
    }

    @Test
    void what_does_not_last_and_what_is_not_known_are_not_judged() {
        passes(RULE, "create temp table t (x int references c)");
        passes(RULE, TABLE + "; alter table t drop constraint t_x_fkey");
        passes(RULE, TABLE + "; drop table t");
        passes(RULE, "alter table t add foreign key (x) references c");
    }

    @Test
    void an_index_of_the_partitioned_table_is_one_of_its_partitions() {
        passes(
                RULE,
                "create table p (x int) partition by range (x); create index on p (x);"
                        + " create table p1 partition of p (foreign key (x) references c) for values from (1) to (2)");
    }

    @Test
    void the_search_path_at_the_key_counts() {
        assertThat(findings(
                        LintSettings.DEFAULT,
                        RULE,
                        "set search_path = a; " + TABLE + "; create index on t (x); set search_path = b; select 1"))
                .isEmpty();
    }

    @Test
    void a_partitioned_table_gets_its_index_part_by_part() {
        assertThat(finds(
                                "foreign-key-without-index",
                                "create table a.p (x int, y int) partition by list (x);"
                                        + "create table a.p1 partition of a.p for values in (1)",
                                "alter table a.p add constraint f foreign key (y) references u")
                        .remedy())
                .isEqualTo("""
                        set lock_timeout = '2s';
                        create index p_y_idx on only a.p (y);
                        reset lock_timeout;
                        create index concurrently p1_y_idx on a.p1 (y);
                        set lock_timeout = '2s';
                        alter index a.p_y_idx attach partition a.p1_y_idx;""");
    }
}
