package dev.pgattest.lint;

import static dev.pgattest.lint.Lint.finds;
import static dev.pgattest.lint.Lint.passes;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConcurrentIndexRulesTest {

    private static final String PARTITIONED = "concurrently-on-partitioned";
    private static final String SHAPE = "drop-index-shape";
    private static final String EXISTS = "if-not-exists-accepts-invalid";
    private static final String REFRESH = "refresh-without-unique-index";
    private static final String UNIQUE = "unique-index-on-existing-table";
    private static final String PARENT = "create table a.e (at date) partition by range (at);";

    @Test
    void a_partitioned_table_is_known_with_its_schema() {
        finds(PARTITIONED, PARENT, "create index concurrently i on a.e (at)");
        finds(PARTITIONED, PARENT + "create index concurrently i on a.e (at)");
        passes(PARTITIONED, PARENT, "create index concurrently i on b.e (at)");
        passes(PARTITIONED, PARENT, "create index i on a.e (at)");
        passes(PARTITIONED, "create index concurrently i on t (x)");
    }

    @Test
    void a_partition_takes_it_unless_it_is_partitioned_again() {
        String parts = PARENT + "create table p partition of a.e default;"
                + "create table q partition of a.e for values from ('2024-01-01') to ('2025-01-01') partition by hash (at);";
        passes(PARTITIONED, parts, "create index concurrently i on p (at)");
        finds(PARTITIONED, parts, "create index concurrently i on q (at)");
    }

    @Test
    void on_only_counts_unless_the_table_is_known_to_be_an_ordinary_one() {
        finds(PARTITIONED, "create index concurrently i on only t (x)");
        finds(PARTITIONED, PARENT, "create index concurrently i on only a.e (at)");
        passes(PARTITIONED, "create table t (x int)", "create index concurrently i on only t (x)");
    }

    @Test
    void unknown_partitions_are_written_as_an_example() {
        assertThat(finds(PARTITIONED, "create unique index concurrently if not exists i on only \"T\" (x)")
                        .remedy())
                .contains("create unique index i on only \"T\" (x);")
                .contains("create unique index concurrently part_i on part (x);")
                .contains("alter index i attach partition part_i;");
    }

    @Test
    void the_index_of_a_partitioned_table_cannot_be_dropped_concurrently() {
        String index = PARENT + "create index i on a.e (at);";
        finds(PARTITIONED, index, "drop index concurrently a.i");
        passes(PARTITIONED, index, "drop index concurrently i");
        passes(PARTITIONED, index, "drop index a.i");
    }

    @Test
    void one_index_a_statement_without_cascade() {
        Finding finding = finds(SHAPE, "drop index concurrently if exists i, a.j cascade");

        assertThat(finding.remedy())
                .isEqualTo("drop index concurrently if exists i;\ndrop index concurrently if exists a.j;");
        assertThat(finding.fix()).hasSize(1);
        finds(SHAPE, "drop index concurrently i cascade");
        passes(SHAPE, "drop index concurrently i");
        passes(SHAPE, "drop index concurrently i restrict");
        passes(SHAPE, "drop index i, j cascade");
    }

    @Test
    void if_not_exists_passes_behind_a_drop_or_with_a_look_at_the_catalog() {
        String create = "create index concurrently if not exists i on t (x);";
        assertThat(finds(EXISTS, create).remedy())
                .isEqualTo("drop index concurrently if exists i;\ncreate index concurrently i on t (x);");
        finds(EXISTS, "drop index concurrently if exists j;" + create);
        finds(EXISTS, create + "drop index concurrently if exists i;");
        passes(EXISTS, "drop index concurrently if exists i;" + create);
        passes(EXISTS, "drop index if exists public.i;" + create);
        passes(EXISTS, create + "select 1 / count(*) from pg_index where indisvalid and indexrelid = 'i'::regclass;");
        passes(
                EXISTS,
                "do $$ begin if exists (select from pg_index where not indisvalid) then raise 'x'; end if; end $$;"
                        + create);
        passes(EXISTS, "create index if not exists i on t (x)");
        passes(EXISTS, "create index concurrently i on t (x)");
    }

    @Test
    void the_drop_that_it_advises_names_the_schema() {
        assertThat(finds(EXISTS, "CREATE INDEX CONCURRENTLY IF NOT EXISTS \"I\" ON a.t (x)")
                        .remedy())
                .isEqualTo("DROP INDEX CONCURRENTLY IF EXISTS a.\"I\";\nCREATE INDEX CONCURRENTLY \"I\" ON a.t (x);");
    }

    @Test
    void placeholders_of_migration_tools_stay_what_they_are() {
        assertThat(finds(EXISTS, "create index concurrently if not exists ${name} on ${schema}.t (x)")
                        .remedy())
                .isEqualTo("drop index concurrently if exists ${schema}.${name};\n"
                        + "create index concurrently ${name} on ${schema}.t (x);");
        assertThat(finds(UNIQUE, "create unique index i on ${schema}.t using btree (x)")
                        .remedy())
                .startsWith("select x, count(*) from ${schema}.t where x is not null");
    }

    @Test
    void a_concurrent_refresh_needs_a_unique_index_on_columns_of_all_rows() {
        String view = "create materialized view a.v as select 1 as x;";
        String refresh = "refresh materialized view concurrently a.v";
        finds(REFRESH, view, refresh);
        finds(REFRESH, view + "create index i on a.v (x)", refresh);
        finds(REFRESH, view + "create unique index i on a.v (x) where x > 0", refresh);
        finds(REFRESH, view + "create unique index i on a.v ((x + 1))", refresh);
        finds(REFRESH, view + "create unique index i on a.v (x); drop index a.i", refresh);
        passes(REFRESH, view + "create unique index i on a.v (x)", refresh);
        passes(
                REFRESH,
                view + "create unique index i on a.v (x); alter materialized view a.v rename to w",
                "refresh materialized view concurrently a.w");
        passes(REFRESH, refresh);
        passes(REFRESH, view, "refresh materialized view a.v");
    }

    @Test
    void duplicates_are_looked_for_first() {
        String create = "create unique index concurrently i on t (x);";
        assertThat(finds(UNIQUE, create).remedy())
                .startsWith("select x, count(*) from t where x is not null group by x having count(*) > 1;");
        finds(UNIQUE, "select x from u group by x having count(*) > 1;" + create);
        finds(UNIQUE, create + "delete from t where false;");
        passes(UNIQUE, "select x from t group by x having count(*) > 1;" + create);
        passes(UNIQUE, "delete from t using t as o where o.x = t.x and o.id < t.id;" + create);
        passes(
                UNIQUE,
                "do $$ begin if exists (select from t group by x having count(*) > 1) then raise 'x'; end if; end $$;"
                        + create);
        passes(UNIQUE, "create table t (x int);" + create);
        passes(UNIQUE, "create index i on t (x)");
    }

    @Test
    void a_unique_index_that_includes_unique_columns_cannot_fail() {
        String table = "create table t (id int primary key, x int);";
        passes(UNIQUE, table, "create unique index i on t (id, x)");
        passes(UNIQUE, table, "create unique index i on t (x, id)");
        finds(UNIQUE, table, "create unique index i on t (x)");
        passes(UNIQUE, table + "create unique index j on t (x)", "create unique index i on t (x, id)");
        finds(UNIQUE, table + "create unique index j on t (x) where x > 0", "create unique index i on t (x)");
    }

    @Test
    void findings_are_one_a_statement() {
        List<Finding> found = Lint.findings(
                LintSettings.DEFAULT, UNIQUE, "create unique index i on t (x); create unique index j on t (y, z)");
        assertThat(found).hasSize(2);
        assertThat(found.get(1).remedy()).startsWith("select y, z, count(*) from t group by y, z having count(*) > 1;");
    }

    @Test
    void duplicates_are_looked_for_by_the_keys_and_the_predicate_of_the_index() {
        assertThat(finds(
                                "unique-index-on-existing-table",
                                "create unique index concurrently i on a.t (lower(email) text_pattern_ops, (x || y) desc, \"Z\") where active")
                        .remedy())
                .startsWith("select lower(email), (x || y), \"Z\", count(*) from a.t where (active)"
                        + " group by lower(email), (x || y), \"Z\" having count(*) > 1;");
        assertThat(finds("unique-index-on-existing-table", "create unique index i on t (lower(email))")
                        .remedy())
                .startsWith(
                        "select lower(email), count(*) from t where lower(email) is not null group by lower(email)");
    }
}
