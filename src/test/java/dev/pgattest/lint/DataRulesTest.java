package dev.pgattest.lint;

import static dev.pgattest.lint.Lint.finds;
import static dev.pgattest.lint.Lint.passes;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DataRulesTest {

    @Test
    void a_dropped_table_is_named_as_the_user_wrote_it_with_its_indexes() {
        Finding finding = finds(
                "drop-table",
                "create table a.\"Größe\" (x int); create index \"I\" on a.\"Größe\" (x); create table b.\"Größe\" (x int);"
                        + " create index j on b.\"Größe\" (x)",
                "drop table if exists a.\"Größe\" cascade");

        assertThat(finding.message())
                .contains("a.\"Größe\", with its index \"I\"")
                .contains("CASCADE")
                .doesNotContain("j");
        assertThat(finding.remedy())
                .contains("alter table a.\"Größe\" set schema retired;")
                .contains("drop table retired.\"Größe\";");
    }

    @Test
    void each_of_several_dropped_tables_is_found() {
        assertThat(Lint.findings(LintSettings.DEFAULT, "drop-table", "drop table t, a.u"))
                .hasSize(2);
    }

    @Test
    void a_table_of_this_file_may_be_dropped_in_it() {
        passes("drop-table", "create table t (x int); drop table t");
        passes("drop-table", "create temp table t (x int); drop table t");
        passes("drop-table", "create table a.t as select 1; drop table a.t");
        finds("drop-table", "create table a.t (x int); drop table b.t");
        finds("drop-table", "begin; create table t (x int); rollback; drop table t");
        finds("drop-table", "create table t (x int)", "drop table t");
    }

    @Test
    void what_is_no_table_may_be_dropped() {
        passes("drop-table", "drop view v; drop index i; drop foreign table f");
    }

    @Test
    void an_undo_script_may_take_away() {
        assertThat(Lint.undo("drop-table", "create table t (x int)", "drop table t"))
                .isEmpty();
        assertThat(Lint.undo("drop-column", "alter table t add x int", "alter table t drop x"))
                .isEmpty();
        assertThat(Lint.undo("drop-schema", "create schema s", "drop schema s cascade"))
                .isEmpty();
        assertThat(Lint.undo("truncate", "select 1", "truncate t")).isNotEmpty();
    }

    @Test
    void a_dropped_column_takes_the_indexes_that_mention_it() {
        Finding finding = finds(
                "drop-column",
                "create table t (id int primary key, a int, b int unique); create index i on t (id) where a > 0;"
                        + "create index j on t (id) include (a); create index k on t (b)",
                "alter table t add c int, drop column if exists a cascade");

        assertThat(finding.message()).contains("a of t, with its indexes i, j;").contains("CASCADE");
    }

    @Test
    void a_column_of_a_new_table_may_be_dropped() {
        passes("drop-column", "create table t (x int, y int); alter table t drop column y");
        finds("drop-column", "create table a.t (x int); alter table only b.t drop x");
        passes("drop-column", "alter table t drop constraint x");
    }

    @Test
    void only_cascade_drops_a_schema_that_holds_something() {
        assertThat(finds(
                                "drop-schema",
                                "create table a.t (x int); create table b.t (x int)",
                                "drop schema a, c cascade")
                        .message())
                .contains("a (a.t)");
        passes("drop-schema", "drop schema a");
        passes("drop-schema", "create schema a; create table a.t (x int); drop schema a cascade");
        finds("drop-schema", "create schema a", "drop schema a cascade");
        passes("drop-schema", "drop table a cascade");
    }

    @Test
    void a_dropped_database_is_found() {
        assertThat(finds("drop-database", "drop database if exists \"Shop\" with (force)")
                        .message())
                .contains("\"Shop\"");
    }

    @Test
    void truncate_names_what_cascade_empties_too() {
        String tables = "create table t (n int primary key); create table u (id int primary key, t int references t);"
                + "create table v (u int references public.u); create table w (x int)";

        Finding finding = finds("truncate", tables, "truncate table only t restart identity cascade");

        assertThat(finding.message()).contains("public.u, public.v").doesNotContain("public.w");
        assertThat(finding.remedy()).startsWith("delete from t where n between 1 and 10000;");
        assertThat(finds("truncate", tables, "truncate w").message()).doesNotContain("CASCADE");
        passes("truncate", "create table t (x int); truncate t");
        passes("truncate", "create temp table t (x int); truncate t");
        finds("truncate", "create temp table t (x int)", "truncate t");
        finds("truncate", "create table a.t (x int); truncate b.t");
    }

    @Test
    void a_statement_for_all_rows_is_found_wherever_it_stands() {
        finds("delete-or-update-without-where", "update t set x = 1");
        finds("delete-or-update-without-where", "delete from t using u");
        finds("delete-or-update-without-where", "delete from t where true");
        finds("delete-or-update-without-where", "delete from t where 1 = 1");
        finds("delete-or-update-without-where", "with gone as (delete from t returning *) select * from gone");
        finds(
                "delete-or-update-without-where",
                "insert into archive with gone as (delete from t returning *) table gone");
    }

    @Test
    void a_statement_for_some_rows_or_for_new_ones_is_not() {
        passes("delete-or-update-without-where", "update t set x = 1 where x is null");
        passes("delete-or-update-without-where", "delete from t where 1 = 2");
        passes("delete-or-update-without-where", "create table t (x int); update t set x = 1; delete from t");
        passes("delete-or-update-without-where", "create temp table t (x int); delete from t");
        passes(
                "delete-or-update-without-where",
                "create function f() returns void language sql begin atomic delete from t; end");
        passes("delete-or-update-without-where", "insert into t values (1) on conflict (x) do update set y = 1");
    }

    @Test
    void the_remedy_puts_the_condition_where_it_belongs() {
        assertThat(finds(
                                "delete-or-update-without-where",
                                "create table t (\"Key\" int primary key)",
                                "delete from t returning *")
                        .remedy())
                .startsWith("delete from t where \"Key\" between 1 and 10000 returning *;");
        assertThat(finds("delete-or-update-without-where", "update t set x = 1").remedy())
                .startsWith("update t set x = 1 where id between 1 and 10000;");
    }

    @Test
    void a_column_is_assigned_once_in_a_statement() {
        finds("duplicate-column-assignment", "update t set \"A\" = 1, b = 2, \"A\" = 3");
        finds("duplicate-column-assignment", "update t set (a, b) = (1, 2), a = 3");
        finds("duplicate-column-assignment", "insert into t values (1) on conflict (x) do update set y = 1, y = 2");
        finds("duplicate-column-assignment", "with w as (update t set a = 1, a = 2 returning *) select * from w");
        passes("duplicate-column-assignment", "update t set a[1] = 1, a[2] = 2, b = a, c.x = 1, c.y = 2");
        passes("duplicate-column-assignment", "update t set a = 1; update t set a = 2");
    }

    private static String batches(String... files) {
        return finds("delete-or-update-without-where", files)
                .remedy()
                .replace(";\n-- and so on, each in a transaction of its own", "");
    }

    @Test
    void a_batch_is_cut_where_the_statement_lets_every_row_through() {
        assertThat(batches("delete from t returning id"))
                .isEqualTo("delete from t where id between 1 and 10000 returning id");
        assertThat(batches("delete from t where true")).isEqualTo("delete from t where id between 1 and 10000");
        assertThat(batches("update t set a = 1 where 1 = 1 returning a"))
                .isEqualTo("update t set a = 1 where id between 1 and 10000 returning a");
        assertThat(batches("UPDATE t AS x SET a = u.a FROM u"))
                .isEqualTo("UPDATE t AS x SET a = u.a FROM u WHERE x.id BETWEEN 1 AND 10000");
        assertThat(batches("delete from a.t using u returning (select max(x) from u where x > 1)"))
                .isEqualTo(
                        "delete from a.t using u where t.id between 1 and 10000 returning (select max(x) from u where x > 1)");
        assertThat(batches("with gone as (delete from t returning *) insert into u select * from gone where x > 1"))
                .isEqualTo("with gone as (delete from t where id between 1 and 10000 returning *)"
                        + " insert into u select * from gone where x > 1");
        assertThat(batches("with u as (select 1) update t set a = (select 1 where true)"))
                .isEqualTo("with u as (select 1) update t set a = (select 1 where true) where id between 1 and 10000");
    }

    @Test
    void the_mark_stands_at_the_delete_itself() {
        assertThat(finds("delete-or-update-without-where", "with d as (delete from only t returning *) select * from d")
                        .range()
                        .start())
                .isEqualTo(11);
    }

    @Test
    void explain_analyze_runs_what_it_explains() {
        finds("delete-or-update-without-where", "explain analyze delete from t");
        finds("delete-or-update-without-where", "explain (analyze, buffers) update t set a = 1");
        passes("delete-or-update-without-where", "explain delete from t");
        passes("delete-or-update-without-where", "explain (analyze off) delete from t");
    }

    @Test
    void a_routine_runs_when_somebody_calls_it() {
        String body = " begin delete from t; drop table t; truncate t; alter table t alter x set not null; end $$";
        String routine = "create function f() returns void language plpgsql as $$" + body;
        for (String rule : List.of("delete-or-update-without-where", "drop-table", "truncate", "set-not-null-scan")) {
            passes(rule, routine);
            finds(rule, "do $$" + body);
        }
        finds("duplicate-column-assignment", routine.replace("delete from t", "update t set a = 1, a = 2"));
    }

    @Test
    void only_the_column_waits_for_a_later_release() {
        assertThat(finds("drop-column", "alter table t add column b int, drop column a, alter c set default 1")
                        .remedy())
                .isEqualTo("""
                        alter table t add column b int, alter c set default 1;
                        comment on column t.a is 'no longer used';
                        -- and when no program names it any more, in a later release:
                        -- alter table t drop column a;""");
    }
}
