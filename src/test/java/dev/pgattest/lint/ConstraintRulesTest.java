package dev.pgattest.lint;

import static dev.pgattest.lint.Lint.finds;
import static dev.pgattest.lint.Lint.passes;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConstraintRulesTest {

    private static final String FOREIGN_KEY = "add-foreign-key-not-valid-missing";
    private static final String CHECK = "add-check-not-valid-missing";
    private static final String VALIDATE = "validate-in-same-transaction";

    @Test
    void a_foreign_key_is_found_by_whatever_name_the_table_has() {
        finds(FOREIGN_KEY, "alter table a.t add foreign key (x) references b");
        finds(FOREIGN_KEY, "alter table if exists only \"Bestellungen Österreich\" add foreign key (x) references b;");
        finds(FOREIGN_KEY, "create table a.t (x int); alter table b.t add foreign key (x) references c");
    }

    @Test
    void tables_of_the_same_file_and_temporary_ones_are_exempt() {
        passes(FOREIGN_KEY, "create table a.t (x int); alter table a.t add foreign key (x) references c");
        passes(FOREIGN_KEY, "create temp table t (x int); alter table t add foreign key (x) references c");
        finds(FOREIGN_KEY, "create table t (x int)", "alter table t add foreign key (x) references c");
        finds(FOREIGN_KEY, "begin; create table t (x int); rollback; alter table t add foreign key (x) references c");
    }

    @Test
    void a_key_that_is_not_valid_or_not_enforced_reads_nothing() {
        passes(FOREIGN_KEY, "alter table t add foreign key (x) references c not valid");
        passes(FOREIGN_KEY, "alter table t add foreign key (x) references c not enforced");
    }

    @Test
    void references_of_a_new_column_are_checked_only_when_it_has_a_default() {
        passes(FOREIGN_KEY, "alter table t add column x int references c");
        finds(FOREIGN_KEY, "alter table t add column x int default 1 references c");
        finds(FOREIGN_KEY, "alter table t add column x int references c default null");
        passes(
                FOREIGN_KEY,
                "create table t (x int)",
                "alter table t add column if not exists x int default 1 references c");
    }

    @Test
    void bodies_are_looked_at_too() {
        Finding inBlock = finds(FOREIGN_KEY, "do $$ begin alter table t add foreign key (x) references c; end $$");
        assertThat(inBlock.fix()).isEmpty();
        finds(CHECK, "do $$ begin alter table t add check (x > 0); end $$");
        passes(
                CHECK,
                "create function f() returns void language plpgsql as $$ begin alter table t add check (x > 0); end $$");
        passes(CHECK, "do $$ begin create table t (x int); alter table t add check (x > 0); end $$");
    }

    @Test
    void the_remedy_and_the_fix_name_a_key_without_a_name() {
        Finding finding = finds(FOREIGN_KEY, "ALTER TABLE a.t ADD FOREIGN KEY (x) REFERENCES c, ADD COLUMN y int");
        assertThat(finding.remedy())
                .isEqualTo(
                        "ALTER TABLE a.t ADD CONSTRAINT t_x_fkey FOREIGN KEY (x) REFERENCES c NOT VALID, ADD COLUMN y int;\n"
                                + "ALTER TABLE a.t VALIDATE CONSTRAINT t_x_fkey;");
        assertThat(finding.fix()).hasSize(3);
    }

    @Test
    void there_is_no_fix_in_a_transaction() {
        Finding finding = finds(FOREIGN_KEY, "begin; alter table t add foreign key (x) references c; commit");
        assertThat(finding.fix()).isEmpty();
        assertThat(finding.remedy()).contains("in a transaction of its own");
    }

    @Test
    void a_partitioned_table_takes_no_not_valid_key_before_18() {
        String[] files = {
            "create table p (x int) partition by range (x)",
            "alter table p add constraint k foreign key (x) references c"
        };
        Finding before = finds(FOREIGN_KEY, files);
        assertThat(before.fix()).isEmpty();
        assertThat(before.remedy()).contains("partition_1 add constraint k foreign key (x) references c not valid");
        assertThat(finds(LintSettings.DEFAULT.withVersion(18), FOREIGN_KEY, files)
                        .remedy())
                .contains("alter table p add constraint k foreign key (x) references c not valid;");
    }

    @Test
    void a_check_is_found_also_in_a_new_column() {
        finds(CHECK, "alter table t add check (x > 0)");
        finds(CHECK, "alter table t add column y int, add constraint c check (y > 0)");
        finds(CHECK, "alter table t add column y int check (y > 0) default 3");
        passes(CHECK, "alter table t add check (x > 0) not valid");
        passes(CHECK, "alter table t add check (x > 0) not enforced");
        passes(CHECK, "alter table t add column y int check (y > 0) not enforced");
        passes(CHECK, "create table t (x int); alter table t add check (x > 0)");
    }

    @Test
    void the_check_of_a_new_column_becomes_one_of_the_table() {
        assertThat(finds(CHECK, "alter table t add column y int constraint positive check (y > 0) not null default 3")
                        .remedy())
                .isEqualTo("""
                        alter table t add column y int not null default 3;
                        alter table t add constraint positive check (y > 0) not valid;
                        alter table t validate constraint positive;""");
    }

    @Test
    void a_check_without_a_name_gets_the_one_that_postgres_would_choose() {
        assertThat(finds(CHECK, "alter table t add check (t.x > 0 and x < 9)").remedy())
                .contains("constraint t_x_check check");
        assertThat(finds(CHECK, "alter table t add check (x > y)").remedy()).contains("constraint t_check check");
        assertThat(finds(CHECK, "create table t (x int check (x > 0))", "alter table t add check (x < 9)")
                        .remedy())
                .contains("constraint t_x_check1 check");
    }

    @Test
    void validating_is_found_where_the_transaction_keeps_writers_out() {
        finds(
                VALIDATE,
                "begin; alter table t add check (x > 0) not valid; alter table t validate constraint t_x_check");
        finds(VALIDATE, "begin; lock table t in share mode; alter table t validate constraint c");
        finds(
                LintSettings.DEFAULT.inTransactions(),
                VALIDATE,
                "alter table t add x int; alter table t validate constraint c");
        finds(VALIDATE, "alter table t add constraint c check (x > 0) not valid, validate constraint c");
    }

    @Test
    void validating_apart_passes() {
        passes(VALIDATE, "alter table t add check (x > 0) not valid; alter table t validate constraint t_x_check");
        passes(VALIDATE, "begin; alter table a.t add x int; alter table b.t validate constraint c");
        passes(VALIDATE, "begin; alter table t validate constraint c; alter table t validate constraint d; commit");
        passes(VALIDATE, "begin; alter table t add x int; commit; begin; alter table t validate constraint c");
        passes(
                VALIDATE,
                "begin; savepoint s; alter table t add x int; rollback to s; alter table t validate constraint c; commit");
        passes(
                VALIDATE,
                "begin; create table t (x int); alter table t add constraint c check (x > 0) not valid;"
                        + " alter table t validate constraint c; commit");
    }

    @Test
    void enforcing_a_foreign_key_reads_the_table() {
        LintSettings newest = LintSettings.DEFAULT.withVersion(18);
        assertThat(finds(newest, "enforce-constraint-scan", "alter table t alter constraint c enforced")
                        .message())
                .contains("enforcing c reads all of t");
        passes(newest, "enforce-constraint-scan", "alter table t alter constraint c not enforced");
        passes(newest, "enforce-constraint-scan", "create table t (x int); alter table t alter constraint c enforced");
    }
}
