package dev.pgattest.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.sql.NamedSql;
import dev.pgattest.sql.QualifiedName;
import dev.pgattest.testing.TestCluster;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WriteTracesTest {

    private static final String PAGES =
            "select (pg_relation_size('items') / 8192) || ' ' || (pg_relation_size('items_note') / 8192)";

    @Test
    void pages_that_rolled_back_writes_filled_are_given_back() {
        Connections connections = TestCluster.freshDatabase();
        try (Session session = connections.open()) {
            session.execute("create table items (id int, note text)");
            session.execute("insert into items select i, 'note ' || i from generate_series(1, 2000) as i");
            session.execute("create index items_note on items (note)");
            session.execute("vacuum (analyze) items");
            String before = session.text(PAGES);
            NamedSql sql = (NamedSql) NamedSql.parse("update items set note = note || 'x'");
            CaseStatement statement = new CaseStatement("q.sql", sql, Map.of(), null, Map.of(), true);
            try (CaseSession writing = CaseSession.open(connections.open(), statement, "auto")) {
                for (int i = 0; i < 3; i++) {
                    writing.execute();
                }
            }
            assertThat(session.text(PAGES)).isNotEqualTo(before);

            WriteTraces.remove(connections, List.of(new QualifiedName("public", "items")));

            assertThat(session.text(PAGES)).isEqualTo(before);
        }
    }

    @Test
    void not_even_the_few_pages_stay_that_vacuum_would_leave() {
        Connections connections = TestCluster.freshDatabase();
        try (Session session = connections.open()) {
            session.execute("create table items (id int, note text)");
            session.execute("insert into items select i, repeat('n', 100) || i from generate_series(1, 20000) as i");
            session.execute("create index items_note on items (note)");
            session.execute("vacuum (analyze) items");
            String before = session.text(PAGES);
            NamedSql sql = (NamedSql) NamedSql.parse("update items set note = note || 'x' where id <= 300");
            CaseStatement statement = new CaseStatement("q.sql", sql, Map.of(), null, Map.of(), true);
            try (CaseSession writing = CaseSession.open(connections.open(), statement, "auto")) {
                writing.execute();
            }

            WriteTraces.remove(connections, List.of(new QualifiedName("public", "items")));

            assertThat(session.text(PAGES)).isEqualTo(before);
            assertThat(session.text("select relallvisible = relpages from pg_class where relname = 'items'"))
                    .isEqualTo("t");
        }
    }
}
