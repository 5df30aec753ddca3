package dev.pgattest.lint;

import static dev.pgattest.lint.Lint.finds;
import static dev.pgattest.lint.Lint.passes;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TransactionRulesTest {

    private static final String ENUM_RULE = "enum-value-used-in-same-transaction";
    private static final String SETUP = "create type a.\"State\" as enum ('new', 'old');"
            + "create table a.t (id int, s a.\"State\", l a.\"State\"[], note text); create table u (s text)";

    @Test
    void transactions_do_not_nest() {
        assertThat(finds("transaction-nesting", "begin; start transaction; commit")
                        .message())
                .startsWith("start does nothing but warn: a transaction is open");
        assertThat(finds("transaction-nesting", "begin; begin; commit; commit; select 1")
                        .range()
                        .start())
                .isEqualTo(7);
        assertThat(Lint.findings(LintSettings.DEFAULT, "transaction-nesting", "begin; begin; commit; commit"))
                .hasSize(2);
    }

    @Test
    void nothing_can_be_ended_that_was_not_begun() {
        finds("transaction-nesting", "commit");
        finds("transaction-nesting", "create table t (x int); rollback");
        finds("transaction-nesting", "end");
        finds("transaction-nesting", "savepoint s");
        finds("transaction-nesting", "begin; commit; rollback to s");
    }

    @Test
    void a_file_that_its_runner_wraps_begins_and_ends_nothing() {
        LintSettings wrapped = LintSettings.DEFAULT.inTransactions();

        assertThat(finds(wrapped, "transaction-nesting", "begin; select 1").message())
                .contains("the runner has put the file into a transaction");
        assertThat(finds(wrapped, "transaction-nesting", "select 1; commit").message())
                .contains("ends the transaction of the runner");
        passes(wrapped, "transaction-nesting", "savepoint s; rollback to s; release s");
    }

    @Test
    void transactions_may_follow_each_other() {
        passes("transaction-nesting", "begin; savepoint s; rollback to s; commit; begin; rollback");
        passes("transaction-nesting", "begin; commit and chain; select 1; commit");
        passes("transaction-nesting", "begin; prepare transaction 'x'; commit prepared 'x'");
    }

    @Test
    void a_transaction_must_be_ended() {
        assertThat(finds("uncommitted-transaction", "begin; commit; begin; select 1")
                        .range()
                        .start())
                .isEqualTo(15);
        finds("uncommitted-transaction", "begin; savepoint s; rollback to s");
        finds("uncommitted-transaction", "begin; commit and chain");
        passes("uncommitted-transaction", "begin; rollback");
        passes("uncommitted-transaction", "begin; prepare transaction 'x'");
        passes("uncommitted-transaction", "begin", "select 1");
        passes(LintSettings.DEFAULT.inTransactions(), "uncommitted-transaction", "begin; select 1");
    }

    @Test
    void a_new_value_of_an_enum_cannot_be_used_at_once() {
        usesNew("update a.t set s = 'x'");
        usesNew("update a.t set s = case when id = 1 then 'x' else 'new' end");
        usesNew("insert into a.t (id, s) values (1, 'new'), (2, 'x')");
        usesNew("insert into a.t values (1, 'x')");
        usesNew("insert into a.t select 1, 'x'");
        usesNew("insert into a.t (id) values (1) on conflict (id) do update set s = 'x'");
        usesNew("alter table a.t alter column s set default 'x'");
        usesNew("alter table a.t add column v a.\"State\" default 'x'");
        usesNew("alter table a.t add check (s in ('new', 'x'))");
        usesNew("create table v (w a.\"State\" check (w <> 'x'))");
        usesNew("create index i on a.t (id) where 'x' = s");
        usesNew("select 'x'::a.\"State\"");
        usesNew("update a.t set l = array['x']");
        usesNew("delete from a.t as alias where alias.s = any (array['x'])");
    }

    @Test
    void what_only_looks_like_the_new_value_may_be_used() {
        passesAfter("update a.t set s = 'new'");
        passesAfter("update a.t set note = 'x' where s = 'old'");
        passesAfter("update u set s = 'x'");

        passesAfter("select 'x'::text");
        passesAfter("commit; update a.t set s = 'x'");
    }

    @Test
    void a_value_may_be_used_when_it_is_no_new_one() {
        passes(ENUM_RULE, SETUP, "alter type a.\"State\" add value 'x'; update a.t set s = 'x'");
        passes(
                ENUM_RULE,
                SETUP,
                "begin; alter type a.\"State\" rename value 'old' to 'x'; update a.t set s = 'x'; commit");
        passes(
                ENUM_RULE,
                SETUP,
                "begin; alter type a.\"State\" add value if not exists 'old'; update a.t set s = 'old'");
        passes(
                ENUM_RULE,
                "begin; create type e as enum ('a'); create table t (s e); alter type e add value 'x';"
                        + "insert into t values ('x'); commit");
    }

    @Test
    void the_runner_s_transaction_counts_too() {
        LintSettings wrapped = LintSettings.DEFAULT.inTransactions();
        String text = "alter type a.\"State\" add value 'x'; update a.t set s = 'x'";

        assertThat(finds(wrapped, ENUM_RULE, SETUP, text).remedy()).contains("alter type a.\"State\" add value 'x';");
        passes(LintSettings.DEFAULT.withVersion(11), ENUM_RULE, SETUP, "begin; " + text);
    }

    private static void usesNew(String statement) {
        Finding finding = finds(ENUM_RULE, SETUP, "begin; alter type a.\"State\" add value 'x'; " + statement);
        assertThat(finding.message()).contains("'x' of a.\"State\"");
    }

    private static void passesAfter(String statement) {
        passes(ENUM_RULE, SETUP, "begin; alter type a.\"State\" add value 'x'; " + statement);
    }

    @Test
    void some_commands_run_outside_of_transactions_only() {
        for (String command : java.util.List.of(
                "vacuum t",
                "create database d",
                "drop database d",
                "alter system set work_mem = '1GB'",
                "reindex database d",
                "reindex schema s",
                "cluster",
                "discard all",
                "create tablespace s location '/x'",
                "alter database d set tablespace s",
                "create subscription s connection 'x' publication p")) {
            finds("cannot-run-in-transaction", "begin; " + command + "; commit");
            finds(LintSettings.DEFAULT.inTransactions(), "cannot-run-in-transaction", command);
            passes("cannot-run-in-transaction", command);
        }
        finds("cannot-run-in-transaction", "do $$ begin vacuum t; end $$");
        passes("cannot-run-in-transaction", "begin; analyze t; reindex table t; discard plans; commit");
    }

    @Test
    void before_postgresql_12_a_value_is_added_outside_of_transactions() {
        LintSettings old = LintSettings.DEFAULT.withVersion(11);
        finds(old, "cannot-run-in-transaction", "begin; alter type e add value 'x'; commit");
        passes(old, "cannot-run-in-transaction", "begin; alter type e rename value 'x' to 'y'; commit");
        passes("cannot-run-in-transaction", "begin; alter type e add value 'x'; commit");
    }

    @Test
    void a_new_value_is_found_in_columns_that_the_files_do_not_tell_of() {
        String add = "begin; alter type state add value 'packed'; ";
        finds(ENUM_RULE, add + "update orders set state = 'packed' where id = 1; commit");
        finds(ENUM_RULE, add + "insert into orders values (1, 'packed'); commit");
        finds(ENUM_RULE, add + "select 1 from orders where state = 'packed'; commit");
        passes(ENUM_RULE, add + "update orders set state = 'sent'; commit");
        passes(ENUM_RULE, add + "commit; update orders set state = 'packed'");
        passes(ENUM_RULE, "create table orders (state text)", add + "update orders set state = 'packed'; commit");
    }
}
