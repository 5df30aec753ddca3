package dev.pgattest.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.sql.QualifiedName;
import dev.pgattest.sql.SqlFile;
import dev.pgattest.sql.SqlScript;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the rules are told is in force and exists. */
class SessionTest {

    private final Session session = new Session();
    private final SessionChanges changes = new SessionChanges(session);

    private void run(String... files) {
        for (String text : files) {
            changes.begin(Part.whole(false, false));
            SqlFile file = new SqlFile("file.sql", text);
            SqlScript.statements(text)
                    .forEach(source -> StatementReader.read(file, source, Statement.Inside.FILE)
                            .statement()
                            .ifPresent(statement -> {
                                changes.before(statement);
                                changes.after(statement);
                            }));
        }
    }

    private Optional<Duration> lockTimeout() {
        return session.settings().time("lock_timeout");
    }

    private static QualifiedName name(String schema, String name) {
        return new QualifiedName(schema, name);
    }

    @Test
    void nothing_is_in_force_before_something_sets_it() {
        run("select 1");
        assertThat(lockTimeout()).isEmpty();
    }

    @Test
    void set_holds_for_the_session_in_every_unit() {
        run("set lock_timeout = '2s'");
        assertThat(lockTimeout()).contains(Duration.ofSeconds(2));
        run("set lock_timeout to 1500");
        assertThat(lockTimeout()).contains(Duration.ofMillis(1500));
        run("set lock_timeout = '1.5 min'");
        assertThat(lockTimeout()).contains(Duration.ofSeconds(90));
        run("set statement_timeout = '2h'; set LOCK_TIMEOUT = 0");
        assertThat(lockTimeout()).contains(Duration.ZERO);
        assertThat(session.settings().time("statement_timeout")).contains(Duration.ofHours(2));
    }

    @Test
    void reset_and_default_take_it_back() {
        run("set lock_timeout = '2s'; reset lock_timeout");
        assertThat(lockTimeout()).isEmpty();
        run("set lock_timeout = '2s'; set lock_timeout to default");
        assertThat(lockTimeout()).isEmpty();
        run("set lock_timeout = '2s'; reset all");
        assertThat(lockTimeout()).isEmpty();
    }

    @Test
    void set_local_ends_with_its_transaction_and_does_nothing_outside_of_one() {
        run("set lock_timeout = '1s'; begin; set local lock_timeout = '2s'");
        assertThat(lockTimeout()).contains(Duration.ofSeconds(2));
        run("set lock_timeout = '1s'; begin; set local lock_timeout = '2s'; commit");
        assertThat(lockTimeout()).contains(Duration.ofSeconds(1));
        run("set local lock_timeout = '2s'");
        assertThat(lockTimeout()).isEmpty();
    }

    @Test
    void a_rollback_takes_settings_and_objects_back() {
        run("begin; set lock_timeout = '2s'; create table t (x int); rollback");
        assertThat(lockTimeout()).isEmpty();
        assertThat(session.objects().table(name("public", "t"))).isEmpty();
    }

    @Test
    void a_rollback_to_a_savepoint_takes_back_what_came_after_it() {
        run("begin; create table a (x int); savepoint s; create table b (x int); rollback to s; commit");
        assertThat(session.objects().table(name("public", "a"))).isPresent();
        assertThat(session.objects().table(name("public", "b"))).isEmpty();
    }

    @Test
    void set_config_sets_as_set_does() {
        run("select set_config('lock_timeout', '3s', false)");
        assertThat(lockTimeout()).contains(Duration.ofSeconds(3));
        run("begin; select pg_catalog.set_config('lock_timeout', '4s', true); commit");
        assertThat(lockTimeout()).isEmpty();
    }

    @Test
    void what_a_role_or_a_database_is_given_holds_for_later_sessions() {
        run("alter role app set lock_timeout = '5s'", "select 1");
        assertThat(lockTimeout()).contains(Duration.ofSeconds(5));
    }

    @Test
    void names_without_a_schema_are_in_the_first_of_the_search_path() {
        run("set search_path = app, public; create table t (x int); create table other.t (x int)");
        assertThat(session.objects().table(name("app", "t"))).isPresent();
        assertThat(session.objects().table(name("other", "t"))).isPresent();
        assertThat(session.objects().table(name("public", "t"))).isEmpty();
    }

    @Test
    void a_table_is_new_in_the_file_that_makes_it_only() {
        run("create table t (x int)");
        assertThat(session.isNew(name("public", "t"))).isTrue();
        run("select 1");
        assertThat(session.isNew(name("public", "t"))).isFalse();
    }

    @Test
    void select_into_and_sequences_and_indexes_of_the_file_are_new_too() {
        run("select 1 as a into s; create sequence q; create index i on old (x)");
        assertThat(session.isNew(name("public", "s"))).isTrue();
        assertThat(session.isNew(name("public", "q"))).isTrue();
        assertThat(session.isNew(name("public", "i"))).isTrue();
        assertThat(session.isNew(name("public", "old"))).isFalse();
    }

    @Test
    void names_keep_their_case_and_letters_in_quotes_and_lose_it_without() {
        run("create table \"Größe\" (\"Ä b\" int); create table UPPER (x int)");
        assertThat(session.objects()
                        .table(name("public", "Größe"))
                        .orElseThrow()
                        .columns())
                .containsKey("Ä b");
        assertThat(session.objects().table(name("public", "upper"))).isPresent();
    }

    @Test
    void indexes_follow_their_table_and_go_with_it() {
        run("create table t (x int primary key); create index i on t (x); alter table t rename to u");
        assertThat(session.objects().indexesOf(name("public", "u")))
                .extracting(index -> index.name().name())
                .containsExactlyInAnyOrder("t_pkey", "i");
        run("drop table u");
        assertThat(session.objects().indexesOf(name("public", "u"))).isEmpty();
    }

    @Test
    void constraints_know_whether_they_are_valid() {
        run("create table t (x int); alter table t add constraint c check (x > 0) not valid");
        assertThat(valid()).containsExactly(false);
        run("alter table t validate constraint c");
        assertThat(valid()).containsExactly(true);
    }

    private List<Boolean> valid() {
        return session.objects().table(name("public", "t")).orElseThrow().constraints().values().stream()
                .map(KnownTable.Constraint::valid)
                .toList();
    }

    @Test
    void locks_of_a_transaction_are_those_on_what_was_there_before() {
        run(
                "create table old (x int)",
                "begin; alter table old add column y int; create table fresh (x int);"
                        + " create index i on fresh (x); lock table old in share mode");
        assertThat(session.transaction().orElseThrow().locks())
                .containsExactly(java.util.Map.entry(name("public", "old"), LockMode.ACCESS_EXCLUSIVE));
    }
}
