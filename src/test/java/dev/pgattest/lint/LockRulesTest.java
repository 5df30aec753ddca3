package dev.pgattest.lint;

import static dev.pgattest.lint.Lint.finds;
import static dev.pgattest.lint.Lint.passes;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LockRulesTest {

    private static final String SLOW = "slow-statement-while-holding-access-exclusive";
    private static final String FURTHER = "statement-while-holding-access-exclusive";
    private static final String WIDE = "wide-lock-window";
    private static final String ADD = "begin; alter table t add column x int; ";

    @Test
    void work_on_many_rows_is_found_in_the_transaction_of_the_lock() {
        finds(SLOW, ADD + "update t set x = 1");
        finds(SLOW, ADD + "delete from u");
        finds(SLOW, ADD + "insert into u select * from t");
        finds(SLOW, ADD + "create index i on u (x)");
        finds(SLOW, ADD + "create table n as select * from u");
        finds(SLOW, ADD + "with old as (select 1) select count(*) from u, old");
        finds(LintSettings.DEFAULT.inTransactions(), SLOW, "alter table t add column x int; update t set x = 1");
    }

    @Test
    void quick_work_passes() {
        passes(SLOW, ADD + "insert into u values (1), (2)");
        passes(SLOW, ADD + "select set_config('a.b', 'c', true)");
        passes(SLOW, ADD + "select 1 from pg_class; select 1 from pg_catalog.pg_index");
        passes(SLOW, ADD + "with one as (select 1 as x) select x from one");
        passes(SLOW, "create table u (id int primary key)", ADD + "update u set id = 2 where id = 1");
        passes(
                SLOW,
                ADD + "create table n (x int); insert into n select 1; update n set x = 2; create index i on n (x)");
    }

    @Test
    void work_after_the_commit_or_beside_a_weaker_lock_passes() {
        passes(SLOW, ADD + "commit; update t set x = 1");
        passes(SLOW, "alter table t add column x int; update t set x = 1");
        passes(SLOW, "begin; update t set x = 1; alter table t add column y int; commit");
        passes(
                SLOW,
                "begin; alter table t add constraint c foreign key (x) references u not valid; update u set x = 1");
        passes(SLOW, "begin; create table t (x int); alter table t add column y int; update u set x = 1");
        passes(SLOW, "begin; savepoint s; alter table t add column x int; rollback to s; update t set y = 1");
        passes(SLOW, "begin; drop table t; update u set x = 1; commit");
    }

    @Test
    void every_further_statement_is_found_by_who_asks_for_it() {
        finds(FURTHER, ADD + "comment on column t.x is 'y'");
        passes(FURTHER, ADD + "set local lock_timeout = '1s'; commit");
        passes(FURTHER, "alter table t add column x int; alter table t add column y int");
        assertThat(Linter.lint(
                                new LintInput(java.util.List.of(new dev.pgattest.sql.SqlFile(
                                        "a.sql", ADD + "comment on column t.x is 'y'; commit"))),
                                LintSettings.DEFAULT)
                        .findings())
                .noneMatch(finding -> finding.rule().equals(FURTHER));
    }

    @Test
    void two_tables_under_the_strongest_lock_are_found() {
        finds(WIDE, ADD + "alter table u add column x int");
        finds(WIDE, ADD + "alter table a.t add column x int");
        finds(WIDE, ADD + "truncate u");
        assertThat(finds(LintSettings.DEFAULT.inTransactions(), WIDE, "truncate t; truncate u")
                        .remedy())
                .startsWith("-- in the next file");
    }

    @Test
    void one_table_at_a_time_passes() {
        passes(WIDE, ADD + "alter table t add column y int");
        passes(WIDE, ADD + "commit; begin; alter table u add column x int");
        passes(WIDE, ADD + "alter table u validate constraint c");
        passes(WIDE, ADD + "create table n (x int); alter table n add column y int");
        passes(WIDE, "alter table t add column x int; alter table u add column x int");
    }

    @Test
    void partitions_views_and_what_is_dropped_do_not_count() {
        String parent =
                "create table p (k int) partition by range (k); create table t partition of p for values from (1) to (2)";
        passes(WIDE, parent, "begin; alter table p add column x int; alter table t add column y int");
        passes(
                WIDE,
                parent,
                "begin; alter table p detach partition t; alter table p attach partition t for values from (1) to (3)");
        passes(WIDE, "begin; drop view v; alter table t add column x int; create view v as select * from t; commit");
        passes(WIDE, "begin; drop table t; drop table u; commit");
    }

    @Test
    void the_end_of_an_index_is_read_in_no_time() {
        String rule = "slow-statement-while-holding-access-exclusive";
        String lock = "begin; alter table t add column x int; ";
        passes(rule, lock + "select setval('s', (select max(id) from u)); commit");
        passes(rule, lock + "select setval('s', coalesce(max(id), 1)) from u; commit");
        passes(rule, lock + "select min(id), max(id) from u; commit");
        passes(rule, lock + "select * from u limit 1; commit");
        finds(rule, lock + "select count(*) from u; commit");
        finds(rule, lock + "select max(id) from u where x = 1; commit");
        finds(rule, lock + "select max(id + 1) from u; commit");
        finds(rule, lock + "select sum(id) from u limit 1; commit");
        finds(rule, lock + "select * from u where x > 1 limit 1; commit");
    }
}
