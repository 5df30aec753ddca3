package dev.pgattest.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.testing.TestCluster;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaFingerprintTest {

    private static final String SCHEMA = """
            create table t (id int primary key, a int check (a > 0), b text);
            create index i on t (a);
            create view v as select a from t;
            create function f() returns int language sql as 'select 1';
            alter table t enable row level security;
            create policy p on t using (a = 1);
            create sequence s;
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "drop index i",
                "alter index i set (fillfactor = 50)",
                "alter index i rename to j",
                "comment on index i is 'x'",
                "comment on column t.a is 'x'",
                "alter table t alter a set statistics 7",
                "alter table t alter b set default 'x'",
                "alter table t alter b set not null",
                "alter table t force row level security",
                "alter table t set (autovacuum_enabled = off)",
                "alter table t cluster on i",
                "alter table t replica identity full",
                "alter table t add unique (b)",
                "create or replace function f() returns int language sql as 'select 2'",
                "create or replace view v as select a + 0 as a from t",
                "alter view v set (security_barrier)",
                "alter policy p on t using (a = 2)",
                "alter sequence s increment 2",
                "create statistics x on a, b from t",
                "create type e as enum ('a')",
                "grant select on t to public"
            })
    void every_change_shows_in_digest_and_differences(String change) {
        try (Session session = TestCluster.freshDatabase().open()) {
            session.execute(SCHEMA);
            SchemaFingerprint before = SchemaFingerprint.read(session);

            session.execute(change);

            SchemaFingerprint after = SchemaFingerprint.read(session);
            assertThat(after.digest()).isNotEqualTo(before.digest());
            assertThat(before.differences(after)).isNotEmpty().allMatch(line -> line.matches("(?s)[+-] .*"));
        }
    }

    @Test
    void the_same_statements_give_the_same_fingerprint_in_another_database() {
        try (Session one = TestCluster.freshDatabase().open();
                Session two = TestCluster.freshDatabase().open()) {
            one.execute(SCHEMA);
            two.execute("create table padding (id serial); drop table padding;" + SCHEMA);

            assertThat(SchemaFingerprint.read(one)).isEqualTo(SchemaFingerprint.read(two));
            assertThat(SchemaFingerprint.read(one).relations()).isEqualTo(3);
        }
    }

    @Test
    void differences_count_repeated_lines() {
        SchemaFingerprint one = new SchemaFingerprint(List.of("a", "a", "b"), "");
        SchemaFingerprint two = new SchemaFingerprint(List.of("a", "c"), "");

        assertThat(one.differences(two)).containsExactly("- a", "- b", "+ c");
        assertThat(one.differences(one)).isEmpty();
    }
}
