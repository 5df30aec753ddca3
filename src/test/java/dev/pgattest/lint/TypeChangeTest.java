package dev.pgattest.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.postgres.Session;
import dev.pgattest.postgres.SqlFailure;
import dev.pgattest.sql.Grammar;
import dev.pgattest.sql.ParseNode;
import dev.pgattest.sql.SyntaxTree;
import dev.pgattest.testing.TestCluster;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of a change of types is what a server does, for every pair of types of a family. */
class TypeChangeTest {

    private static final List<List<String>> FAMILIES = List.of(
            List.of("smallint", "integer", "bigint", "real", "double precision", "money", "oid"),
            List.of("integer", "numeric", "numeric(10,2)", "numeric(12,2)", "numeric(12,4)", "numeric(10)"),
            List.of("text", "varchar", "varchar(10)", "varchar(20)", "char(10)", "char(20)", "name", "citext", "xml"),
            List.of("text[]", "varchar[]", "varchar(10)[]", "varchar(20)[]", "integer[]", "bigint[]"),
            List.of("time", "time(3)", "time with time zone", "interval", "interval(3)"),
            List.of("bit(4)", "bit(8)", "varbit", "varbit(4)", "varbit(8)"),
            List.of("text", "json", "jsonb", "uuid", "bytea", "inet", "cidr", "boolean"));

    private static final List<String> TIMES =
            List.of("date", "timestamp", "timestamp(0)", "timestamp(3)", "timestamptz", "timestamptz(3)");

    @Test
    void it_is_as_the_server_does_it_in_a_time_zone_and_in_utc() {
        List<String> wrong = new ArrayList<>();
        try (Session session = TestCluster.freshDatabase().open()) {
            session.execute("create extension citext");
            FAMILIES.forEach(types -> compare(session, "Europe/Vienna", types, wrong));
            List.of("Europe/Vienna", "UTC").forEach(zone -> compare(session, zone, TIMES, wrong));
        }
        assertThat(wrong).isEmpty();
    }

    private static void compare(Session session, String zone, List<String> types, List<String> wrong) {
        session.execute("set timezone = '" + zone + "'");
        for (String from : types) {
            session.execute("drop table if exists t");
            session.execute("create table t (c " + from + ")");
            types.forEach(to -> compare(session, zone, from, to, wrong));
        }
    }

    private static void compare(Session session, String zone, String from, String to, List<String> wrong) {
        for (String using : List.of("", " using c::" + to)) {
            String sql = "alter table t alter column c type " + to + using;
            TypeChange said = said(from, sql);
            boolean expected =
                    said == TypeChange.REWRITE || (said == TypeChange.REWRITE_UNLESS_UTC && !zone.equals("UTC"));
            session.execute("begin");
            try {
                String before = fileNode(session);
                session.execute(sql);
                boolean rewritten = !fileNode(session).equals(before);
                if (said != TypeChange.UNKNOWN && rewritten != expected) {
                    wrong.add(zone + ": " + from + " -> " + sql + " rewrites: " + rewritten + ", said " + said);
                }
            } catch (SqlFailure noSuchCast) {
                // Nothing to compare.
            }
            session.execute("rollback");
        }
    }

    private static TypeChange said(String from, String sql) {
        ParseNode definition = Alteration.of(parsed(sql)).get(0).definition();
        String old = TypeNames.text(Alteration.of(parsed("alter table t alter column c type " + from))
                .get(0)
                .definition()
                .child("typeName"));
        return TypeChange.using(
                "c", old, definition.child("raw_default"), TypeNames.text(definition.child("typeName")));
    }

    private static ParseNode parsed(String sql) {
        return ParseNode.of(((SyntaxTree) Grammar.parse(sql)).statements().get(0));
    }

    private static String fileNode(Session session) {
        return session.query("select pg_relation_filenode('t')::text", row -> row.getString(1))
                .get(0);
    }
}
