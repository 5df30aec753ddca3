package dev.pgattest.lint;

import static dev.pgattest.lint.Lint.finds;
import static dev.pgattest.lint.Lint.passes;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MergeRulesTest {

    private static final String RULE = "mergeable-alter-tables";

    @Test
    void two_in_a_row_can_be_one() {
        String text = "alter table a.t add column x int;\nalter table a.t add column y int;\n";
        Finding finding = finds(RULE, text);
        assertThat(Edit.apply(text, finding.fix()))
                .isEqualTo("alter table a.t add column x int,\n    add column y int;\n");
        assertThat(finds(RULE, "alter table t add column x int; -- why\nalter table t add column y int")
                        .fix())
                .isEmpty();
    }

    @Test
    void what_lies_between_or_differs_keeps_them_apart() {
        passes(RULE, "alter table t add column x int; set lock_timeout = '1s'; alter table t add column y int");
        passes(RULE, "alter table a.t add column x int; alter table b.t add column y int");
        passes(RULE, "alter table only t add column x int; alter table t add column y int");
        passes(RULE, "alter table if exists t add column x int; alter table t add column y int");
        passes(RULE, "create table t (z int); alter table t add column x int; alter table t add column y int");
    }

    @Test
    void switches_that_take_no_time_pass() {
        passes(RULE, "alter table t enable row level security; alter table t force row level security");
        passes(RULE, "alter table t owner to a; alter table t add column x int");
    }

    @Test
    void commands_that_need_the_one_before_stay_apart() {
        passes(RULE, "alter table t add constraint c check (x > 0) not valid; alter table t validate constraint c");
        passes(RULE, "alter table t alter x set not null; alter table t drop constraint x_present");
        passes(RULE, "alter table t add column x int; alter table t alter column x set default 3");
        passes(RULE, "alter table t drop constraint c; alter table t add constraint c check (x > 0) not valid");
        passes(RULE, "alter table t add column x int; alter table t disable trigger u");
        passes(RULE, "alter table p detach partition t; alter table p attach partition t default");
    }
}
