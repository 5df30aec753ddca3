package dev.pgattest.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.lint.KnownTable.Column;
import dev.pgattest.sql.QualifiedName;
import dev.pgattest.sql.SqlFile;
import dev.pgattest.sql.SqlScript;
import dev.pgattest.sql.SqlStatement;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the session knows of tables, their constraints and partitions behind some statements. */
class ConstraintChangesTest {

    private static final QualifiedName T = new QualifiedName("public", "t");

    @Test
    void a_primary_key_refuses_null() {
        KnownTable table = after("create table t (x int, y int, z int, primary key (x, y))")
                .seen(T);
        assertThat(table.columns().values().stream().filter(Column::notNull).map(Column::name))
                .containsExactly("x", "y");
    }

    @Test
    void a_constraint_that_takes_over_an_index_has_its_columns() {
        KnownObjects objects = after("create table t (x int, y int); create unique index i on t (y, x);"
                + " alter table t add constraint k primary key using index i");
        assertThat(objects.indexesOf(T)).singleElement().satisfies(index -> {
            assertThat(index.name().name()).isEqualTo("k");
            assertThat(index.definition().names("keys")).containsExactly("y", "x");
        });
        assertThat(objects.seen(T).column("x").map(Column::notNull)).contains(true);
    }

    @Test
    void defaults_identities_and_generated_columns_are_no_constraints() {
        assertThat(after(
                                "create table t (x int default 1, y int generated always as identity, z int generated always as (x) stored)")
                        .seen(T)
                        .constraints())
                .isEmpty();
    }

    @Test
    void a_not_null_that_is_taken_back_is_forgotten() {
        KnownTable table = after("create table t (x int not null); alter table t alter x drop not null")
                .seen(T);
        assertThat(table.constraints()).isEmpty();
        assertThat(table.column("x").map(Column::notNull)).contains(false);
    }

    @Test
    void what_files_add_to_tables_of_others_is_seen_and_makes_no_table() {
        KnownObjects objects = after("alter table t add column x int, add constraint c check (x > 0) not valid;"
                + " alter table t validate constraint c");
        assertThat(objects.table(T)).isEmpty();
        assertThat(objects.tables()).isEmpty();
        assertThat(objects.seen(T).column("x")).isPresent();
        assertThat(objects.seen(T).constraints().values()).singleElement().matches(KnownTable.Constraint::valid);
        assertThat(after("alter table t add column x int; alter table t rename to u")
                        .seen(new QualifiedName("public", "u"))
                        .column("x"))
                .isPresent();
        assertThat(after("alter table t add column x int; drop table t").seen(T).columns())
                .isEmpty();
    }

    @Test
    void a_rollback_takes_back_what_was_seen() {
        assertThat(after("begin; alter table t add column x int; rollback")
                        .seen(T)
                        .columns())
                .isEmpty();
    }

    @Test
    void partitioned_tables_have_their_key_and_default_partition() {
        KnownObjects objects = after("create table t (x int, y int) partition by range (y, x);"
                + " create table d partition of t default; alter table d rename to e; alter table t rename to u");
        QualifiedName renamed = new QualifiedName("public", "u");
        assertThat(objects.partitions().key(renamed)).containsExactly("y", "x");
        assertThat(objects.partitions().defaultOf(renamed)).contains(new QualifiedName("public", "e"));
        assertThat(after(
                                "create table t (x int) partition by list (x); create table d partition of t default; drop table d")
                        .partitions()
                        .defaultOf(T))
                .isEmpty();
    }

    @Test
    void a_rollback_to_a_savepoint_gives_up_locks_and_a_dropped_table_holds_none() {
        Session session = session(
                "begin; alter table t add x int; savepoint s; alter table u add x int; rollback to s; drop table v");
        assertThat(session.transaction().orElseThrow().locks()).containsOnlyKeys(T);
    }

    @Test
    void a_new_partition_locks_the_default_one() {
        Session session =
                session("create table t (x int) partition by list (x); create table d partition of t default");
        SqlFile file = new SqlFile("a.sql", "create table n partition of t for values in (1)");
        Statement statement = StatementReader.read(
                        file, SqlScript.statements(file.text()).get(0), Statement.Inside.FILE)
                .statement()
                .orElseThrow();
        assertThat(StatementLocks.of(statement.node(), session))
                .containsEntry(new QualifiedName("public", "d"), LockMode.ACCESS_EXCLUSIVE);
    }

    private static KnownObjects after(String text) {
        return session(text).objects();
    }

    private static Session session(String text) {
        Session session = new Session();
        SessionChanges changes = new SessionChanges(session);
        SqlFile file = new SqlFile("a.sql", text);
        List<SqlStatement> statements = SqlScript.statements(text);
        changes.begin(Part.whole(false, false));
        for (SqlStatement source : statements) {
            Statement statement = StatementReader.read(file, source, Statement.Inside.FILE)
                    .statement()
                    .orElseThrow();
            changes.before(statement);
            changes.after(statement);
        }
        return session;
    }
}
