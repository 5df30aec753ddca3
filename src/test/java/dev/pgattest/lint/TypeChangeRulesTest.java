package dev.pgattest.lint;

import static dev.pgattest.lint.Lint.finds;
import static dev.pgattest.lint.Lint.passes;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TypeChangeRulesTest {

    private static final String RULE = "alter-column-type-rewrite";
    private static final String TABLE =
            "create table t (i int, v varchar(10), w text, n numeric(10, 2), at timestamp, c cidr)";

    @Test
    void changes_that_write_every_value_are_found() {
        finds(RULE, TABLE, "alter table t alter column i type bigint");
        finds(RULE, TABLE, "alter table t alter v type varchar(5)");
        finds(RULE, TABLE, "alter table t alter w type varchar(100)");
        finds(RULE, TABLE, "alter table t alter n type numeric(12, 4)");
        finds(RULE, TABLE, "alter table t add column z int, alter i set data type text using i::text");
        finds(RULE, TABLE, "alter table t alter v type text using lower(v)");
        finds(RULE, "create table t (id serial)", "alter table t alter id type bigint");
    }

    @Test
    void changes_that_leave_the_values_alone_pass() {
        passes(RULE, TABLE, "alter table t alter v type varchar(20)");
        passes(RULE, TABLE, "alter table t alter v type text");
        passes(RULE, TABLE, "alter table t alter v type text using v::text");
        passes(RULE, TABLE, "alter table t alter n type numeric(12, 2)");
        passes(RULE, TABLE, "alter table t alter n type decimal");
        passes(RULE, TABLE, "alter table t alter c type inet");
        passes(RULE, TABLE, "alter table t alter i type integer");
        passes(RULE, TABLE + "; alter table t alter i type bigint");
    }

    @Test
    void the_type_is_the_one_that_the_column_has_by_then() {
        finds(RULE, TABLE, "alter table t alter v type text", "alter table t alter v type varchar(20)");
        finds(RULE, TABLE, "alter table t rename column i to j", "alter table t alter j type bigint");
        passes(RULE, TABLE, "alter table t rename to u", "alter table u alter v type text");
    }

    @Test
    void a_type_that_the_files_do_not_tell_may_need_a_rewrite() {
        assertThat(finds(RULE, "alter table t alter v type text").message()).contains("may rewrite t");
        assertThat(finds(RULE, TABLE, "alter table other.t alter v type text").message())
                .contains("may rewrite other.t");
    }

    @Test
    void times_become_times_with_zone_for_nothing_only_in_utc() {
        String change = "alter table t alter at type timestamptz";
        assertThat(finds(RULE, TABLE, change).remedy()).contains("set timezone = 'UTC';\n" + change + ";");
        finds(RULE, TABLE, "set timezone = 'Europe/Vienna'; " + change);
        finds(RULE, TABLE, "set time zone 'UTC'; " + change + " using at at time zone 'UTC'");
        finds(LintSettings.DEFAULT.withVersion(11), RULE, TABLE, "set timezone = 'UTC'; " + change);
        passes(RULE, TABLE, "set time zone 'UTC'; " + change);
        passes(RULE, TABLE, "begin; set local timezone = 'Etc/UTC'; " + change + "; commit");
        finds(RULE, TABLE, "begin; set local timezone = 'UTC'; commit; " + change);
    }

    @Test
    void indexes_that_are_built_again_are_named() {
        String longer = "alter table t alter v type varchar(20)";
        passes(RULE, TABLE + "; create index i on t (v)", longer);
        passes(RULE, TABLE + "; create index i on t (lower(w))", longer);
        assertThat(finds(RULE, TABLE + "; create index i on t (lower(v))", longer)
                        .message())
                .contains("rebuilds the index i");
        finds(RULE, TABLE + "; create index i on t (v) where i > 0", longer);
        finds(RULE, TABLE + "; create index i on t (v)", longer + " collate \"C\"");
        finds(
                RULE,
                TABLE + "; create index i on t (at)",
                "set timezone = 'UTC'; alter table t alter at type timestamptz");
    }

    @Test
    void checks_that_are_made_again_are_named() {
        assertThat(finds(
                                RULE,
                                TABLE + "; alter table t add constraint k check (v <> '')",
                                "alter table t alter v type text")
                        .message())
                .contains("checks all rows for k again");
        passes(RULE, TABLE + "; alter table t add constraint k check (w <> '')", "alter table t alter v type text");
    }

    @Test
    void domains_are_what_they_are_domains_of() {
        passes(RULE, TABLE + "; create domain d as int", "alter table t alter i type d");
        passes(
                RULE,
                "create domain d as int check (value > 0); create table t (i d)",
                "alter table t alter i type int");
        finds(RULE, TABLE + "; create domain d as int check (value > 0)", "alter table t alter i type d");
    }

    @Test
    void a_length_is_better_a_check() {
        assertThat(finds(RULE, TABLE, "alter table t alter w type varchar(100)").remedy())
                .contains("add constraint t_w_length check (char_length(w) <= 100) not valid;");
    }
}
