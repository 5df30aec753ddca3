package dev.pgattest.lint;

import static dev.pgattest.lint.Lint.finds;
import static dev.pgattest.lint.Lint.passes;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PartitionRulesTest {

    private static final String RULE = "attach-partition-scan";
    private static final String PARENT = "create table p (k int, d date) partition by range (k)";
    private static final String ATTACH = "alter table p attach partition t for values from (1) to (10)";

    private static String table(String check) {
        return PARENT + "; create table t (k int, d date, check (" + check + "))";
    }

    @Test
    void a_table_that_is_in_use_is_read() {
        finds(RULE, ATTACH);
        finds(RULE, PARENT + "; create table t (k int, d date)", ATTACH);
        finds(RULE, PARENT + "; alter table p attach partition t for values from (1) to (10)");
    }

    @Test
    void a_table_of_the_same_file_is_not_in_use() {
        passes(RULE, PARENT, "create table t (k int, d date); " + ATTACH);
        finds(RULE, PARENT, "create table other.t (k int, d date); " + ATTACH);
    }

    @Test
    void a_valid_check_shows_the_bound() {
        passes(RULE, table("k is not null and k >= 1 and k < 10"), ATTACH);
        passes(RULE, table("k is not null and k between 2 and 9"), ATTACH);
        passes(RULE, table("k is not null and 1 <= k and 10 > k"), ATTACH);
        passes(RULE, table("k is not null and k = 4"), ATTACH);
        passes(RULE, table("k is not null and k >= 1"), ATTACH.replace("to (10)", "to (maxvalue)"));
        passes(RULE, PARENT + "; create table t (k int not null check (k >= 1 and k < 10), d date)", ATTACH);
    }

    @Test
    void a_check_that_says_something_else_shows_nothing() {
        finds(RULE, table("k >= 1 and k < 10"), ATTACH);
        finds(RULE, table("k is not null and k >= 1 and k < 11"), ATTACH);
        finds(RULE, table("k is not null and k >= 1"), ATTACH);
        finds(RULE, table("k is not null and (k >= 1 and k < 10 or d is null)"), ATTACH);
        finds(RULE, table("d is not null and d >= '2025-01-01'"), ATTACH);
    }

    @Test
    void the_check_may_have_been_added_to_a_table_that_the_files_have_not_made() {
        String add = "alter table t add constraint c check (k >= 1 and k < 10) not valid; ";
        finds(RULE, add + ATTACH);
        passes(RULE, add + "alter table t validate constraint c; " + ATTACH);
    }

    @Test
    void times_are_compared_in_their_usual_form() {
        String parent = "create table p (at timestamptz not null) partition by range (at)";
        String attach = "alter table p attach partition t for values from ('2025-01-01') to ('2026-01-01')";
        passes(
                RULE,
                parent + "; create table t (at timestamptz not null"
                        + " check (at >= '2025-01-01 00:00:00+00' and at < timestamptz '2026-01-01'))",
                attach);
        finds(
                RULE,
                parent + "; create table t (at timestamptz not null check (at >= '2024-12-01' and at < '2026-01-01'))",
                attach);
    }

    @Test
    void lists_have_to_be_within_the_list() {
        String parent = "create table p (k text) partition by list (k); create table t (k text not null check (k in (";
        String attach = "alter table p attach partition t for values in ('a', 'b')";
        passes(RULE, parent + "'a')))", attach);
        passes(RULE, parent + "'a', 'b')))", attach);
        finds(RULE, parent + "'a', 'c')))", attach);
    }

    @Test
    void the_default_partition_is_read_too() {
        String parent = PARENT + "; create table rest partition of p default";
        String create = "create table n partition of p for values from (1) to (10)";
        assertThat(finds(RULE, parent, create).message()).contains("default partition rest");
        finds(RULE, parent, "create table t (k int, d date); " + ATTACH);
        passes(RULE, parent + "; " + create);
        passes(RULE, parent, "alter table p detach partition rest; " + create);
        passes(RULE, parent, "alter table rest add check (k < 1 or k >= 10); " + create);
        assertThat(finds(RULE, parent, create).remedy())
                .contains("check (not (k is not null and k >= 1 and k < 10)) not valid;");
    }

    @Test
    void a_default_partition_that_is_the_first_partition_is_not_read() {
        String create = PARENT + "; create table t (k int, d date)";
        passes(RULE, create, "alter table p attach partition t default");
        finds(
                RULE,
                create + "; create table u partition of p for values from (1) to (2)",
                "alter table p attach partition t default");
    }

    @Test
    void the_remedy_says_what_the_bound_says() {
        assertThat(finds(
                                RULE,
                                PARENT + "; create table a.t (k int, d date)",
                                ATTACH.replace("partition t", "partition a.t"))
                        .remedy())
                .startsWith(
                        "alter table a.t add constraint t_bound check (k is not null and k >= 1 and k < 10) not valid;");
    }

    @Test
    void indexes_are_attached_for_nothing() {
        passes(RULE, "alter index p_k attach partition t_k");
    }

    @Test
    void nothing_is_detached_concurrently_beside_a_default_partition() {
        String table =
                "create table p (x int) partition by list (x); create table p1 partition of p for values in (1);";
        assertThat(finds(
                                "detach-concurrently-with-default",
                                table + "create table rest partition of p default",
                                "alter table p detach partition p1 concurrently")
                        .remedy())
                .isEqualTo("set lock_timeout = '2s';\nalter table p detach partition p1;");
        passes("detach-concurrently-with-default", table, "alter table p detach partition p1 concurrently");
    }
}
