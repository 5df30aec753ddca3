package dev.pgattest.lint;

import static dev.pgattest.lint.Lint.finds;
import static dev.pgattest.lint.Lint.passes;

import org.junit.jupiter.api.Test;

class TriggerRulesTest {

    private static final String LOCK = "create-trigger-lock";
    private static final String OFF = "disable-trigger";
    private static final String TRIGGER = "create trigger g before insert on t for each row execute function f()";

    @Test
    void a_trigger_before_slow_work_is_found() {
        finds(LOCK, "begin; " + TRIGGER + "; update u set x = 1; commit");
        finds(LOCK, "begin; " + TRIGGER + "; set local x.y = 'z'; create index i on u (x); commit");
        finds(LintSettings.DEFAULT.inTransactions(), LOCK, TRIGGER + "; update t set x = 1");
    }

    @Test
    void a_trigger_that_is_last_or_alone_or_of_a_new_table_passes() {
        passes(LOCK, TRIGGER + "; update u set x = 1");
        passes(LOCK, "begin; set local lock_timeout = '1s'; " + TRIGGER + "; commit; update u set x = 1");
        passes(LOCK, "begin; update u set x = 1; " + TRIGGER + "; commit");
        passes(LOCK, "begin; create table t (x int); " + TRIGGER + "; update u set x = 1; commit");
        finds(
                "slow-statement-while-holding-access-exclusive",
                "begin; " + TRIGGER + "; alter table t add column x int; update u set x = 1");
        passes(LOCK, "begin; " + TRIGGER + "; alter table t add column x int; update u set x = 1");
        passes(LOCK, "begin; savepoint s; " + TRIGGER + "; rollback to s; update u set x = 1");
        passes(LOCK, "begin; commit; " + TRIGGER + "; update u set x = 1");
    }

    @Test
    void triggers_are_switched_off_in_many_ways() {
        finds(OFF, "alter table t disable trigger g");
        finds(OFF, "alter table t disable trigger all");
        finds(OFF, "alter table t add column x int, disable trigger user");
        finds(OFF, "alter table t enable replica trigger g");
        finds(OFF, "set session_replication_role = replica");
        finds(OFF, "set local session_replication_role to 'replica'");
        passes(OFF, "alter table t enable trigger g");
        passes(OFF, "alter table t enable always trigger g");
        passes(OFF, "set session_replication_role = default");
        passes(OFF, "set session_replication_role = origin");
        passes(OFF, "create table t (x int); alter table t disable trigger all");
    }
}
