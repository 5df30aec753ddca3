package dev.pgattest.lint;

import static dev.pgattest.lint.Lint.finds;
import static dev.pgattest.lint.Lint.passes;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RenameRulesTest {

    @Test
    void a_name_that_another_column_takes_over_is_not_gone() {
        passes(
                "rename-column",
                "begin; alter table t rename column c to c_old; alter table t rename column c_new to c; commit;");
        passes("rename-column", "alter table t rename c to c_old; alter table t add column c bigint");
        finds("rename-column", "alter table t rename column c_new to c; alter table t rename column c to c_old");
        finds("rename-column", "alter table t rename c to c_old; alter table u rename c_new to c");
    }

    @Test
    void what_alter_column_type_rewrite_tells_to_write_is_clean() {
        String remedy = finds(
                        "alter-column-type-rewrite", "create table t (c int)", "alter table t alter c type bigint")
                .remedy();
        passes("rename-column", "create table t (c int)", remedy);
    }

    @Test
    void a_column_that_the_file_has_added_may_get_another_name_and_go() {
        passes("rename-column", "alter table t add column a int; alter table t rename a to b");
        passes("drop-column", "alter table t add column a int; alter table t drop column a");
        finds("rename-column", "alter table t add column a int", "alter table t rename a to b");
        finds("drop-column", "alter table t add column a int", "alter table t drop column a");
    }

    @Test
    void a_block_renames_too() {
        finds("rename-column", "do $$ begin alter table t rename a to b; end $$");
        passes(
                "rename-column",
                "create function f() returns void language plpgsql as $$ begin alter table t rename a to b; end $$");
    }

    @Test
    void another_schema_is_another_name() {
        Finding finding = finds("rename-table", "alter table a.t set schema b");
        assertThat(finding.message()).startsWith("the name a.t is gone");
        assertThat(finding.remedy()).contains("create view a.t with (security_invoker = true) as select * from b.t;");
        passes("rename-table", "alter table a.t set schema b; create view a.t as select * from b.t");
        passes("rename-table", "create table a.t (x int); alter table a.t set schema b");
        finds("rename-table", "alter view v set schema b");
    }

    @Test
    void a_schema_has_a_name_that_programs_use() {
        assertThat(finds("rename-schema", "alter schema \"A b\" rename to c").message())
                .startsWith("the name of the schema \"A b\" is gone");
        passes("rename-schema", "create schema a; alter schema a rename to b");
        passes(
                "index-not-concurrent",
                "create schema a; create table a.t (x int); alter schema a rename to b; create index i on b.t (x)");
        assertThat(Lint.undo("rename-schema", "alter schema a rename to b", "alter schema b rename to a"))
                .isEmpty();
    }

    @Test
    void partitions_follow_a_parent_that_gets_another_name() {
        finds(
                "concurrently-on-partitioned",
                "create table p (x int) partition by list (x); create table p1 partition of p for values in (1);"
                        + "alter table p rename to q",
                "create index concurrently i on q (x)");
    }
}
