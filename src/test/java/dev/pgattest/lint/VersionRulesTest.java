package dev.pgattest.lint;

import static dev.pgattest.lint.Lint.finds;
import static dev.pgattest.lint.Lint.passes;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionRulesTest {

    private static final String RULE = "needs-newer-version";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "14 | create trigger t",
                "14 | alter table t detach partition p concurrently",
                "14 | reindex (tablespace fast) index concurrently i",
                "14 | create function f() returns int return 1",
                "15 | create unique index i on t (x) nulls not distinct",
                "15 | create view v with (security_invoker = true) as select 1",
                "15 | merge into t using u on t.id = u.id when matched then delete",
                "15 | alter table t add foreign key (a, b) references u (a, b) on delete set null (b)",
                "16 | select * from (select 1)",
                "16 | select '1' is json",
                "16 | explain (generic_plan) select $1",
                "16 | create table t (x text storage external)",
                "17 | set transaction_timeout = '1min'",
                "17 | merge into t using u on t.id = u.id when not matched by source then delete",
                "17 | alter table t alter x set expression as (y + 1)",
                "17 | copy t from stdin with (on_error ignore)",
                "17 | select json_value('1', '$')",
                "18 | alter table t add constraint c not null x not valid",
                "18 | alter table t add check (x > 0) not enforced",
                "18 | alter table t add column y int generated always as (x) virtual",
                "18 | alter table t add primary key (id, valid without overlaps)",
                "18 | alter table t alter constraint c enforced",
                "18 | update t set x = 1 returning with (old as o) o.x",
            })
    void what_a_version_has_brought_older_ones_refuse(int since, String sql) {
        String statement = sql.equals("create trigger t")
                ? "create or replace trigger g before insert on t for each row execute function f()"
                : sql;
        assertThat(finds(LintSettings.DEFAULT.withVersion(since - 1), RULE, statement)
                        .message())
                .contains("needs PostgreSQL " + since);
        passes(LintSettings.DEFAULT.withVersion(since), RULE, statement);
        passes(LintSettings.DEFAULT.withVersion(since), "syntax-error", statement);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "create table t (x int not null check (x > 0) references u, unique (x))",
                "alter table t add constraint c check (x > 0) not valid",
                "create domain d as int check (value > 0)",
                "select * from (select 1) as s",
                "insert into t select 1 returning *",
                "alter table t alter constraint c deferrable",
            })
    void what_all_versions_have_passes(String sql) {
        passes(LintSettings.DEFAULT.withVersion(13), RULE, sql);
    }
}
