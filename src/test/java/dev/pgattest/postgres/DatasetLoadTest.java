package dev.pgattest.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.dataset.Dataset;
import dev.pgattest.dataset.DatasetYaml;
import dev.pgattest.testing.TestCluster;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Loading takes keys, indexes, references and triggers off and must put every property of them back. */
class DatasetLoadTest {

    private static final String LONG = "n".repeat(63);

    private static final String SCHEMA = """
            create extension btree_gist;
            create role loader_app;
            create table "Käufer" ("Id" bigint constraint "Käufer Schlüssel" primary key, kind text not null, note text);
            create table %1$s (id bigint, a int, b int, c text, period int4range,
                owner bigint constraint owned references "Käufer" on delete cascade deferrable initially deferred,
                constraint plain_key primary key (id) include (a) with (fillfactor = 70),
                constraint late unique (a, id) deferrable initially deferred,
                constraint nulls_once unique nulls not distinct (id, b),
                exclude using gist (id with =, period with &&) where (a > 5));
            create table outside (id bigint primary key, target bigint);
            alter table outside add foreign key (target) references "Käufer" on update cascade not valid;
            create table by_unique_index (id bigint);
            create unique index "Mixed Case" on %1$s (id desc nulls last);
            alter table by_unique_index add foreign key (id) references %1$s (id);
            create index partial on %1$s (b) where c is not null;
            create index expression on %1$s (lower(c), (a + b));
            create index covering on %1$s (a) include (b, c) with (fillfactor = 50, deduplicate_items = off);
            create index pattern on %1$s (c text_pattern_ops, a desc nulls first);
            create index blocks on %1$s using brin (a) with (pages_per_range = 4);
            create index collated on %1$s (c collate "C");
            alter index expression alter column 1 set statistics 500;
            alter table %1$s cluster on covering;
            alter table %1$s replica identity using index "Mixed Case";
            comment on index partial is 'it''s; partial';
            comment on constraint late on %1$s is 'a constraint';
            comment on index plain_key is 'an index';
            comment on constraint owned on %1$s is 'a reference';
            create function forbid() returns trigger language plpgsql as $$ begin raise 'a trigger ran'; end $$;
            create trigger plain before insert on %1$s for each row execute function forbid();
            create trigger always before insert on %1$s for each row execute function forbid();
            create trigger disabled before insert on %1$s for each row execute function forbid();
            create trigger replica before insert on %1$s for each row execute function forbid();
            alter table %1$s enable always trigger always, disable trigger disabled, enable replica trigger replica;
            comment on trigger plain on %1$s is 'a trigger';
            alter table %1$s enable row level security, force row level security;
            create policy own on %1$s to loader_app using (a = 1);
            create view grouped as select "Id", kind, note from "Käufer" group by "Id";
            create materialized view counted as select a, count(*) from %1$s group by a;
            create unique index on counted (a);
            create view seen as select count from counted;
            create materialized view "Above" as select sum(count) from seen;
            """.formatted(LONG);

    private static final Dataset DATASET = DatasetYaml.dataset("""
            profiles:
              small: {seed: 3, rows: {"Käufer": 40, %1$s: 2000}}
            tables:
              "Käufer":
                columns:
                  Id: {type: bigint, identifier: {}}
                  kind: {type: text, constant: x}
              %1$s:
                columns:
                  id: {type: bigint, identifier: {}}
                  a: {type: integer, uniform: {min: 1, max: 50}}
                  c: {type: text, characters: {length: 300}}
                  owner: {type: bigint, reference: {table: "Käufer", column: Id}}
            """.formatted(LONG));

    private static final String LAYOUT =
            "select md5(string_agg(id::text || ctid::text, ',' order by ctid)) from " + LONG;

    @Test
    void every_object_is_put_back_exactly_and_the_rows_lie_alike_from_one_and_two_connections() {
        Connections one = TestCluster.freshDatabase();
        Connections two = TestCluster.freshDatabase();
        try (Session first = one.open();
                Session second = two.open()) {
            first.execute(SCHEMA);
            second.execute(SCHEMA.replace("create role loader_app;", ""));
            SchemaFingerprint before = SchemaFingerprint.read(first);

            Map<String, Double> buildMs = new DatasetLoad(one::open, 1, LoadProgress.SILENT).run(DATASET);
            new DatasetLoad(two::open, 2, LoadProgress.SILENT).run(DATASET);

            assertThat(before.differences(SchemaFingerprint.read(first))).isEmpty();
            assertThat(before.differences(SchemaFingerprint.read(second))).isEmpty();
            assertThat(first.text("select count(*) from \"Käufer\"")).isEqualTo("40");
            assertThat(first.text("select count(*) from " + LONG)).isEqualTo("2000");
            assertThat(first.text(LAYOUT)).isEqualTo(second.text(LAYOUT));
            assertThat(first.text("select * from \"Above\""))
                    .as("materialized views are refreshed, each after those that it reads")
                    .isEqualTo("2000");
            assertThat(buildMs).containsKeys("public.partial", "public.\"Mixed Case\"", "public.nulls_once");
            assertThat(buildMs).doesNotContainKey("public.outside_pkey");
            assertThat(first.text("select count(*) from pg_class where relname = '" + LONG + "' and relallvisible > 0"))
                    .as("vacuumed")
                    .isEqualTo("1");
        }
    }

    @Test
    void partitioned_tables_and_tables_that_they_refer_to_are_loaded() {
        Connections connections = TestCluster.freshDatabase();
        Dataset dataset = DatasetYaml.dataset("""
                profiles:
                  small: {seed: 3, rows: {owners: 10, facts: 100}}
                tables:
                  owners:
                    columns:
                      id: {type: bigint, identifier: {}}
                  facts:
                    columns:
                      id: {type: bigint, identifier: {}}
                      owner: {type: bigint, reference: {table: owners, column: id}}
                """);
        try (Session session = connections.open()) {
            session.execute("""
                    create table owners (id bigint primary key);
                    create table facts (id bigint primary key, owner bigint constraint owned references owners) partition by range (id);
                    create table facts_low partition of facts for values from (minvalue) to (50);
                    create table facts_high partition of facts for values from (50) to (maxvalue);
                    create index facts_owner on facts (owner);
                    create table notes (fact bigint references facts);
                    """);
            SchemaFingerprint before = SchemaFingerprint.read(session);

            new DatasetLoad(connections::open, 2, LoadProgress.SILENT).run(dataset);

            assertThat(before.differences(SchemaFingerprint.read(session))).isEmpty();
            assertThat(session.text("select count(*) from facts")).isEqualTo("100");
            assertThat(session.text("select count(*) > 0 from facts_low")).isEqualTo("t");
        }
    }

    @Test
    void what_a_key_forbids_ends_the_load_with_the_name_of_the_key() {
        Connections connections = TestCluster.freshDatabase();
        try (Session session = connections.open()) {
            session.execute("create table twice (id bigint unique)");
            Dataset dataset = DatasetYaml.dataset("""
                    profiles:
                      small: {seed: 3, rows: {twice: 2}}
                    tables:
                      twice: {columns: {id: {type: bigint, constant: 1}}}
                    """);

            SqlFailure failure = Failures.of(
                    SqlFailure.class, () -> new DatasetLoad(connections::open, 2, LoadProgress.SILENT).run(dataset));

            assertThat(failure.sqlState()).isEqualTo("23505");
            assertThat(failure).hasMessageContaining("twice_id_key");
        }
    }
}
