package dev.pgattest.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.postgres.Connections;
import dev.pgattest.postgres.Session;
import dev.pgattest.postgres.SqlFailure;
import dev.pgattest.testing.TestCluster;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What the rule holds for IMMUTABLE or not, compared with what a server accepts. */
class NonImmutableTest {

    private static final String TABLE =
            "create table t (id int, at timestamptz, at3 timestamptz(3), ts timestamp, d date, s text,"
                    + " v varchar(5), j jsonb, n numeric, f float8, b boolean, tm time, ttz timetz, iv interval)";

    /** Not date_trunc() with a time zone, which PostgreSQL 18 accepts and 15 does not. */
    private static final List<String> REFUSED = List.of(
            "(now())",
            "(random())",
            "(current_date)",
            "(current_timestamp(0))",
            "(current_user)",
            "(clock_timestamp() - at)",
            "(at::date)",
            "(at3::date)",
            "(at::text)",
            "(at::time)",
            "(at::timetz)",
            "(at::timestamp)",
            "(at::varchar)",
            "(d::text)",
            "(ts::text)",
            "(ts::timestamptz)",
            "(d::timestamptz)",
            "(s::date)",
            "(s::timestamptz)",
            "(s::timestamp)",
            "(s::interval)",
            "(s::time)",
            "(v::date)",
            "(cast(s as date))",
            "(iv::text)",
            "(tm::timetz)",
            "((j ->> 'a')::date)",
            "(at::date::text)",
            "((ts at time zone 'UTC')::date)",
            "date_trunc('day', at)",
            "date_trunc('day', d)",
            "extract(epoch from at)",
            "date_part('hour', at)",
            "date(at)",
            "date(s)",
            "age(at)",
            "age(ts)",
            "to_char(at, 'YYYY')",
            "to_char(ts, 'YYYY')",
            "to_char(n, '99')",
            "to_date(s, 'YYYY')",
            "concat(s, v)",
            "concat_ws(' ', s, v)",
            "format('%s', s)",
            "to_tsvector(s)",
            "(at + interval '1 day')",
            "(at - interval '1 hour')",
            "(at - iv)",
            "lower(concat(s, v))",
            "(pg_catalog.now())",
            "(id) where at > now()",
            "(id) where at::date = '2025-01-01'",
            "(id) where d > current_date - 7",
            "(array_to_string(array[s], ','))",
            "to_jsonb(s)");

    private static final List<String> ACCEPTED = List.of(
            "(ts::date)",
            "(d::timestamp)",
            "(s::int)",
            "(n::text)",
            "(f::text)",
            "(tm::text)",
            "(b::text)",
            "(j::text)",
            "(at at time zone 'UTC')",
            "((at at time zone 'UTC')::date)",
            "(ts at time zone 'UTC')",
            "date_trunc('day', ts)",
            "date_trunc('day', at at time zone 'UTC')",
            "extract(year from ts)",
            "extract(year from d)",
            "date_part('hour', d)",
            "age(at, at)",
            "age(ts, ts)",
            "(at - at)",
            "(ts + interval '1 day')",
            "(d - interval '1 day')",
            "to_tsvector('english', s)",
            "(at::timestamptz(3))",
            "(id) where at > '2025-01-01'",
            "(id) where at > timestamptz '2025-01-01'",
            "(id) where d > '2025-01-01'::date",
            "to_timestamp(f)",
            "(s || v)",
            "lower(s)",
            "((j ->> 'a')::int)",
            "(id) where s in ('a', 'b') and at is not null",
            "date(ts)");

    @Test
    void what_a_server_refuses_is_found() {
        try (Session session = table()) {
            for (String index : REFUSED) {
                assertThat(failure(session, index)).as(index).isEqualTo("42P17");
                assertThat(finds(index)).as(index).isTrue();
            }
        }
    }

    @Test
    void what_a_server_accepts_is_not() {
        try (Session session = table()) {
            for (String index : ACCEPTED) {
                assertThat(failure(session, index)).as(index).isEmpty();
                assertThat(finds(index)).as(index).isFalse();
            }
        }
    }

    @Test
    void no_listed_function_has_an_immutable_variant() {
        try (Session session = TestCluster.server().open()) {
            Set<String> known = new TreeSet<>(session.query(
                    "select distinct proname::text from pg_proc where pronamespace = 'pg_catalog'::regnamespace"
                            + " group by proname having bool_and(provolatile <> 'i')",
                    row -> row.getString(1)));

            assertThat(known).containsAll(NonImmutable.FUNCTIONS);
        }
    }

    @Test
    void types_that_the_files_do_not_tell_prove_nothing() {
        Lint.passes("non-immutable-index-expression", "create index i on t (date_trunc('day', at))");
        Lint.passes("non-immutable-index-expression", "create index i on t ((at::date))");
    }

    @Test
    void a_function_of_another_schema_is_another_function() {
        Lint.passes("non-immutable-index-expression", "create index i on t (app.now())");
    }

    @Test
    void the_table_of_the_same_schema_counts() {
        String files = "create table a.t (at timestamptz); create table b.t (at timestamp)";
        Lint.finds("non-immutable-index-expression", files, "create index i on a.t ((at::date))");
        Lint.passes("non-immutable-index-expression", files, "create index i on b.t ((at::date))");
    }

    private static boolean finds(String index) {
        return !Lint.findings(LintSettings.DEFAULT, "non-immutable-index-expression", TABLE, indexOf(index))
                .isEmpty();
    }

    /** What stands before WHERE is one key. */
    private static String indexOf(String text) {
        int where = text.indexOf(" where ");
        String key = where < 0 ? text : text.substring(0, where);
        return "create index i on t (" + key + ")" + text.substring(key.length());
    }

    private static Session table() {
        Connections database = TestCluster.freshDatabase();
        Session session = database.open();
        session.execute(TABLE);
        return session;
    }

    private static String failure(Session session, String index) {
        try {
            session.execute(indexOf(index));
            session.execute("drop index i");
            return "";
        } catch (SqlFailure e) {
            return e.sqlState();
        }
    }

    @Test
    void functions_that_the_files_declare_are_judged_by_that() {
        String rule = "non-immutable-index-expression";
        String body =
                "create function norm(text) returns text language plpgsql %s as $$ begin return lower($1); end $$;";
        assertThat(Lint.finds(rule, body.formatted(""), "create index i on t (norm(a))")
                        .remedy())
                .endsWith("alter function norm immutable;");
        Lint.finds(rule, body.formatted("stable"), "create index i on t (norm(a))");
        Lint.passes(rule, body.formatted("immutable"), "create index i on t (norm(a))");
        Lint.passes(
                rule,
                "create function norm(text) returns text language sql as 'select lower($1)'",
                "create index i on t (norm(a))");
        Lint.finds(rule, "create index i on t (unaccent(a))");
        Lint.finds(rule, "create index i on t (lower(public.unaccent(a)))");
    }

    @Test
    void what_the_list_of_the_servers_own_functions_holds_is_there_and_not_volatile() {
        try (Session session = TestCluster.server().open()) {
            Set<String> volatiles = new TreeSet<>(session.query(
                    "select distinct proname::text from pg_catalog.pg_proc"
                            + " where pronamespace = 'pg_catalog'::regnamespace and provolatile = 'v'",
                    row -> row.getString(1)));
            Set<String> all = new TreeSet<>(session.query(
                    "select distinct proname::text from pg_catalog.pg_proc where pronamespace = 'pg_catalog'::regnamespace",
                    row -> row.getString(1)));
            assertThat(all).containsAll(ServerFunctions.names());
            assertThat(ServerFunctions.names()).doesNotContainAnyElementsOf(volatiles);
        }
    }
}
