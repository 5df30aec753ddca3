package dev.pgattest.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.postgres.CanonicalDefinitions.Answer;
import dev.pgattest.postgres.CanonicalDefinitions.Definition;
import dev.pgattest.schema.IndexDefinition;
import dev.pgattest.schema.IndexDefinition.Backing;
import dev.pgattest.schema.IndexDefinition.Uniqueness;
import dev.pgattest.schema.IndexStatement;
import dev.pgattest.sql.QualifiedName;
import dev.pgattest.testing.TestCluster;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CanonicalDefinitionsTest {

    private static final String LONG = "a_name_of_sixty_three_bytes_which_is_the_longest_that_there_is_";

    /** What stands behind {@code create}: an index on a table of its own spelling. */
    private static final List<String> CORPUS = List.of(
            "index on orders (status)",
            "index on public.orders (status)",
            "index on only orders (status)",
            "index concurrently if not exists i on orders (status)",
            "index on orders (id, status desc, placed_at desc nulls last)",
            "index on orders (status nulls first)",
            "unique index on orders (id)",
            "unique index on orders (id, status) nulls not distinct",
            "index on orders (id) include (status, note)",
            "index on orders (id) include (note, status)",
            "index on orders (id) where status in ('open', 'paid')",
            "index on orders (id) where status not in ('open', 'paid')",
            "index on orders (id) where status = 'open'",
            "index on orders (id) where status = any (array['open', 'paid'])",
            "index on orders (id) where status::text = any (array['open', 'paid']::text[])",
            "index on orders (id) where status <> all ('{open,paid}'::varchar[])",
            "index on orders (id) where orders.status like 'o%'",
            "index on orders (id) where public.orders.status ilike 'o%'",
            "index on orders (id) where note similar to '(a|b)%'",
            "index on orders (id) where amount between 1 and 10",
            "index on orders (id) where amount between symmetric 10 and 1",
            "index on orders (id) where amount > 10 and (status = 'open' or note is not null)",
            "index on orders (id) where amount > 10 and status = 'open' and note is null",
            "index on orders (id) where not paid",
            "index on orders (id) where paid is true",
            "index on orders (id) where paid is not false and (amount, total) > (1, 2)",
            "index on orders (id) where (amount) is distinct from 3",
            "index on orders (id) where placed_at >= '2024-01-01'",
            "index on orders (id) where placed_at >= timestamptz '2024-01-01 00:00+00' and amount = 1 + 1",
            "index on orders (id) where tags @> array['a', 'b']",
            "index on orders (id) where attributes @> '{\"a\": 1}' and attributes ? 'key'",
            "index on orders (id) where attributes ->> 'state' in ('a')",
            "index on orders (id) where mood = 'sad'",
            "index on orders (id) where mood in ('sad', 'ok')",
            "index on orders (id) where nullif(note, '') is not null",
            "index on orders (id) where coalesce(note, status) = 'x'",
            "index on orders (id) where case when paid then amount > 1 else false end",
            "index on orders (id) where char_length(trim(both from note)) > 3",
            "index on orders (id) where extract(year from day) = 2024",
            "index on orders (id) where tools.is_even(amount)",
            "index on orders (id) where exists_note(note)",
            "index on orders (lower(note))",
            "index on orders ((note))",
            "index on orders ((lower(note) || '-' || status))",
            "index on orders ((note || 'x') text_pattern_ops)",
            "index on orders ((amount + total) desc, (amount * 2))",
            "index on orders (((placed_at at time zone 'UTC')::date))",
            "index on orders ((cast(amount as numeric(10, 2))))",
            "index on orders ((attributes ->> 'a'), (attributes #>> '{b,c}'))",
            "index on orders ((amount::tools.cents))",
            "index on orders (tools.twice(amount))",
            "index on orders (date_trunc('day', placed_at, 'UTC'))",
            "index on orders (substring(note from 1 for 3))",
            "index on orders ((row(amount, total) is null))",
            "index on orders (total)",
            "index on orders (note collate \"C\")",
            "index on orders (note collate tools.\"Groß\" text_pattern_ops desc)",
            "index on orders ((note collate \"POSIX\") collate \"C\")",
            "index on orders (note text_ops)",
            "index on orders (note pg_catalog.text_pattern_ops)",
            "index on orders (amount tools.backwards)",
            "index on orders using hash (note)",
            "index on orders using gin (tags)",
            "index on orders using gin (attributes jsonb_path_ops) with (fastupdate = off)",
            "index on orders using gin (to_tsvector('english', note))",
            "index on orders using gist (during, spot point_ops)",
            "index on orders using gist (to_tsvector('simple', note) tsvector_ops (siglen = 100))",
            "index on orders using spgist (note)",
            "index on orders using brin (placed_at timestamptz_minmax_multi_ops (values_per_range = 16), amount) with (pages_per_range = 8, autosummarize)",
            "index on orders (id) with (fillfactor = 70, deduplicate_items = off)",
            "index on orders (id) tablespace pg_default where amount > 1",
            "unique index on orders (id) include (note) nulls not distinct with (fillfactor = 50) where status in ('x', 'y')",
            "index on \"Läden\".\"Große Tabelle\" (\"Straße\", \"select\") where \"Größe\" in ('ä', 'ö''ß')",
            "index on \"Läden\".\"Große Tabelle\" (lower(\"Große Tabelle\".\"Straße\")) where \"Läden\".\"Große Tabelle\".\"Größe\" > 'ß'",
            "index on \"Läden\".\"Große Tabelle\" (\"a\"\"b\", \"a\"\"b\" desc)",
            "index on " + LONG + " (" + LONG + ", id) where " + LONG + "." + LONG + " in ('a', 'b')",
            "index on \" using \" (\" on \") where \" on \" in ('a', 'b')",
            "index on date (day) where stamp::date > '2024-01-01'",
            "index on sale (shop, day desc) where shop in ('a', 'b')",
            "index on sale_2026 (shop) where shop in ('a', 'b')",
            "unique index on totals (status) where status in ('open', 'paid')",
            "index on generated (doubled, ((doubled + 1))) where doubled in (1, 2)");

    private final Session session = TestCluster.freshDatabase().open();

    @BeforeAll
    void makeTables() {
        session.execute("""
                create schema tools;
                create domain tools.cents as bigint check (value >= 0);
                create collation tools."Groß" (provider = libc, locale = 'C');
                create function tools.twice(n bigint) returns bigint language sql immutable as 'select n * 2';
                create function tools.is_even(n bigint) returns boolean language sql immutable as 'select mod(n, 2) = 0';
                create function exists_note(t text) returns boolean language sql immutable as 'select t is not null';
                create function tools.backwards(a bigint, b bigint) returns int language sql immutable
                    as 'select pg_catalog.btint8cmp(b, a)';
                create operator class tools.backwards for type bigint using btree as
                    operator 1 >, operator 2 >=, operator 3 =, operator 4 <=, operator 5 <, function 1 tools.backwards(bigint, bigint);
                create type mood as enum ('sad', 'ok');
                create table orders (
                    gone int, id bigint not null, status varchar(10), note text, amount bigint, total bigint, paid boolean,
                    placed_at timestamptz, day date, tags text[], attributes jsonb, mood mood, during int4range, spot point);
                alter table orders drop column gone;
                create schema "Läden";
                create table "Läden"."Große Tabelle" ("Straße" text, "Größe" varchar(3), "select" int, "a""b" int);
                create table %1$s (id int, %1$s varchar);
                create table " using " (" on " varchar);
                create table date (day date, stamp timestamp);
                create table sale (shop varchar, day date) partition by range (day);
                create table sale_2026 partition of sale for values from ('2026-01-01') to ('2027-01-01');
                create materialized view totals as select status, sum(amount) as amount from orders group by status;
                create table generated (id int, doubled int generated always as (id * 2) stored);
                """.formatted(LONG));
    }

    @AfterAll
    void close() {
        session.close();
    }

    @Test
    void what_a_user_writes_and_what_the_server_prints_of_it_is_the_same() {
        assertThat(CORPUS).hasSizeGreaterThanOrEqualTo(60);
        List<String> different = new ArrayList<>();
        for (String text : CORPUS) {
            IndexStatement written = statement("create " + text);
            String printed = printed(text);
            IndexStatement stored = statement(printed);
            List<Definition> canonical = canonical(stored.table(), written, stored);
            if (!canonical.get(0).definition().equals(canonical.get(1).definition())
                    || !canonical
                            .get(0)
                            .statement()
                            .after()
                            .equals(canonical.get(1).statement().after())) {
                different.add(text + "\n  " + printed + "\n  " + canonical);
            }
        }
        assertThat(different).isEmpty();
    }

    /** Where the server cannot be asked, the grammar and leaving casts out must do. */
    @Test
    void what_a_user_writes_and_what_the_server_prints_of_it_differ_in_casts_alone() {
        List<String> different = new ArrayList<>();
        // Only the server knows what the default is of a type, and how it reads a constant.
        List<String> unknowable = List.of("symmetric", "placed_at >=", "note text_ops", "POSIX");
        for (String text : CORPUS) {
            IndexDefinition written = statement("create " + text).definition();
            IndexDefinition stored = statement(printed(text)).definition();
            boolean same = written.withoutCasts().equals(stored.withoutCasts());
            if (same == unknowable.stream().anyMatch(text::contains)) {
                different.add(text + "\n  " + printed(text));
            }
        }
        assertThat(different).isEmpty();
    }

    /** What the server keeps of an index on the table itself. */
    private String printed(String text) {
        String plain = text.replace(" concurrently if not exists", "");
        session.execute("begin; create " + plain);
        try {
            return session.text("select pg_get_indexdef(max(indexrelid)) from pg_index");
        } finally {
            session.execute("rollback");
        }
    }

    @Test
    void what_means_something_else_stays_different() {
        List<String> definitions = List.of(
                "index on orders (id)",
                "index on orders (id desc)",
                "index on orders (id nulls first)",
                "unique index on orders (id)",
                "unique index on orders (id) nulls not distinct",
                "index on orders using hash (id)",
                "index on orders (id) include (note)",
                "index on orders (id, note)",
                "index on orders (note, id)",
                "index on orders (note)",
                "index on orders (note collate \"C\")",
                "index on orders (note text_pattern_ops)",
                "index on orders (lower(note))",
                "index on orders (upper(note))",
                "index on orders (amount)",
                "index on orders (amount tools.backwards)",
                "index on orders (id) where status in ('open', 'paid')",
                "index on orders (id) where status in ('open', 'paid', 'late')",
                "index on orders (id) where status not in ('open', 'paid')",
                "index on orders (id) where status = 'open'",
                "index on orders (id) where status = 'Open'",
                "index on orders (id) where amount > 10",
                "index on orders (id) where amount >= 10",
                "index on orders (id) with (fillfactor = 70)",
                "index on orders using gin (attributes)",
                "index on orders using gin (attributes jsonb_path_ops)");
        IndexStatement[] statements =
                definitions.stream().map(each -> statement("create " + each)).toArray(IndexStatement[]::new);

        List<Definition> canonical = canonical(new QualifiedName(null, "orders"), statements);

        assertThat(canonical).extracting(Definition::definition).doesNotHaveDuplicates();
    }

    @Test
    void two_spellings_of_one_definition_are_the_same() {
        List<List<String>> same = List.of(
                List.of("(id) where status in ('open', 'paid')", "(id) where status = any (array['open', 'paid'])"),
                List.of("(id) where status in ('open', 'paid')", "(id) where status in ('paid', 'open')"),
                List.of("(note)", "using btree (note collate pg_catalog.\"default\" text_ops asc nulls last)"),
                List.of("(id desc)", "(id desc nulls first)"),
                List.of("(id) include (note, status)", "(id) include (status, note)"),
                List.of("(id) where paid and amount > 1", "(id) where amount > 1 and paid"),
                List.of(
                        "(id) with (fillfactor = 70, deduplicate_items = off)",
                        "(id) with (deduplicate_items = off, fillfactor = 70)"),
                List.of("((note || 'x'))", "((note || 'x'::text) text_ops)"));
        for (List<String> pair : same) {
            List<Definition> canonical = canonical(
                    new QualifiedName("public", "orders"),
                    statement("create index on orders " + pair.get(0)),
                    statement("create index on orders " + pair.get(1)));
            assertThat(canonical.get(0).definition())
                    .as(pair.toString())
                    .isEqualTo(canonical.get(1).definition());
        }
    }

    @Test
    void a_constraint_is_what_its_index_is() {
        QualifiedName orders = new QualifiedName("public", "orders");
        List<Definition> canonical = canonical(
                orders,
                IndexStatement.constraint(
                                "k",
                                orders,
                                "primary key (id) with (fillfactor = 70) using index tablespace pg_default")
                        .orThrow(),
                IndexStatement.constraint(
                                "u", orders, "unique nulls not distinct (status, id) include (note) deferrable")
                        .orThrow(),
                IndexStatement.constraint(
                                "x", orders, "exclude using gist (during with &&) where (status in ('a', 'b'))")
                        .orThrow());

        assertThat(canonical)
                .extracting(each -> each.definition().backing())
                .containsExactly(Backing.PRIMARY_KEY, Backing.UNIQUE, Backing.EXCLUSION);
        assertThat(canonical.get(0).definition().storage()).containsEntry("fillfactor", "70");
        assertThat(canonical.get(1).definition().uniqueness()).isEqualTo(Uniqueness.DEFERRABLE);
        assertThat(canonical.get(2).definition().isPartial()).isTrue();
    }

    @Test
    void a_definition_that_the_server_refuses_says_why_and_stops_no_other() {
        List<Definition> definitions = ((Answer.Known) CanonicalDefinitions.of(
                        session,
                        new QualifiedName("public", "orders"),
                        List.of(
                                statement("create index on orders (nothing)"),
                                statement("create index on orders (id) where now() > placed_at"),
                                statement("create index on orders (id)"))))
                .definitions();

        assertThat(definitions.get(0).refusal()).contains("column \"nothing\" does not exist");
        assertThat(definitions.get(1).refusal()).contains("IMMUTABLE");
        assertThat(definitions.get(2).refusal()).isNull();
    }

    /** Every lock stronger than ACCESS SHARE would wait for this one, and time out. */
    @Test
    void takes_only_access_share_and_leaves_nothing_behind() {
        String relations = "select count(*) from pg_class";
        String before = session.text(relations);
        try (Session writer = new Connections(session.settings()).open()) {
            writer.execute("begin; lock table orders in exclusive mode");
            canonical(
                    new QualifiedName("public", "orders"),
                    statement("create index on orders (id) where status in ('a')"));
        }
        assertThat(session.text(relations)).isEqualTo(before);
        assertThat(session.text("show search_path")).isEqualTo("\"$user\", public");
        assertThat(session.text("show lock_timeout")).isEqualTo("0");
    }

    @Test
    void says_why_it_cannot_ask() {
        session.execute("""
                drop role if exists canonical_reader;
                create role canonical_reader;
                revoke temporary on database %1$s from public;
                """.formatted(session.settings().database()));
        assertThat(reason("set role canonical_reader", "public.orders")).contains("may not make temporary tables");
        session.execute("grant temporary on database " + session.settings().database() + " to canonical_reader");
        assertThat(reason("set role canonical_reader", "public.orders")).contains("may not read the table");
        assertThat(reason("set role canonical_reader", "\"Läden\".\"Große Tabelle\""))
                .contains("permission denied for schema");
        assertThat(reason("set default_transaction_read_only = on", "orders")).contains("read-only");
        assertThat(reason("select 1", "public.nothing")).contains("does not exist");
        assertThat(reason("create temporary table orders (id int)", "public.orders"))
                .contains("already exists");
        session.execute("drop owned by canonical_reader; drop role canonical_reader");
    }

    private String reason(String setting, String table) {
        try (Session own = new Connections(session.settings()).open()) {
            own.execute(setting);
            Answer answer = CanonicalDefinitions.of(
                    own, QualifiedName.parse(table).orElseThrow(), List.of(statement("create index on orders (id)")));
            return answer instanceof Answer.Unknown unknown ? unknown.reason() : "it can";
        }
    }

    private List<Definition> canonical(QualifiedName table, IndexStatement... statements) {
        Answer answer = CanonicalDefinitions.of(session, table, List.of(statements));
        assertThat(answer).isInstanceOf(Answer.Known.class);
        List<Definition> definitions = ((Answer.Known) answer).definitions();
        assertThat(definitions).extracting(Definition::refusal).containsOnlyNulls();
        return definitions;
    }

    private static IndexStatement statement(String sql) {
        return IndexStatement.parse(sql).orThrow();
    }
}
