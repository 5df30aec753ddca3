package dev.pgattest.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.ledger.CaseEffect;
import dev.pgattest.ledger.CaseEffect.Outcome;
import dev.pgattest.pipeline.CaseProbe.Subject;
import dev.pgattest.pipeline.LeaveOneOut.Effects;
import dev.pgattest.postgres.CaseStatement;
import dev.pgattest.postgres.Connections;
import dev.pgattest.postgres.RemovableIndex;
import dev.pgattest.postgres.Session;
import dev.pgattest.sql.NamedSql;
import dev.pgattest.sql.SqlFile;
import dev.pgattest.testing.TestCluster;
import dev.pgattest.workload.Case;
import dev.pgattest.workload.Expectation;
import dev.pgattest.workload.Load;
import dev.pgattest.workload.PlanMode;
import dev.pgattest.workload.Priority;
import dev.pgattest.workload.Purpose;
import dev.pgattest.workload.Query;
import dev.pgattest.workload.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What plans do not show, and what goes wrong without an index. */
class LeaveOneOutTest {

    private static Connections connections = TestCluster.server();

    @BeforeAll
    static void make_tables() {
        connections = TestCluster.freshDatabase();
        try (Session session = connections.open()) {
            session.execute("""
                    create table items (id int not null, code text not null, kind int not null);
                    insert into items select i, 'code ' || i, i % 10 from generate_series(1, 5000) as i;
                    create unique index items_code on items (code);
                    create index items_id on items (id);

                    create function id_of(wanted text) returns int language plpgsql stable as $$
                    begin return (select id from items where code = wanted); end $$;
                    create function slowly(n int) returns boolean language plpgsql immutable cost 0.0001 as $$
                    begin perform pg_sleep(0.01); return true; end $$;

                    create table parents (id int primary key);
                    insert into parents select generate_series(1, 100);
                    create table children (parent int not null references parents on delete cascade, note text);
                    insert into children select i % 100 + 1, repeat('x', 100) from generate_series(1, 5000) as i;
                    create index children_parent on children (parent);

                    create table measures (day int not null, value int not null) partition by range (day);
                    create table measures_1 partition of measures for values from (0) to (100);
                    create table measures_2 partition of measures for values from (100) to (200);
                    insert into measures select i % 200, i from generate_series(1, 20000) as i;
                    create index measures_value on measures (value);
                    """);
            session.execute("vacuum analyze");
        }
    }

    @Test
    void a_function_that_reads_the_index_counts_although_no_plan_names_it() {
        CaseEffect effect = only(without("items_code", "select id_of('code 7')", false));

        assertThat(effect.outcome()).isEqualTo(Outcome.MEASURED);
        assertThat(effect.notes()).isEmpty();
        assertThat(effect.saved()).isGreaterThan(20);
    }

    @Test
    void the_check_of_a_foreign_key_counts_too() {
        CaseEffect effect = only(without("children_parent", "delete from parents where id = 7", true));

        assertThat(effect.outcome()).isEqualTo(Outcome.MEASURED);
        assertThat(effect.rowsWritten()).isEqualTo(50);
    }

    @Test
    void a_case_that_is_planned_as_before_changes_by_nothing() {
        assertThat(without("items_id", "select id from items where code = 'code 7'", false)
                        .effects())
                .isEmpty();
        assertThat(without("items_code", "select count(*) from children", false).effects())
                .isEmpty();
    }

    @Test
    void a_case_that_does_not_end_is_cancelled_at_the_limit_and_the_index_is_back() {
        String sql = "select id from items where code = 'code 7' and slowly(id)";
        Effects effects = without("items_code", sql, false, Duration.ofSeconds(1));

        assertThat(only(effects).outcome()).isEqualTo(Outcome.BEYOND_LIMIT);
        assertThat(only(effects).buffersWithout()).isNull();
        assertThat(only(effects).isLost()).isTrue();
        try (Session session = connections.open()) {
            assertThat(index(session, "items_code")).isNotNull();
        }
    }

    @Test
    void a_partitioned_index_is_left_out_with_its_parts() {
        CaseEffect effect = only(without("measures_value", "select day from measures where value = 777", false));

        assertThat(effect.saved()).isGreaterThan(20);
        assertThat(effect.notes()).anyMatch(note -> note.contains("measures_1"));
    }

    @Test
    void an_index_that_a_foreign_key_refers_to_stays_and_says_who_reads_it() {
        Effects effects = without("parents_pkey", "select id from parents where id = 7 order by id limit 1", false);

        assertThat(effects.heldBy()).isEqualTo("foreign keys refer to it: children_parent_fkey of public.children");
        assertThat(effects.effects()).allMatch(effect -> effect.outcome() == Outcome.USED);
    }

    private static CaseEffect only(Effects effects) {
        assertThat(effects.heldBy()).isNull();
        assertThat(effects.effects()).hasSize(1);
        return effects.effects().get(0);
    }

    private static Effects without(String index, String sql, boolean writes) {
        return without(index, sql, writes, Duration.ofMinutes(5));
    }

    private static Effects without(String index, String sql, boolean writes, Duration limit) {
        try (Session session = connections.open();
                Session sweeper = connections.open()) {
            LeaveOneOut leaveOneOut =
                    new LeaveOneOut(session, sweeper, List.of(PlanMode.CUSTOM, PlanMode.GENERIC), limit);
            leaveOneOut.runAll(List.of(subject(sql, writes)));
            return leaveOneOut.without(index(session, index));
        }
    }

    private static RemovableIndex index(Session session, String name) {
        return RemovableIndex.all(session).stream()
                .filter(index -> index.name().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Subject subject(String sql, boolean writes) {
        Statement statement = new Statement(new SqlFile("q.sql", sql), writes, null, List.of(), List.of());
        Case each = new Case("only", null, Map.of());
        Query query = new Query(
                "Q",
                statement,
                new Purpose(Priority.P2, "", "", "", "", ""),
                new Load(null, 1),
                new Expectation("", List.of(), Map.of(), ""),
                List.of(each));
        return new Subject(
                query,
                each,
                new CaseStatement("q.sql", (NamedSql) NamedSql.parse(sql), Map.of(), null, Map.of(), writes));
    }
}
