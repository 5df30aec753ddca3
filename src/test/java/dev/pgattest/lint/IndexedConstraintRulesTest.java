package dev.pgattest.lint;

import static dev.pgattest.lint.Lint.finds;
import static dev.pgattest.lint.Lint.passes;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IndexedConstraintRulesTest {

    private static final String UNIQUE = "add-unique-constraint-without-index";
    private static final String PRIMARY = "add-primary-key-without-index";
    private static final String EXCLUSION = "add-exclusion-constraint";

    @Test
    void a_unique_constraint_builds_its_index_under_the_lock() {
        finds(UNIQUE, "alter table t add unique (x)");
        finds(UNIQUE, "alter table t add column x int unique");
        passes(UNIQUE, "alter table t add constraint u unique using index i");
        passes(UNIQUE, "create table t (x int); alter table t add unique (x)");
    }

    @Test
    void the_remedy_keeps_what_the_constraint_says() {
        assertThat(finds(
                                UNIQUE,
                                "alter table a.t add constraint u unique nulls not distinct (x, \"Y\") include (z) deferrable"
                                        + " initially deferred")
                        .remedy())
                .isEqualTo("create unique index concurrently u on a.t (x, \"Y\") include (z) nulls not distinct;\n"
                        + "alter table a.t add constraint u unique using index u deferrable initially deferred;");
    }

    @Test
    void a_partitioned_table_takes_no_index() {
        Finding finding =
                finds(UNIQUE, "create table a.p (x int) partition by range (x)", "alter table a.p add unique (x)");
        assertThat(finding.fix()).isEmpty();
        assertThat(finding.remedy())
                .contains("on only a.p (x)")
                .contains("alter index a.p_x_key attach partition partition_1_key");
    }

    @Test
    void a_primary_key_builds_its_index_under_the_lock() {
        finds(PRIMARY, "alter table t add primary key (x)");
        finds(PRIMARY, "alter table t add column x int default 1 primary key");
        passes(PRIMARY, "create table t (x int); alter table t add primary key (x)");
    }

    @Test
    void a_primary_key_on_an_index_reads_the_table_when_a_column_may_be_null() {
        String index = "create unique index concurrently i on t (x, y)";
        String key = "alter table t add constraint k primary key using index i";
        finds(PRIMARY, "create table t (x int not null, y int)", index, key);
        passes(PRIMARY, "create table t (x int not null, y int not null)", index, key);
        passes(PRIMARY, "create table t (x int not null, y int check (y is not null))", index, key);
        passes(PRIMARY, key);
    }

    @Test
    void the_remedy_makes_columns_not_null_first_where_they_may_be_null() {
        assertThat(finds(PRIMARY, "create table t (x int, y int not null)", "alter table t add primary key (x, y)")
                        .remedy())
                .isEqualTo("""
                        alter table t add constraint t_x_present check (x is not null) not valid;
                        alter table t validate constraint t_x_present;
                        alter table t alter column x set not null;
                        alter table t drop constraint t_x_present;
                        create unique index concurrently t_pkey on t (x, y);
                        alter table t add constraint t_pkey primary key using index t_pkey;""");
    }

    @Test
    void an_exclusion_constraint_has_no_easy_way() {
        finds(EXCLUSION, "alter table t add exclude using gist (r with &&)");
        finds(EXCLUSION, "alter table t add constraint k primary key (x, r without overlaps)");
        passes(PRIMARY, "alter table t add constraint k primary key (x, r without overlaps)");
        passes(EXCLUSION, "create table t (r int4range); alter table t add exclude using gist (r with &&)");
    }
}
