package dev.pgattest.lint;

import static dev.pgattest.lint.Lint.finds;
import static dev.pgattest.lint.Lint.passes;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class IndexBuildRulesTest {

    private static final String CREATE = "index-not-concurrent";
    private static final String DROP = "drop-index-not-concurrent";
    private static final String REINDEX = "reindex-not-concurrent";
    private static final String DETACH = "detach-not-concurrent";
    private static final String REFRESH = "refresh-not-concurrent";
    private static final String PARTITIONED = "create table a.e (at date) partition by range (at);"
            + "create table a.e_1 partition of a.e for values from ('2024-01-01') to ('2025-01-01');"
            + "create table b.\"E 2\" partition of a.e for values from ('2025-01-01') to ('2026-01-01');";
    private static final String VIEW = "create materialized view v as select 1 as x;";

    @Test
    void a_table_that_the_file_has_made_is_exempt_with_its_schema() {
        passes(CREATE, "create table a.t (x int); create index i on a.t (x)");
        passes(CREATE, "create table \"T\" (x int); create index i on \"T\" (x)");
        passes(CREATE, "create temporary table t (x int); create index i on t (x)");
        passes(CREATE, "create table t as select 1 as x; create index i on t (x)");
        finds(CREATE, "create table a.t (x int); create index i on b.t (x)");
        finds(CREATE, "create table \"T\" (x int); create index i on t (x)");
        finds(CREATE, "set search_path = a; create table t (x int); create index i on public.t (x)");
        finds(CREATE, "begin; create table t (x int); rollback; create index i on t (x)");
    }

    @Test
    void a_table_of_an_earlier_file_may_be_in_use() {
        finds(CREATE, "create table t (x int)", "create index i on t (x)");
    }

    @Test
    void the_remedy_is_the_statement_with_concurrently_in_its_own_case() {
        Finding finding = finds(CREATE, "CREATE UNIQUE INDEX \"Größe\" ON a.t (x)");

        assertThat(finding.remedy()).isEqualTo("CREATE UNIQUE INDEX CONCURRENTLY \"Größe\" ON a.t (x);");
        assertThat(finding.fix()).containsExactly(Edit.insert(19, " CONCURRENTLY"));
    }

    @Test
    void in_a_transaction_it_is_not_rewritten_in_place() {
        Finding finding = finds(CREATE, "begin; create index i on t (x); commit");

        assertThat(finding.fix()).isEmpty();
        assertThat(finding.remedy()).startsWith("-- outside of the transaction");
        assertThat(Lint.findings(LintSettings.DEFAULT.inTransactions(), CREATE, "create index i on t (x)")
                        .get(0)
                        .fix())
                .isEmpty();
    }

    @Test
    void a_partitioned_table_gets_an_index_partition_by_partition() {
        Finding finding = finds(CREATE, PARTITIONED, "create index e_at on a.e using btree (at)");

        assertThat(finding.fix()).isEmpty();
        assertThat(finding.remedy()).isEqualTo("""
                set lock_timeout = '2s';
                create index e_at on only a.e using btree (at);
                reset lock_timeout;
                create index concurrently e_1_at on a.e_1 using btree (at);
                create index concurrently "E 2_at" on b."E 2" using btree (at);
                set lock_timeout = '2s';
                alter index a.e_at attach partition a.e_1_at;
                alter index a.e_at attach partition b."E 2_at";""");
    }

    @Test
    void an_index_on_only_a_partitioned_table_is_made_at_once() {
        passes(CREATE, PARTITIONED, "create index i on only a.e (at)");
        passes(CREATE, "create index i on only t (x)");
        finds(CREATE, "create table t (x int)", "create index i on only t (x)");
        finds(CREATE, PARTITIONED, "create index i on a.e_1 (at)");
    }

    @Test
    void an_index_of_a_materialized_view_stops_no_writer() {
        passes(CREATE, VIEW, "create index i on v (x)");
    }

    @Test
    void an_index_of_a_new_table_may_be_dropped() {
        passes(DROP, "create table t (x int); create index i on t (x); drop index i");
        passes(DROP, "create temporary table t (x int); create index i on t (x); drop index pg_temp.i");
        passes(DROP, "drop index concurrently i");
        finds(DROP, "create table t (x int); create index i on t (x)", "drop index i");
        finds(DROP, "create table a.t (x int); create index i on a.t (x); drop index b.i");
    }

    @Test
    void an_index_of_a_partitioned_table_has_no_other_way() {
        passes(DROP, PARTITIONED + "create index i on a.e (at)", "drop index a.i");
    }

    @Test
    void a_drop_of_several_or_with_cascade_is_written_as_one_statement_each() {
        assertThat(finds(DROP, "drop index if exists a.\"I\", j").remedy())
                .isEqualTo("drop index concurrently if exists a.\"I\";\ndrop index concurrently if exists j;");
        assertThat(finds(DROP, "DROP INDEX i CASCADE").remedy()).isEqualTo("DROP INDEX CONCURRENTLY i;");
        assertThat(finds(DROP, "drop index if exists i").fix()).hasSize(1);
        assertThat(finds(DROP, "drop index i, j").fix()).isEmpty();
    }

    @Test
    void other_drops_are_no_matter_of_this_rule() {
        passes(DROP, "drop table t; drop view v");
    }

    @Test
    void each_form_of_reindex_is_rewritten_behind_its_object() {
        assertThat(finds(REINDEX, "reindex table a.t").remedy()).isEqualTo("reindex table concurrently a.t;");
        assertThat(finds(REINDEX, "REINDEX (verbose) INDEX i").remedy())
                .isEqualTo("REINDEX (verbose) INDEX CONCURRENTLY i;");
        assertThat(finds(REINDEX, "reindex schema a").remedy()).isEqualTo("reindex schema concurrently a;");
        assertThat(finds(REINDEX, "reindex database d").remedy()).isEqualTo("reindex database concurrently d;");
        assertThat(finds(REINDEX, "reindex system d").fix()).isEmpty();
    }

    @Test
    void concurrent_rebuilds_and_those_of_new_tables_pass() {
        passes(REINDEX, "reindex table concurrently t");
        passes(REINDEX, "reindex (concurrently) table t");
        passes(REINDEX, "reindex (concurrently true, verbose) index i");
        passes(REINDEX, "create table t (x int); reindex table t");
        passes(REINDEX, "create table t (x int); create index i on t (x); reindex index i");
        finds(REINDEX, "reindex (concurrently off) table t");
    }

    @Test
    void a_partition_is_detached_concurrently() {
        Finding finding = finds(DETACH, PARTITIONED, "ALTER TABLE a.e DETACH PARTITION a.e_1");

        assertThat(finding.remedy()).isEqualTo("ALTER TABLE a.e DETACH PARTITION a.e_1 CONCURRENTLY;");
        assertThat(finding.fix()).hasSize(1);
        passes(DETACH, "alter table e detach partition e_1 concurrently");
        passes(DETACH, "alter table e detach partition e_1 finalize");
        passes(
                DETACH,
                "create table e (x int) partition by list (x);"
                        + "create table e_1 partition of e for values in (1); alter table e detach partition e_1");
    }

    @Test
    void beside_a_default_partition_nothing_can_be_detached_concurrently() {
        String rest = PARTITIONED + "create table a.rest partition of a.e default";
        passes(DETACH, rest, "alter table a.e detach partition a.e_1");
        passes(
                DETACH,
                PARTITIONED + "alter table a.e attach partition a.r default",
                "alter table a.e detach partition a.e_1");
        finds(DETACH, rest, "drop table a.rest", "alter table a.e detach partition a.e_1");
        finds(DETACH, rest, "alter table a.e detach partition a.rest", "alter table a.e detach partition a.e_1");
    }

    @Test
    void concurrent_detaching_begins_with_14() {
        LintSettings old = LintSettings.DEFAULT.withVersion(13);
        assertThat(Lint.findings(old, DETACH, "alter table e detach partition p"))
                .isEmpty();
    }

    @Test
    void a_view_is_refreshed_concurrently_when_it_can_be() {
        String unique = VIEW + "create unique index v_x on v (x)";
        assertThat(finds(REFRESH, unique, "refresh materialized view v").fix()).hasSize(1);
        assertThat(finds(REFRESH, "refresh materialized view v").fix()).isEmpty();
        assertThat(finds(REFRESH, VIEW, "refresh materialized view v").remedy())
                .contains("once there is a unique index");
        passes(REFRESH, "refresh materialized view concurrently v");
        passes(REFRESH, "refresh materialized view v with no data");
        passes(REFRESH, VIEW + "refresh materialized view v");
    }

    @Test
    void the_first_refresh_of_an_unfilled_view_cannot_be_concurrent() {
        String empty = "create materialized view v as select 1 as x with no data";
        passes(REFRESH, empty, "refresh materialized view v");
        finds(REFRESH, empty, "refresh materialized view v; refresh materialized view v");
        passes(REFRESH, VIEW, "refresh materialized view v with no data; refresh materialized view v");
    }

    @Test
    void several_statements_give_several_findings() {
        assertThat(Lint.findings(LintSettings.DEFAULT, CREATE, "create index i on t (x); create index j on t (y)"))
                .extracting(Finding::remedy)
                .isEqualTo(List.of("create index concurrently i on t (x);", "create index concurrently j on t (y);"));
    }
}
