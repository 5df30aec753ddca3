package dev.pgattest.lint;

import static dev.pgattest.lint.Lint.finds;
import static dev.pgattest.lint.Lint.passes;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NotNullRulesTest {

    private static final String SCAN = "set-not-null-scan";
    private static final String ADD = "add-not-null-column-without-default";
    private static final String SET = "alter table t alter column x set not null";

    @Test
    void a_valid_check_shows_that_there_is_no_null() {
        finds(SCAN, SET);
        passes(
                SCAN,
                "alter table t add constraint c check (x is not null) not valid;"
                        + " alter table t validate constraint c; " + SET);
        passes(SCAN, "create table t (x int, check (x is not null and x > 0))", SET);
    }

    @Test
    void other_checks_show_nothing() {
        finds(SCAN, "alter table t add constraint c check (x is not null) not valid; " + SET);
        finds(SCAN, "create table t (x int check (x > 0))", SET);
        finds(SCAN, "create table t (x int, y int, check (y is not null))", SET);
        finds(SCAN, "create table t (x int, y int, check (x is not null or y is not null))", SET);
        finds(SCAN, "create table a.t (x int check (x is not null))", "alter table b.t alter x set not null");
        finds(
                SCAN,
                "create table t (x int, constraint c check (x is not null))",
                "alter table t drop constraint c; " + SET);
    }

    @Test
    void a_check_that_the_same_statement_drops_comes_too_late() {
        finds(SCAN, "create table t (x int, constraint c check (x is not null))", SET + ", drop constraint c");
    }

    @Test
    void before_12_no_check_was_trusted() {
        finds(LintSettings.DEFAULT.withVersion(11), SCAN, "create table t (x int check (x is not null))", SET);
    }

    @Test
    void what_is_not_null_already_costs_nothing() {
        passes(SCAN, "create table t (x int not null)", SET);
        passes(SCAN, "create table t (x int, y int, primary key (y, x))", SET);
        passes(SCAN, "create table t (x int generated always as identity)", SET);
        finds(SCAN, "create table t (x int not null)", "alter table t alter column x drop not null", SET);
        passes(SCAN, "create table t (x int); " + SET);
    }

    @Test
    void from_18_not_null_is_a_constraint_that_can_be_not_valid() {
        LintSettings latest = LintSettings.DEFAULT.withVersion(18);
        Finding finding = finds(latest, SCAN, SET);
        assertThat(finding.remedy())
                .isEqualTo("alter table t add constraint t_x_not_null not null x not valid;\n"
                        + "alter table t validate constraint t_x_not_null;");
        finds(latest, SCAN, "alter table t add constraint n not null x");
        passes(
                latest,
                SCAN,
                "alter table t add constraint n not null x not valid; alter table t validate constraint n");
        passes(
                latest,
                SCAN,
                "create table t (x int)",
                "alter table t add constraint n not null x not valid;" + " alter table t validate constraint n; "
                        + SET);
    }

    @Test
    void a_check_that_waits_to_be_validated_is_made_use_of() {
        assertThat(finds(
                                SCAN,
                                "create table t (x int)",
                                "alter table t add constraint c check (x is not null) not valid",
                                SET)
                        .remedy())
                .isEqualTo("alter table t validate constraint c;\n" + SET + ";");
    }

    @Test
    void names_keep_their_quotes() {
        assertThat(finds(SCAN, "alter table \"Order\" alter column \"Größe\" set not null")
                        .remedy())
                .startsWith(
                        "alter table \"Order\" add constraint \"Order_Größe_present\" check (\"Größe\" is not null) not valid;");
    }

    @Test
    void a_not_null_column_needs_a_default() {
        finds(ADD, "alter table t add column x int not null");
        finds(ADD, "alter table t add column x int not null default null");
        finds(ADD, "alter table t add column x int primary key");
        finds(ADD, "alter table t add column y int default 1, add column x int not null");
        passes(ADD, "alter table t add column x int not null default 0");
        passes(ADD, "alter table t add column x int");
        passes(ADD, "alter table t add column x bigserial not null");
        passes(ADD, "alter table t add column x int not null generated always as identity");
        passes(ADD, "alter table t add column x int not null generated always as (y + 1) stored");
        passes(ADD, "create table t (y int); alter table t add column x int not null");
        passes(ADD, "create table t (x int)", "alter table t add column if not exists x int not null");
        passes(ADD, "create domain d as int default 1", "alter table t add column x d not null");
    }

    @Test
    void the_remedy_leaves_not_null_for_later() {
        assertThat(finds(ADD, "alter table t add column x varchar(20) not null unique")
                        .remedy())
                .startsWith("alter table t add column x varchar(20) unique;\n-- fill it in batches; then:\n");
    }

    @Test
    void in_a_transaction_the_validation_is_to_be_one_of_its_own() {
        String apart = "-- in a transaction of its own";
        assertThat(finds("set-not-null-scan", "begin; alter table t alter x set not null; commit")
                        .remedy())
                .containsPattern("not valid;\\n" + apart + ".*\\nalter table t validate");
        assertThat(finds(
                                LintSettings.DEFAULT.inTransactions().withVersion(18),
                                "set-not-null-scan",
                                "alter table t alter x set not null")
                        .remedy())
                .contains(apart);
        assertThat(finds("set-not-null-scan", "alter table t alter x set not null")
                        .remedy())
                .doesNotContain(apart);
    }
}
