package dev.pgattest.lint;

import static dev.pgattest.lint.Lint.finds;
import static dev.pgattest.lint.Lint.passes;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RepeatRulesTest {

    @Test
    void the_remedy_adds_the_words_and_passes() {
        advises("create table a.t (x int)", "create table if not exists a.t (x int)");
        advises("CREATE UNLOGGED TABLE t (x int)", "CREATE UNLOGGED TABLE IF NOT EXISTS t (x int)");
        String table = "create table if not exists t (x int);\n";
        assertThat(finds("missing-if-exists", table + "create unique index i on t (x); select 1")
                        .remedy())
                .isEqualTo("create unique index if not exists i on t (x);");
        advises("create materialized view v as select 1", "create materialized view if not exists v as select 1");
        advises("create table t as select 1", "create table if not exists t as select 1");
        advises("create schema s", "create schema if not exists s");
        advises("create extension citext", "create extension if not exists citext");
        advises("create sequence s", "create sequence if not exists s");
        advises("alter type e add value 'x' after 'y'", "alter type e add value if not exists 'x' after 'y'");
        advises("drop materialized view v", "drop materialized view if exists v");
        advises("drop function f(int)", "drop function if exists f(int)");
        advises("drop trigger x on t", "drop trigger if exists x on t");
        advises("create foreign table f (x int) server s", "create foreign table if not exists f (x int) server s");
        advises(
                "alter table t add column a int, add b int, drop column \"C\", drop d, drop constraint e",
                "alter table t add column if not exists a int, add if not exists b int, drop column if exists \"C\","
                        + " drop if exists d, drop constraint if exists e");
    }

    @Test
    void a_dropped_thing_is_gone_and_a_made_one_is_there() {
        assertThat(finds("missing-if-exists", "alter table t drop x; select 1").message())
                .endsWith("what it drops is gone");
        assertThat(finds("missing-if-exists", "alter table t add x int; select 1")
                        .message())
                .endsWith("what it makes is there");
    }

    @Test
    void what_runs_in_a_transaction_is_taken_back_whole() {
        passes("missing-if-exists", "begin; create table t (x int); create table u (x int); commit; select 1");
        passes(LintSettings.DEFAULT.inTransactions(), "missing-if-exists", "create table t (x int); select 1");
        finds("missing-if-exists", "begin; select 1; commit; create table t (x int); select 1");
    }

    @Test
    void nothing_is_repeated_when_the_last_statement_fails() {
        passes("missing-if-exists", "create table t (x int)");
        passes("missing-if-exists", "set lock_timeout = '1s'; drop table t; reset lock_timeout");
        finds("missing-if-exists", "drop table t; drop table if exists u");
    }

    @Test
    void concurrent_builds_and_temporary_tables_are_not_meant() {
        passes("missing-if-exists", "create index concurrently i on t (x); drop index concurrently i; select 1");
        passes("missing-if-exists", "create index i on t (x); drop index j; select 1");
        passes("missing-if-exists", "create temp table t (x int); select 1");
    }

    @Test
    void what_the_file_has_dropped_with_if_exists_may_be_made() {
        passes("missing-if-exists", "drop table if exists a.t; create table a.t (x int); select 1");
        passes("missing-if-exists", "drop index if exists i; create index i on t (x); select 1");
        passes("missing-if-exists", "drop schema if exists s; create schema s; select 1");
    }

    private static void advises(String before, String after) {
        String text = before + ";\nselect 1";
        Finding finding = finds("missing-if-exists", text);

        assertThat(finding.remedy()).isEqualTo(after + ";");
        // A table of that name with other columns would be accepted: a person must want that.
        assertThat(finding.fix()).isEmpty();
        passes("missing-if-exists", after + ";\nselect 1");
    }
}
