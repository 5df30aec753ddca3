package dev.pgattest.lint;

import static dev.pgattest.lint.Lint.finds;
import static dev.pgattest.lint.Lint.passes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.sql.SqlFile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RowSecurityRulesTest {

    private static final LintSettings TENANTS = new LintSettings(15, false, "tenant_id", false, Map.of());
    private static final String TENANT = "tenant-table-without-rls";
    private static final String TABLE = "create table a.t (tenant_id bigint, x int);";
    private static final String PROTECTED = "alter table a.t enable row level security, force row level security;"
            + " create policy p on a.t using (tenant_id = 1);";
    private static final String VIEW = "materialized-view-exposes-rls-table";
    private static final String DEFINER = "security-definer-without-search-path";

    @Test
    void a_tenant_s_table_says_what_it_lacks() {
        Finding all = finds(TENANTS, TENANT, TABLE);
        assertThat(all.message()).contains("ENABLE", "FORCE", "a policy");
        assertThat(all.remedy()).isEqualTo("""
                        alter table a.t enable row level security;
                        alter table a.t force row level security;
                        create policy t_tenant on a.t
                            using (tenant_id = (select current_setting('app.tenant_id'))::int8);""");
        assertThat(finds(TENANTS, TENANT, TABLE + "alter table a.t enable row level security; create policy p on a.t")
                        .message())
                .contains("lacks FORCE")
                .doesNotContain("ENABLE", "policy");
        finds(TENANTS, TENANT, TABLE + PROTECTED + "drop policy p on a.t");
        finds(TENANTS, TENANT, TABLE + PROTECTED.replace("a.t", "b.t"));
        finds(TENANTS, TENANT, "create table t (like a.t)", TABLE + "create table t (like a.t);" + PROTECTED);
    }

    @Test
    void a_protected_table_passes() {
        passes(TENANTS, TENANT, TABLE + PROTECTED);
        passes(TENANTS, TENANT, "set search_path = a; create table t (tenant_id int); " + PROTECTED);
    }

    @Test
    void it_is_judged_in_the_last_file_that_touches_the_table() {
        passes(TENANTS, TENANT, TABLE, PROTECTED);
        finds(TENANTS, TENANT, TABLE, "alter table a.t add y int");
        passes(TENANTS, TENANT, TABLE, "select * from a.t");
        assertThat(Linter.lint(
                                LintInput.inOrder(List.of(
                                        new SqlFile("V1__a.sql", TABLE),
                                        new SqlFile("V2__a.sql", "select * from a.t"),
                                        new SqlFile("V3__a.sql", "alter table b.t add y int"))),
                                TENANTS)
                        .findings())
                .filteredOn(finding -> finding.rule().equals(TENANT))
                .extracting(Finding::file)
                .containsExactly("V1__a.sql");
        assertThat(Linter.lint(
                                LintInput.inOrder(List.of(
                                        new SqlFile("V1__a.sql", TABLE),
                                        new SqlFile("V2__a.sql", PROTECTED),
                                        new SqlFile("U2__a.sql", "drop policy p on a.t"))),
                                TENANTS)
                        .findings())
                .extracting(Finding::rule)
                .doesNotContain(TENANT);
        passes(TENANTS, TENANT, TABLE, "drop table a.t");
    }

    @Test
    void tables_without_tenants_are_not_meant() {
        passes(TENANTS, TENANT, "create table t (x int); create view v as select 1 as tenant_id");
        passes(TENANTS, TENANT, "create temp table t (tenant_id int)");
        passes(TENANTS, TENANT, "create foreign table t (tenant_id int) server s");
        passes(LintSettings.DEFAULT, TENANT, TABLE);
    }

    @Test
    void a_partition_is_protected_by_its_parent() {
        String parent = "create table a.t (tenant_id int, d date) partition by list (d);" + PROTECTED;

        passes(TENANTS, TENANT, parent + "create table a.p partition of a.t default");
        passes(
                TENANTS,
                TENANT,
                parent + "create table a.p (tenant_id int, d date); alter table a.t attach partition a.p default");
        finds(TENANTS, TENANT, "create table a.t (tenant_id int, d date) partition by list (d)");
    }

    @Test
    void what_a_block_executes_may_protect_a_table() {
        passes(TENANTS, TENANT, TABLE + "do $$ begin execute 'ALTER TABLE a.T ENABLE ROW LEVEL SECURITY'; end $$");
        passes(
                TENANTS,
                TENANT,
                TABLE
                        + "do $$ declare t text; begin for t in select tablename from pg_tables loop execute"
                        + " format('alter table %I enable row level security', t); end loop; end $$");
        finds(TENANTS, TENANT, TABLE + "do $$ begin execute 'alter table u enable row level security'; end $$");
    }

    @Test
    void a_materialized_view_shows_what_a_policy_hides() {
        Finding finding = finds(
                VIEW,
                TABLE + PROTECTED,
                "create materialized view if not exists a.v as select * from a.t with no data");
        assertThat(finding.message()).contains("a.v").contains("of a.t,");
        assertThat(finding.remedy()).isEqualTo("create view a.v with (security_invoker = true) as select * from a.t;");
        finds(VIEW, "create materialized view v as select 1 from b, t; alter table t enable row level security");
        finds(VIEW, TABLE + PROTECTED + "create materialized view v as with c as (select * from a.t) select * from c");
        assertThat(finds(
                                LintSettings.DEFAULT.withVersion(14),
                                VIEW,
                                TABLE + PROTECTED + "create materialized view v as select * from a.t")
                        .remedy())
                .startsWith("revoke all on v from public;");
    }

    @Test
    void other_views_pass() {
        passes(VIEW, TABLE + PROTECTED + "create view v as select * from a.t");
        passes(VIEW, TABLE + PROTECTED + "create materialized view v as select * from b.t");
        passes(VIEW, TABLE + "create materialized view v as select * from a.t");
        passes(VIEW, TABLE + PROTECTED + "create materialized view v as with t as (select 1) select * from t");
    }

    @Test
    void a_definer_s_function_has_a_path_of_its_own() {
        String function = "create or replace function a.\"F\"(x int) returns int language sql security definer";

        assertThat(finds(DEFINER, function + " as 'select 1'").remedy())
                .contains("security definer set search_path = a, pg_temp as 'select 1';");
        finds(DEFINER, "create procedure p() language plpgsql as $$ begin end $$ security definer");
        finds(DEFINER, "alter function f(int) security definer");
        finds(DEFINER, function + " as 'select 1'; alter function b.\"F\" set search_path = ''");
        assertThat(finds(DEFINER, function + " set search_path = public, a as 'select 1'")
                        .remedy())
                .isEqualTo("set search_path = public, a, pg_temp");
    }

    @Test
    void a_path_that_nobody_can_put_himself_into_passes() {
        String function = "create function f() returns int language sql security definer";

        passes(DEFINER, function + " set search_path = a, pg_temp as 'select 1'");
        passes(DEFINER, function + " set search_path = '' as 'select 1'");
        passes(DEFINER, function + " set search_path from current as 'select 1'");
        passes(DEFINER, function + " begin atomic select 1; end");
        passes(DEFINER, function + " as 'select 1'; alter function f() set search_path = a, pg_temp");
        passes(DEFINER, "create function f() returns int language sql security invoker as 'select 1'");
        passes(DEFINER, "create function f() returns int language c security definer as 'x'");
        passes(DEFINER, "alter function f() security definer set search_path = ''");
    }
}
