package dev.pgattest.lint;

import static dev.pgattest.lint.Lint.finds;
import static dev.pgattest.lint.Lint.passes;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CompatibilityRulesTest {

    @Test
    void the_remedy_for_a_new_name_is_a_view_of_the_old_one() {
        assertThat(finds("rename-table", "alter table if exists a.\"Orders\" rename to purchases")
                        .remedy())
                .contains("create view a.\"Orders\" with (security_invoker = true) as select * from a.purchases;");
        assertThat(finds(LintSettings.DEFAULT.withVersion(14), "rename-table", "alter view v rename to w")
                        .remedy())
                .contains("create view v as select * from w;");
    }

    @Test
    void something_else_may_take_over_the_old_name() {
        passes("rename-table", "alter table t rename to u; create or replace view t as select * from u");
        passes("rename-table", "alter table t rename to t_old; alter table t_new rename to t");
        passes("rename-table", "alter table t rename to t_old; create table t (x int)");
        finds("rename-table", "alter table a.t rename to u; create view b.t as select 1");
        finds("rename-table", "create view t as select 1; alter table t2 rename to u");
    }

    @Test
    void what_nobody_uses_yet_may_get_another_name() {
        passes("rename-table", "create table t (x int); alter table t rename to u");
        passes("rename-table", "create temp table t (x int); alter table t rename to u");
        passes("rename-table", "alter index i rename to j; alter sequence s rename to r; alter type x rename to y");
        assertThat(Lint.undo("rename-table", "alter table t rename to u", "alter table u rename to t"))
                .isEmpty();
    }

    @Test
    void a_renamed_column_is_found_with_its_type() {
        assertThat(finds("rename-column", "create table t (\"A\" varchar(20))", "alter table t rename \"A\" to b")
                        .remedy())
                .startsWith("alter table t add column b varchar(20);");
        finds("rename-column", "create table a.t (x int); alter table b.t rename x to y");
        finds("rename-column", "alter view v rename column x to y");
        passes("rename-column", "create table t (x int); alter table t rename x to y");
        passes("rename-column", "alter type t rename attribute x to y; alter table t rename constraint x to y");
    }

    @Test
    void each_column_that_may_be_null_is_found() {
        assertThat(Lint.findings(
                        LintSettings.DEFAULT,
                        "drop-not-null",
                        "alter table t alter a drop not null, alter \"B\" drop not null, alter c drop default"))
                .extracting(Finding::message)
                .anyMatch(message -> message.startsWith("a of t"))
                .anyMatch(message -> message.startsWith("\"B\" of t"))
                .hasSize(2);
        passes("drop-not-null", "create table t (x int not null); alter table t alter x drop not null");
    }

    @Test
    void a_dropped_constraint_says_what_comes_in() {
        String table = "create table t (id int primary key, x int unique, y int references u, z int check (z > 0))";

        assertThat(finds("drop-constraint", table, "alter table t drop constraint t_pkey cascade")
                        .message())
                .contains("t_pkey and its index, duplicates");
        assertThat(finds("drop-constraint", table, "alter table t drop constraint t_y_fkey")
                        .message())
                .contains("refer to nothing");
        assertThat(finds("drop-constraint", "alter table t drop constraint if exists c")
                        .message())
                .contains("without c rows that break");
    }

    @Test
    void a_constraint_may_be_replaced() {
        passes("drop-constraint", "alter table t drop constraint c, add constraint d check (x > 0) not valid");
        passes("drop-constraint", "alter table t add constraint d check (x > 0); alter table t drop constraint c");
        finds(
                "drop-constraint",
                "create table t (x int check (x > 0))",
                "alter table t drop constraint t_x_check, add unique (x)");
        finds("drop-constraint", "alter table a.t drop constraint c; alter table b.t add check (x > 0)");
    }

    @Test
    void the_check_that_a_not_null_column_no_longer_needs_may_go() {
        passes(
                "drop-constraint",
                "alter table t validate constraint c; alter table t alter x set not null; alter table t drop constraint c");
        passes(
                "drop-constraint",
                "create table t (x int)",
                "alter table t add constraint c check (x is not null) not valid",
                "alter table t validate constraint c; alter table t alter x set not null",
                "alter table t drop constraint c");
        finds(
                "drop-constraint",
                "create table t (x int, constraint c check (x is not null))",
                "alter table t drop constraint c");
    }

    @Test
    void a_constraint_of_a_new_table_or_in_an_undo_script_may_go() {
        passes("drop-constraint", "create table t (x int constraint c check (x > 0)); alter table t drop constraint c");
        assertThat(Lint.undo("drop-constraint", "alter table t add check (x > 0)", "alter table t drop constraint c"))
                .isEmpty();
    }
}
