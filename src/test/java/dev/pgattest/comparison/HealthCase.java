package dev.pgattest.comparison;

import java.util.List;

/**
 * A schema with something in it that health checks may report.
 *
 * @param name of the schema
 * @param what is in it, for people
 * @param sql that makes it, in that schema
 * @param why the two programs differ about it; empty when they do not
 */
record HealthCase(String name, String what, String sql, String why) {

    private static final String REFERENCED =
            "create table r (a int, b int, primary key (a, b)); create table s (a int primary key);";

    static final List<HealthCase> ALL = List.of(
            new HealthCase(
                    "equal",
                    "two equal B-trees",
                    "create table t (a int); create index i on t (a); create index j on t (a);",
                    ""),
            new HealthCase(
                    "prefix",
                    "indexes on (a) and (a, b)",
                    "create table t (a int, b int); create index i on t (a); create index j on t (a, b);",
                    ""),
            new HealthCase(
                    "key",
                    "a primary key, and a unique index on the same column",
                    "create table t (a int primary key); create unique index i on t (a);",
                    ""),
            new HealthCase(
                    "included",
                    "indexes on (a) INCLUDE (b) and on (a, b)",
                    "create table t (a int, b int); create index i on t (a) include (b); create index j on t (a, b);",
                    "the second carries b as well, as a key; pg-index-health takes an included column for a key"),
            new HealthCase(
                    "reversed",
                    "indexes on (a) and (a desc)",
                    "create table t (a int); create index i on t (a); create index j on t (a desc);",
                    ""),
            new HealthCase(
                    "mixed_order",
                    "indexes on (a, b) and (a, b desc)",
                    "create table t (a int, b int); create index i on t (a, b); create index j on t (a, b desc);",
                    "they sort differently: neither can replace the other for ORDER BY a, b or ORDER BY a, b DESC"),
            new HealthCase(
                    "methods",
                    "a hash index on (a) and a B-tree on (a, b)",
                    "create table t (a int, b int); create index i on t using hash (a); create index j on t (a, b);",
                    "access methods are not interchangeable, so pgattest leaves the choice to the reader"),
            new HealthCase(
                    "classes",
                    "indexes on (a text_pattern_ops) and on (a, b)",
                    "create table t (a text, b int); create index i on t (a text_pattern_ops); create index j on t (a, b);",
                    "the first serves LIKE 'x%', which the second cannot in most collations"),
            new HealthCase(
                    "expressions",
                    "indexes on (lower(a)) and on (upper(a), b)",
                    "create table t (a text, b int); create index i on t (lower(a)); create index j on t (upper(a), b);",
                    "they are different expressions; pg-index-health compares column numbers, and every expression has the number 0"),
            new HealthCase(
                    "uniqueness",
                    "a unique index on (a), and an index on (a, b)",
                    "create table t (a int, b int); create unique index i on t (a); create index j on t (a, b);",
                    "without the unique index nothing would refuse equal values"),
            new HealthCase(
                    "predicate_texts",
                    "two partial indexes whose conditions mean the same, IN and = ANY",
                    "create table t (a int, b int); create index i on t (a) where b in (1, 2); create index j on t (a) where b = any (array[2, 1]);",
                    "pgattest compares parsed conditions, pg-index-health their texts"),
            new HealthCase(
                    "invalid",
                    "an index whose concurrent build failed",
                    "create table t (a int); insert into t values (1), (1); create unique index concurrently i on t (a);",
                    ""),
            new HealthCase(
                    "no_key_index",
                    "a foreign key without any index",
                    REFERENCED + "create table t (a int references s);",
                    ""),
            new HealthCase(
                    "partial_key_index",
                    "a foreign key with a partial index",
                    REFERENCED
                            + "create table t (a int references s, gone bool); create index i on t (a) where not gone;",
                    "the index does not hold all rows that refer, so deleting a referenced row cannot use it"),
            new HealthCase(
                    "brin_key_index",
                    "a foreign key with a BRIN index",
                    REFERENCED + "create table t (a int references s); create index i on t using brin (a);",
                    "a BRIN index finds ranges of pages; every deletion still reads a part of the table"),
            new HealthCase(
                    "key_with_gap",
                    "a foreign key (a, b) with an index on (a, c, b)",
                    REFERENCED
                            + "create table t (a int, b int, c int, foreign key (a, b) references r); create index i on t (a, c, b);",
                    "only a narrows the scan; with few values of a it reads most of the index"),
            new HealthCase(
                    "key_turned",
                    "a foreign key (a, b) with an index on (b, a)",
                    REFERENCED
                            + "create table t (a int, b int, foreign key (a, b) references r); create index i on t (b, a);",
                    "both columns are compared by =, so their order in the index does not matter"),
            new HealthCase(
                    "unused",
                    "an index that was never scanned",
                    "create table t (a int, b int); create index i on t (a);",
                    ""),
            new HealthCase(
                    "exclusion",
                    "an exclusion constraint that was never scanned",
                    "create table t (during int4range, exclude using gist (during with &&));",
                    "the index is the constraint"),
            new HealthCase(
                    "partitions",
                    "a partitioned table whose index is used in one of its partitions only",
                    "create table t (a int, b int) partition by list (b); create table t1 partition of t for values in (1);"
                            + "create table t2 partition of t for values in (2); create index i on t (a);"
                            + "set enable_seqscan = off; do $$ begin for n in 1..60 loop perform from t where a = 1 and b = 1; end loop; end $$;"
                            + "reset enable_seqscan;",
                    "a part cannot be dropped alone, and the whole is in use"),
            new HealthCase(
                    "rarely_used",
                    "an index that was scanned ten times",
                    "create table t (a int, b int); create index i on t (a); insert into t select i, i from generate_series(1, 1000) as i;"
                            + "analyze t; set enable_seqscan = off; set enable_bitmapscan = off;"
                            + "do $$ begin for n in 1..10 loop perform from t where a = n; end loop; end $$;"
                            + "reset enable_seqscan; reset enable_bitmapscan;",
                    "pg-index-health calls fewer than 50 scans unused; ten may be the report of every quarter. And an index of five pages that was "
                            + "just built holds no air worth a rebuild"),
            new HealthCase(
                    "small_table",
                    "a table of ten rows that was read from end to end 200 times",
                    "create table t (a int); insert into t select generate_series(1, 10);"
                            + "do $$ begin for n in 1..200 loop perform count(*) from t; end loop; end $$;",
                    "a small table is rightly read from end to end; pgattest looks at tables from 8 MB on"),
            new HealthCase(
                    "small_bloat",
                    "an index of 1 MB of which 99 % are air",
                    "create table t (a int); create index i on t (a); insert into t select generate_series(1, 50000);"
                            + "delete from t where a % 100 <> 0;",
                    "rebuilding it would win 1 MB; pgattest reports from 10 MB on"),
            new HealthCase(
                    "sequence",
                    "a sequence of smallint at 99 %",
                    "create sequence q as smallint; select setval('q', 32500);",
                    ""),
            new HealthCase(
                    "sequence_column",
                    "a sequence of bigint that fills a column of integer, at 99 % of what that holds",
                    "create sequence q; create table t (a int primary key default nextval('q')); select setval('q', 2140000000);",
                    "the column is full long before the sequence is"));
}
