package dev.pgattest.lint;

import static dev.pgattest.lint.Lint.finds;
import static dev.pgattest.lint.Lint.passes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.sql.SqlFile;
import java.util.List;
import org.junit.jupiter.api.Test;

class NameRulesTest {

    @Test
    void it_looks_only_when_a_project_asks() {
        assertThat(Linter.lint(new LintInput(List.of(new SqlFile("a.sql", "select * from t"))), LintSettings.DEFAULT)
                        .findings())
                .extracting(Finding::rule)
                .doesNotContain("unqualified-table");
    }

    @Test
    void every_name_gets_a_schema() {
        assertThat(finds(
                                "unqualified-table",
                                "create table \"Ä\" (x int references u); insert into a.t select * from \"Ö\" join v on true")
                        .remedy())
                .isEqualTo("create table public.\"Ä\" (x int references public.u);");
        assertThat(Lint.findings(
                        LintSettings.DEFAULT,
                        "unqualified-table",
                        "insert into a.t select * from \"Ö\" join v on true"))
                .extracting(finding -> finding.range().start())
                .containsExactly(30, 39);
    }

    @Test
    void each_kind_of_statement_names_relations() {
        finds("unqualified-table", "alter table t add x int");
        finds("unqualified-table", "create index i on t (x)");
        finds("unqualified-table", "drop table a.t, u");
        finds("unqualified-table", "create view v as select * from a.t");
        finds("unqualified-table", "update t set x = (select 1 from a.u)");
        finds("unqualified-table", "create policy p on t");
        finds("unqualified-table", "truncate t");
    }

    @Test
    void where_it_is_clear_what_is_meant_nothing_is_found() {
        passes("unqualified-table", "create table a.t (x int references a.u); drop table a.t");
        passes("unqualified-table", "set search_path = a; drop table t; create table t (x int)");
        passes("unqualified-table", "create temp table t (x int); insert into t values (1); drop table t");
        passes("unqualified-table", "with c as (select 1) select * from c join pg_class on true");
        passes("unqualified-table", "drop function f(int); alter type t add attribute x int");
    }
}
