package dev.pgattest.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.ledger.WriteFigures;
import dev.pgattest.sql.Identifier;
import dev.pgattest.sql.QualifiedName;
import dev.pgattest.testing.TestCluster;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tables that make writing on trial hard. */
class WriteTrialTest {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final String NAME = "Größe \" 63 bytes, with a dot . and a 'quote', cut off here";

    private static Session session = TestCluster.server().open();

    @BeforeAll
    static void make_tables() {
        session.close();
        session = TestCluster.freshDatabase().open();
        session.execute("set search_path = pg_catalog");
        session.execute("""
                create table public.parents (id int primary key generated always as identity, name text not null unique);
                insert into public.parents (name) select 'n' || i from generate_series(1, 50) as i;
                create table public.children (
                    parent int not null references public.parents on delete cascade deferrable initially deferred,
                    number int not null,
                    doubled int generated always as (number * 2) stored,
                    payload jsonb, plain json,
                    unique (parent, number));
                insert into public.children (parent, number, payload, plain)
                    select 1 + i % 50, i, '{}', '{}' from generate_series(1, 1000) as i;

                create table public.days (day date not null, size int not null, primary key (day, size)) partition by range (day);
                create table public.days_1 partition of public.days for values from ('2024-01-01') to ('2024-02-01');
                create table public.days_2 partition of public.days for values from ('2024-02-01') to ('2024-03-01');
                insert into public.days select date '2024-02-10', i from generate_series(1, 500) as i;
                insert into public.days select date '2024-01-10', i from generate_series(1, 10) as i;

                create function public.refuse() returns trigger language plpgsql as $$ begin return null; end $$;
                create function public.forbid() returns trigger language plpgsql as $$ begin raise 'not that one'; end $$;
                create table public.mute (id int);
                insert into public.mute select generate_series(1, 10);
                create trigger mute before insert or delete on public.mute for each row execute function public.refuse();
                create table public.kept (id int, note text);
                insert into public.kept select i, i::text from generate_series(1, 10) as i;
                create trigger forbid before delete on public.kept for each row execute function public.forbid();
                create trigger asleep before insert on public.kept for each row execute function public.forbid();
                alter table public.kept disable trigger asleep;
                create table public.empty (id int);
                create table public.single (id int primary key);
                insert into public.single values (1);
                create materialized view public.copies as select * from public.parents;
                """);
        session.execute("create schema " + quoted("S" + NAME.substring(1)) + "; create table " + name() + " ("
                + quoted(NAME) + " int, other int)");
        session.execute("insert into " + name() + " select i, i from generate_series(1, 100) as i");
        session.execute("create index on " + name() + " (" + quoted(NAME) + ")");
        session.execute("analyze");
    }

    @AfterAll
    static void close() {
        session.close();
    }

    @Test
    void rows_obey_keys_references_identity_and_generated_columns_because_they_were_there() {
        assertThat(insert("parents")).map(WriteFigures::rows).contains(25L);
        assertThat(insert("children")).map(WriteFigures::rows).contains(500L);
    }

    @Test
    void a_partitioned_table_is_written_to_through_its_largest_partition() {
        assertThat(insert("days")).map(WriteFigures::rows).contains(250L);
    }

    @Test
    void odd_names_in_a_schema_outside_of_the_search_path_are_no_hindrance() {
        QualifiedName table = new QualifiedName("S" + NAME.substring(1), "t");
        try (WriteTrial trial = WriteTrial.begin(session, table, LIMIT)) {
            assertThat(trial.takeRows()).isEmpty();
            assertThat(trial.insert()).map(WriteFigures::rows).contains(50L);
            assertThat(trial.update(NAME)).map(WriteFigures::rows).contains(50L);
            assertThat(trial.update("other")).map(WriteFigures::hotRows).contains(50L);
        }
    }

    @Test
    void a_column_that_cannot_be_changed_is_said_to_be_none() {
        try (WriteTrial trial = WriteTrial.begin(session, named("children"), LIMIT)) {
            assertThat(trial.changeableColumns()).containsExactly("number", "payload", "plain", "parent");
            assertThat(trial.takeRows()).isEmpty();
            assertThat(trial.insert()).isPresent();
            assertThat(trial.update("payload")).as("one value").isEmpty();
            assertThat(trial.update("plain")).as("no equality").isEmpty();
            assertThat(trial.update("number")).map(WriteFigures::rows).contains(500L);
        }
    }

    @Test
    void triggers_that_guard_deletes_do_not_stop_it_and_those_that_swallow_inserts_do() {
        assertThat(insert("kept")).map(WriteFigures::rows).contains(5L);
        assertThat(insert("mute")).isEmpty();
        assertThat(session.text("select string_agg(tgenabled::text, '' order by tgname) from pg_trigger"
                        + " where tgrelid = 'public.kept'::regclass"))
                .isEqualTo("DO");
    }

    @Test
    void an_empty_table_and_what_is_no_table_have_nothing_to_write() {
        assertThat(obstacle("empty")).contains("the table has no rows");
        assertThat(obstacle("copies")).contains("public.copies is no table that can be written to");
        assertThat(insert("single")).map(WriteFigures::rows).contains(1L);
    }

    @Test
    void everything_is_as_before_when_a_trial_ends() {
        List<String> before = SchemaFingerprint.read(session).lines();
        List<String> rows = contents();

        insert("children");
        insert("days");
        obstacle("empty");

        assertThat(SchemaFingerprint.read(session).lines()).isEqualTo(before);
        assertThat(contents()).isEqualTo(rows);
    }

    @Test
    void a_write_with_an_index_less_touches_fewer_buffers_and_the_index_is_still_there() {
        RemovableIndex unique = RemovableIndex.all(session).stream()
                .filter(index -> index.name().name().equals("children_parent_number_key"))
                .findFirst()
                .orElseThrow();
        long with = insert("children").orElseThrow().buffers();
        try (WriteTrial trial = WriteTrial.begin(session, named("children"), LIMIT)) {
            assertThat(trial.leaveOut(unique)).isEmpty();
            assertThat(trial.takeRows()).isEmpty();
            assertThat(trial.insert().orElseThrow().buffers()).isLessThan(with);
        }
        assertThat(RemovableIndex.all(session))
                .extracting(RemovableIndex::definition)
                .contains(unique.definition());
    }

    private static Optional<WriteFigures> insert(String table) {
        try (WriteTrial trial = WriteTrial.begin(session, named(table), LIMIT)) {
            assertThat(trial.takeRows()).isEmpty();
            return trial.insert();
        }
    }

    private static Optional<String> obstacle(String table) {
        try (WriteTrial trial = WriteTrial.begin(session, named(table), LIMIT)) {
            return trial.takeRows();
        }
    }

    private static List<String> contents() {
        return session.texts("select md5(string_agg(r::text, ',' order by r::text)) from public.children as r"
                + " union all select md5(string_agg(r::text, ',' order by r::text)) from public.days as r");
    }

    private static QualifiedName named(String table) {
        return new QualifiedName("public", table);
    }

    private static String name() {
        return quoted("S" + NAME.substring(1)) + ".t";
    }

    private static String quoted(String name) {
        return Identifier.quote(name);
    }
}
