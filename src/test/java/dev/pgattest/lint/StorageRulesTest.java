package dev.pgattest.lint;

import static dev.pgattest.lint.Lint.finds;
import static dev.pgattest.lint.Lint.passes;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StorageRulesTest {

    @Test
    void an_access_method_is_found_from_15_on() {
        finds("set-access-method", "alter table t set access method m");
        passes(LintSettings.DEFAULT.withVersion(14), "set-access-method", "alter table t set access method m");
        passes(
                "set-access-method",
                "create table t (x int) partition by range (x)",
                "alter table t set access method m");
    }

    @Test
    void logging_is_found_both_ways() {
        finds("set-logged-unlogged", "alter table t set unlogged");
        finds("set-logged-unlogged", "alter table t set logged");
        passes("set-logged-unlogged", "create table t (x int); alter table t set unlogged");
    }

    @Test
    void a_tablespace_is_found_of_tables_and_indexes() {
        finds("set-tablespace", "alter table t set tablespace s");
        finds("set-tablespace", "alter table all in tablespace s set tablespace u");
        assertThat(finds("set-tablespace", "alter index a.i set tablespace s").remedy())
                .isEqualTo("reindex (tablespace s) index concurrently a.i;");
        passes("set-tablespace", "create table t (x int); create index i on t (x); alter index i set tablespace s");
    }

    @Test
    void vacuum_full_is_found_in_each_way_of_writing_it() {
        finds("vacuum-full", "vacuum full");
        finds("vacuum-full", "vacuum full t");
        finds("vacuum-full", "vacuum (full on, analyze) a.t (x)");
        finds("vacuum-full", "create table t (x int); vacuum full t, u");
        passes("vacuum-full", "vacuum (full off) t");
        passes("vacuum-full", "vacuum analyze t");
        passes("vacuum-full", "create table t (x int); vacuum full t");
    }

    @Test
    void cluster_is_found_with_and_without_a_table() {
        finds("cluster", "cluster");
        finds("cluster", "cluster t using i");
        passes("cluster", "create table t (x int); cluster t using i");
        passes("cluster", "alter table t cluster on i");
    }
}
