package dev.pgattest.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.ExitCode;
import dev.pgattest.PgattestException;
import dev.pgattest.Problem;
import dev.pgattest.sql.NamedSql;
import dev.pgattest.sql.QualifiedName;
import dev.pgattest.testing.TestCluster;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CaseSessionTest {

    private static Connections connections = TestCluster.server();

    @BeforeAll
    static void makeTable() {
        connections = TestCluster.freshDatabase();
        try (Session session = connections.open()) {
            session.execute("""
                    create role case_app;
                    create table items (id bigint primary key, tenant text not null, note text);
                    insert into items select i, 'tenant ' || i % 2, repeat('x', 100) from generate_series(1, 1000) as i;
                    alter table items enable row level security;
                    create policy own on items to case_app using (tenant = current_setting('app.tenant'));
                    grant select, update on items to case_app;
                    analyze items;
                    """);
        }
    }

    @Test
    void runs_as_the_role_under_row_level_security_with_the_settings() {
        String sql =
                "select current_user, count(*), min(tenant), current_setting('TimeZone') from items where id > :id";

        try (CaseSession session = open(sql, Map.of("id", "0"), false, "auto")) {
            assertThat(session.rows().rows()).containsExactly(List.of("case_app", "500", "tenant 1", "Asia/Tokyo"));
            assertThat(session.execute()).isPositive();
        }
    }

    @Test
    void a_custom_plan_has_the_constant_and_a_generic_plan_the_parameter() {
        String sql = "select note from items where id = :id and note <> :note";
        Map<String, @Nullable String> values = Map.of("id", "7", "note", "it's");

        for (int executions = 0; executions <= 10; executions += 10) {
            try (CaseSession custom = open(sql, values, false, "force_custom_plan");
                    CaseSession generic = open(sql, values, false, "force_generic_plan")) {
                for (int i = 0; i < executions; i++) {
                    custom.execute();
                    generic.execute();
                }
                assertThat(custom.explainText())
                        .contains("'7'::bigint", "'it''s'::text")
                        .doesNotContain("$1");
                assertThat(generic.explainText()).contains("$1", "$2").doesNotContain("'7'::bigint");
                assertThat(generic.explainJson()).contains("\"Plan\"", "$1");
            }
        }
    }

    @Test
    void writes_are_rolled_back_whatever_runs_them() {
        String sql = "update items set note = 'changed' where id = :id returning note";
        try (CaseSession session = open(sql, Map.of("id", "1"), true, "auto")) {
            session.execute();
            assertThat(session.rows().rows()).containsExactly(List.of("changed"));
            assertThat(session.explainText()).contains("Update on");
            session.explainJson();
        }
        try (Session session = connections.open()) {
            assertThat(session.text("select count(*) from items where note = 'changed'"))
                    .isEqualTo("0");
        }
    }

    @Test
    void knows_the_tables_that_functions_and_triggers_write_to() {
        try (Session session = connections.open()) {
            session.execute("""
                    create table log (id bigint);
                    create table untouched (id bigint);
                    create function log() returns trigger language plpgsql security definer as
                        $$ begin insert into log values (new.id); return new; end $$;
                    create table logged (id bigint);
                    create trigger logs after insert on logged for each row execute function log();
                    create function writes() returns bigint language sql security definer as
                        $$ insert into logged values (7) returning id $$;
                    create function tidies() returns void language plpgsql as
                        $$ begin create temporary table here (id int); drop table here; end $$;
                    """);
        }
        try (CaseSession session = open("select writes()", Map.of(), true, "auto")) {
            assertThat(session.writtenTables()).isEmpty();
            session.explainJson();
            assertThat(session.writtenTables())
                    .containsExactlyInAnyOrder(
                            new QualifiedName("public", "log"), new QualifiedName("public", "logged"));
            assertThat(session.hasWrittenCatalog()).isFalse();
        }
        try (CaseSession session = open("select tidies()", Map.of(), true, "auto")) {
            session.explainJson();
            assertThat(session.writtenTables()).isEmpty();
            assertThat(session.hasWrittenCatalog()).isTrue();
        }
    }

    @Test
    void null_is_bound_as_null() {
        Map<String, @Nullable String> values = new LinkedHashMap<>();
        values.put("note", null);
        try (CaseSession session = open("select :note::text is null", values, false, "auto")) {
            assertThat(session.rows().rows()).containsExactly(List.of("t"));
            assertThat(session.explainText()).contains("Result");
        }
    }

    @Test
    void wrong_sql_is_a_problem_with_file_line_and_column_in_the_text_that_the_user_wrote() {
        PgattestException failure = Failures.of(() -> open(
                "-- größe 🦣\nselect :id::bigint, '🦣',\n  nothing from items where id = :id",
                Map.of("id", "1"),
                false,
                "auto"));

        assertThat(failure.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        Problem problem = failure.problems().get(0);
        assertThat(problem.place()).isEqualTo("queries/q.sql:3:3");
        assertThat(problem.message()).isEqualTo("column \"nothing\" does not exist");
        assertThat(problem.remedy()).isEqualTo("correct the query, or the migrations that it relies on");
    }

    @Test
    void a_role_that_does_not_exist_and_a_setting_that_is_wrong_name_the_file_and_what_to_correct() {
        CaseStatement role =
                new CaseStatement("queries/q.sql", named("select 1"), Map.of(), "nobody here", Map.of(), false);
        CaseStatement setting = new CaseStatement(
                "queries/q.sql", named("select 1"), Map.of(), null, Map.of("work_mem", "much"), false);

        assertThat(Failures.of(() -> CaseSession.open(connections.open(), role, "auto"))
                        .problems())
                .containsExactly(Problem.ofFile(
                        "queries/q.sql",
                        "its session cannot be set up: role \"nobody here\" does not exist",
                        "correct `role` and `session` of the query, or create the role in a migration"));
        assertThat(Failures.of(() -> CaseSession.open(connections.open(), setting, "auto"))
                        .problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message())
                        .startsWith(
                                "its session cannot be set up: invalid value for parameter \"work_mem\": \"much\""));
    }

    @Test
    void a_session_that_could_not_be_opened_is_closed() {
        Session session = connections.open();
        CaseStatement statement = new CaseStatement("q.sql", named("select wrong"), Map.of(), null, Map.of(), false);

        Failures.of(() -> CaseSession.open(session, statement, "auto"));

        assertThat(Failures.of(() -> session.execute("select 1"))).hasMessageContaining("closed");
    }

    private static CaseSession open(String sql, Map<String, @Nullable String> values, boolean writes, String mode) {
        Map<String, String> settings = Map.of("app.tenant", "tenant 1", "TimeZone", "Asia/Tokyo");
        CaseStatement statement = new CaseStatement("queries/q.sql", named(sql), values, "case_app", settings, writes);
        return CaseSession.open(connections.open(), statement, mode);
    }

    private static NamedSql named(String sql) {
        return (NamedSql) NamedSql.parse(sql);
    }
}
