package dev.pgattest.lint;

import static dev.pgattest.lint.Lint.finds;
import static dev.pgattest.lint.Lint.passes;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TimeoutRulesTest {

    private static final String STATEMENT = "short-statement-timeout";
    private static final String LOCK = "short-lock-timeout";
    private static final String MISSING = "missing-lock-timeout";
    private static final String ZERO = "zero-lock-timeout";
    private static final String LOCAL = "set-local-outside-transaction";
    private static final String BUILD = "create index concurrently i on t (x);";
    private static final String ALTER = "alter table t add column y int;";

    @Test
    void a_build_needs_an_hour_or_no_limit() {
        finds(STATEMENT, "set statement_timeout = '59min';" + BUILD);
        finds(STATEMENT, "set statement_timeout = 30000;" + BUILD);
        finds(STATEMENT, "set statement_timeout to '5s'; reindex table concurrently t");
        finds(STATEMENT, "select set_config('statement_timeout', '5s', false);" + BUILD);
        finds(STATEMENT, "alter role r set statement_timeout = '30s'", BUILD);
        passes(STATEMENT, "set statement_timeout = '1h';" + BUILD);
        passes(STATEMENT, "set statement_timeout = 0;" + BUILD);
        passes(STATEMENT, BUILD);
        passes(STATEMENT, "set statement_timeout = '5s'; reset statement_timeout;" + BUILD);
        passes(STATEMENT, "set statement_timeout = '5s'; reset all;" + BUILD);
        passes(STATEMENT, "set statement_timeout = '5s'", BUILD);
        passes(STATEMENT, "begin; set local statement_timeout = '5s'; commit;" + BUILD);
        passes(STATEMENT, "begin; set statement_timeout = '5s'; rollback;" + BUILD);
    }

    @Test
    void a_drop_or_detach_needs_a_minute() {
        finds(STATEMENT, "set statement_timeout = '5s'; drop index concurrently i");
        finds(STATEMENT, "set statement_timeout = '5s'; alter table t detach partition p concurrently");
        passes(STATEMENT, "set statement_timeout = '5min'; drop index concurrently i");
    }

    @Test
    void a_validation_needs_an_hour_unless_the_table_is_new() {
        finds(STATEMENT, "set statement_timeout = '5s'; alter table t validate constraint c");
        finds(STATEMENT, "set statement_timeout = '5s'; alter table t add column x int, validate constraint c");
        passes(STATEMENT, "set statement_timeout = '5s'; create table t (x int); alter table t validate constraint c");
        passes(STATEMENT, "set statement_timeout = '5s'; create index i on t (x)");
    }

    @Test
    void transaction_timeout_counts_from_17() {
        String files = "set transaction_timeout = '1min';" + BUILD;
        passes(STATEMENT, files);
        assertThat(Lint.findings(LintSettings.DEFAULT.withVersion(17), STATEMENT, files))
                .hasSize(1);
    }

    @Test
    void the_limit_is_lifted_for_this_statement_alone() {
        Finding finding = finds(STATEMENT, "SET statement_timeout = '5s'; " + BUILD);

        assertThat(finding.remedy())
                .isEqualTo("set statement_timeout = 0;\n" + BUILD + "\nset statement_timeout = '5s';");
        String fixed = Edit.apply("SET statement_timeout = '5s'; " + BUILD, finding.fix());
        assertThat(fixed)
                .isEqualTo("SET statement_timeout = '5s'; set statement_timeout = 0;\n" + BUILD
                        + "\nset statement_timeout = '5s';");
        passes(STATEMENT, fixed);
        assertThat(finds(
                                STATEMENT,
                                "begin; set local statement_timeout = '5s'; alter table t validate constraint c; commit")
                        .fix())
                .isEmpty();
    }

    @Test
    void a_concurrent_command_may_wait_for_minutes() {
        finds(LOCK, "set lock_timeout = '5s';" + BUILD);
        finds(LOCK, "set lock_timeout = '5s'; drop index concurrently i");
        finds(LOCK, "set lock_timeout = '5s'; reindex index concurrently i");
        finds(LOCK, "set lock_timeout = '5s'; create table t (x int);" + BUILD);
        passes(LOCK, "set lock_timeout = '1min';" + BUILD);
        passes(LOCK, "set lock_timeout = 0;" + BUILD);
        passes(LOCK, BUILD);
        passes(LOCK, "set lock_timeout = '5s'; create index i on t (x)");
        passes(LOCK, "set lock_timeout = '5s'; refresh materialized view concurrently v");
        passes(LOCK, "set session lock_timeout = '5s'; set lock_timeout to default;" + BUILD);
    }

    @Test
    void what_stops_traffic_needs_a_lock_timeout() {
        assertThat(finds(MISSING, ALTER).message())
                .isEqualTo("ALTER asks for an ACCESS EXCLUSIVE lock on t with no lock_timeout in force: while it waits,"
                        + " reads and writes wait behind it");
        finds(MISSING, "create index i on t (x)");
        finds(MISSING, "drop index i");
        finds(MISSING, "drop table t");
        finds(MISSING, "lock table t in share mode");
        finds(MISSING, "truncate t");
        finds(MISSING, "create table u (x int references t)");
        finds(MISSING, "create trigger g before insert on t for each row execute function f()");
        finds(MISSING, "refresh materialized view v");
        finds(MISSING, "vacuum full t");
        finds(MISSING, "begin; set local lock_timeout = '2s'; commit;" + ALTER);
        finds(MISSING, "set lock_timeout = '2s'", ALTER);
    }

    @Test
    void what_stops_nobody_needs_none() {
        passes(MISSING, "set lock_timeout = '2s';" + ALTER);
        passes(MISSING, "begin; set local lock_timeout = '2s';" + ALTER + "commit;");
        passes(MISSING, "select set_config('lock_timeout', '2s', false);" + ALTER);
        passes(MISSING, "alter database d set lock_timeout = '2s'", ALTER);
        passes(MISSING, "create table t (x int);" + ALTER);
        passes(MISSING, "create temporary table t (x int);" + ALTER);
        passes(MISSING, BUILD + "drop index concurrently i; alter table t validate constraint c");
        passes(MISSING, "insert into t select 1; update t set x = 1; select * from t");
        passes(MISSING, "alter index i rename to j; analyze t; vacuum t");
        passes(MISSING, "lock table t in access exclusive mode nowait");
        passes(MISSING, "create table t (x int); create index i on t (x); drop index i");
        passes(MISSING, "refresh materialized view concurrently v");
    }

    @Test
    void there_is_one_finding_a_file() {
        assertThat(Lint.findings(LintSettings.DEFAULT, MISSING, ALTER + ALTER.replace("y", "z")))
                .hasSize(1);
        assertThat(Lint.findings(LintSettings.DEFAULT, MISSING, ALTER, ALTER.replace("y", "z")))
                .hasSize(1);
    }

    @Test
    void the_timeout_is_set_where_it_hurts_no_build() {
        assertThat(Edit.apply(ALTER, finds(MISSING, ALTER).fix())).isEqualTo("set lock_timeout = '2s';\n" + ALTER);
        assertThat(finds(MISSING, ALTER + BUILD).fix()).isEmpty();
        assertThat(Edit.apply(
                        "begin;" + ALTER + "commit;",
                        finds(MISSING, "begin;" + ALTER + "commit;").fix()))
                .isEqualTo("begin;set local lock_timeout = '2s';\n" + ALTER + "commit;");
    }

    @Test
    void zero_is_no_timeout_and_one_above_the_statements_never_fires() {
        finds(ZERO, "set lock_timeout = 0;" + ALTER);
        finds(ZERO, "set lock_timeout = '0s';" + ALTER);
        finds(ZERO, "set statement_timeout = '5s'; set lock_timeout = '5s';" + ALTER);
        finds(ZERO, "set statement_timeout = '1s'; set lock_timeout = 2000;" + ALTER);
        passes(ZERO, "set statement_timeout = '5s'; set lock_timeout = '4s';" + ALTER);
        passes(ZERO, "set statement_timeout = 0; set lock_timeout = '4s';" + ALTER);
        passes(ZERO, ALTER);
        passes(ZERO, "set lock_timeout = 0;" + BUILD);
        passes(ZERO, "set lock_timeout = 0; create table t (x int);" + ALTER);
        passes(MISSING, "set lock_timeout = 0;" + ALTER);
    }

    @Test
    void set_local_works_only_in_a_transaction() {
        finds(LOCAL, "set local lock_timeout = '2s'");
        finds(LOCAL, "begin; commit; set local lock_timeout = '2s'");
        finds(LOCAL, "select set_config('lock_timeout', '2s', true)");
        passes(LOCAL, "begin; set local lock_timeout = '2s'; commit");
        passes(LOCAL, "start transaction; select set_config('lock_timeout', '2s', true); commit");
        passes(LOCAL, "set lock_timeout = '2s'");
        passes(LOCAL, "set session lock_timeout = '2s'");
        passes(LOCAL, "select set_config('lock_timeout', '2s', false)");
        assertThat(Lint.findings(LintSettings.DEFAULT.inTransactions(), LOCAL, "set local lock_timeout = '2s'"))
                .isEmpty();
    }

    @Test
    void settings_that_are_no_times_are_not_judged() {
        for (String rule : List.of(STATEMENT, LOCK, MISSING, ZERO)) {
            passes(rule, "set lock_timeout = :'timeout'; set statement_timeout = :'timeout';" + BUILD + ALTER);
        }
    }
}
