package dev.pgattest.lint;

import static dev.pgattest.lint.Lint.finds;
import static dev.pgattest.lint.Lint.passes;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DomainRulesTest {

    private static final String ADD = "add-domain-constraint-not-valid-missing";
    private static final String NOT_NULL = "set-domain-not-null-scan";
    private static final String VALIDATE = "validate-domain-constraint";

    @Test
    void the_tables_that_are_read_are_named() {
        String domain =
                "create domain a.d as int; create table t (x a.d); create table u (x int); create table v (x b.d)";
        assertThat(finds(ADD, domain, "alter domain a.d add constraint c check (value > 0)")
                        .message())
                .contains("(t)");
    }

    @Test
    void a_constraint_of_a_domain_in_use_is_found() {
        finds(ADD, "alter domain d add check (value > 0)");
        passes(ADD, "alter domain d add constraint c check (value > 0) not valid");
        passes(ADD, "create domain d as int; alter domain d add check (value > 0)");
        finds(ADD, "create domain a.d as int; alter domain b.d add check (value > 0)");
        assertThat(finds(ADD, "alter domain \"D\" add check (value > 0)").remedy())
                .contains("alter domain \"D\" validate constraint \"D_check\";");
    }

    @Test
    void not_null_is_found_in_both_ways_of_writing_it() {
        finds(NOT_NULL, "alter domain d set not null");
        finds(NOT_NULL, "alter domain d add constraint n not null");
        passes(ADD, "alter domain d add constraint n not null");
        passes(NOT_NULL, "alter domain d drop not null");
        passes(NOT_NULL, "create domain d as int; alter domain d set not null");
    }

    @Test
    void validating_is_found_for_it_keeps_writers_out() {
        finds(VALIDATE, "alter domain d validate constraint c");
        passes(VALIDATE, "alter table d validate constraint c");
    }
}
