package dev.pgattest.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.sql.QualifiedName;
import dev.pgattest.sql.SqlFile;
import dev.pgattest.sql.SqlScript;
import org.junit.jupiter.api.Test;

class KnownObjectsTest {

    @Test
    void the_values_of_an_enum_are_known_in_order() {
        assertThat(after("create type mood as enum ('sad', 'glad'); alter type mood add value 'mad'")
                        .type(named("mood"))
                        .orElseThrow()
                        .values())
                .containsOnlyKeys("sad", "glad", "mad")
                .extractingFromEntries(entry -> entry.getKey())
                .containsExactly("sad", "glad", "mad");
    }

    @Test
    void a_renamed_value_of_an_enum_is_no_new_one() {
        assertThat(after("create type mood as enum ('sad'); alter type mood rename value 'sad' to 'blue'")
                        .type(named("mood"))
                        .orElseThrow()
                        .values())
                .doesNotContainKey("blue");
    }

    @Test
    void a_dropped_column_takes_every_index_that_mentions_it() {
        KnownObjects known = after("create table t (a int, b int, c int);"
                + "create index i on t (a, b); create index j on t (a) where b > 0; create index k on t ((b + 1));"
                + "create index l on t (a) include (b); create index m on t (a); alter table t drop column b");

        assertThat(known.indexesOf(named("t")))
                .extracting(index -> index.name().name())
                .containsExactly("m");
    }

    @Test
    void a_dropped_schema_takes_its_tables() {
        assertThat(after("create schema a; create table a.t (x int); create table t (x int); drop schema a cascade")
                        .tables())
                .extracting(table -> table.name().sql())
                .containsExactly("public.t");
    }

    private static QualifiedName named(String name) {
        return new QualifiedName("public", name);
    }

    private static KnownObjects after(String text) {
        Session session = new Session();
        SessionChanges changes = new SessionChanges(session);
        changes.begin(Part.whole(false, false));
        SqlFile file = new SqlFile("file.sql", text);
        SqlScript.statements(text)
                .forEach(source -> StatementReader.read(file, source, Statement.Inside.FILE)
                        .statement()
                        .ifPresent(statement -> {
                            changes.before(statement);
                            changes.after(statement);
                        }));
        return session.objects();
    }
}
