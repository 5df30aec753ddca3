package dev.pgattest.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.deploy.PathItem.IndexPlace;
import dev.pgattest.deploy.PathItem.Script;
import dev.pgattest.sql.QualifiedName;
import dev.pgattest.sql.SqlScript;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScriptPathTest {

    private static List<PathItem> items(String script) {
        return ScriptPath.of(statements(script), PlanSettings.DEFAULT).orThrow();
    }

    private static List<ScriptStatement> statements(String script) {
        return SqlScript.statements(script).stream()
                .map(each -> new ScriptStatement(
                        "apply.sql",
                        each.place().line(),
                        each.text(),
                        each.text().startsWith("create index") ? Set.of(new QualifiedName("public", "i")) : Set.of(),
                        Set.of()))
                .toList();
    }

    /** Each item in a line: the kind and its statements, or the indexes that are made there. */
    private static List<String> lines(String script) {
        return items(script).stream()
                .map(item -> item instanceof Script each
                        ? each.step().kind().word() + ": "
                                + String.join("; ", each.step().statements())
                        : "index " + ((IndexPlace) item).indexes().size())
                .toList();
    }

    @Test
    void changes_of_the_schema_share_a_transaction_and_rows_have_their_own() {
        assertThat(lines("create table a (i int); grant select on a to public; insert into a values (1);"
                        + " create view v as select 1; refresh materialized view m; analyze a; analyze b"))
                .containsExactly(
                        "script: create table a (i int); grant select on a to public",
                        "data: insert into a values (1)",
                        "script: create view v as select 1",
                        "refresh: refresh materialized view m",
                        "analyze: analyze a; analyze b");
    }

    @Test
    void statements_about_indexes_only_mark_a_place() {
        assertThat(lines("create table a (i int); create index i on a (i); comment on index i is 'x';"
                        + " drop index j; alter index k rename to l; alter index l set (fillfactor = 70);"
                        + " alter table a add primary key (i); alter table a add check (i > 0)"))
                .containsExactly(
                        "script: create table a (i int)",
                        "index 1",
                        "index 0",
                        "index 0",
                        "index 0",
                        "script: alter table a add check (i > 0)");
    }

    @Test
    void settings_hold_in_every_later_transaction_until_they_are_reset() {
        assertThat(lines(
                        "set lock_timeout = '1s'; set role \"Füller\"; select f(); set session work_mem = '8MB'; reset role;"
                                + " select g(); reset all; select h(); set local search_path = x; select k()"))
                .containsExactly(
                        "data: set local role \"Füller\"; select f()",
                        "data: set local work_mem = '8MB'; select g()",
                        "data: select h()",
                        "data: select k()");
        assertThat(lines("create table a (i int); set search_path = x; create table b (i int); set timezone = 'UTC'"))
                .containsExactly("script: create table a (i int); set local search_path = x; create table b (i int)");
    }

    @Test
    void a_transaction_of_the_script_stays_together() {
        assertThat(lines("begin; create table a (i int); create index i on a (i); insert into a values (1);"
                        + " set local work_mem = '1MB'; create table b (i int); commit; create table c (i int)"))
                .containsExactly(
                        "script: create table a (i int); insert into a values (1); set local work_mem = '1MB';"
                                + " create table b (i int)",
                        "index 1",
                        "script: create table c (i int)");
    }

    @Test
    void what_may_not_stand_in_a_transaction_is_alone_or_refused() {
        assertThat(lines("set role x; vacuum a; reindex index i; create table b (i int)"))
                .containsExactly(
                        "repeatable: set role x; vacuum a",
                        "repeatable: set role x; reindex index i",
                        "script: set local role x; create table b (i int)");
        assertThat(ScriptPath.of(
                                statements("create table a (i int);\nalter system set work_mem = '1MB';\nrollback;\n"
                                        + "alter table p detach partition q concurrently"),
                                PlanSettings.DEFAULT)
                        .problems())
                .extracting(problem -> problem.place())
                .containsExactly("apply.sql:2:1", "apply.sql:3:1", "apply.sql:4:1");
    }

    @Test
    void a_new_value_of_an_enum_is_committed_before_it_is_used() {
        assertThat(lines("alter type mood add value 'new'; create table a (m mood default 'new')"))
                .containsExactly(
                        "script: alter type mood add value 'new'", "script: create table a (m mood default 'new')");
    }

    @Test
    void what_may_hold_a_lock_for_long_is_a_hazard() {
        assertThat(hazards("alter table a alter column i type bigint")).contains(Hazard.LONG_LOCK);
        assertThat(hazards("alter table a add check (i > 0)")).contains(Hazard.LONG_LOCK);
        assertThat(hazards("refresh materialized view m")).contains(Hazard.LONG_LOCK);
        assertThat(hazards("alter table a add check (i > 0) not valid")).containsExactly(Hazard.SCRIPT);
        assertThat(hazards("refresh materialized view concurrently m")).containsExactly(Hazard.SCRIPT);
        assertThat(hazards("analyze a")).isEmpty();
    }

    private static List<Hazard> hazards(String script) {
        return ((Script) items(script).get(0)).step().hazards();
    }

    @Test
    void the_key_of_a_step_changes_with_its_text() {
        String one = ((Script) items("create table a (i int)").get(0)).step().key();
        assertThat(((Script) items("create table a (i int)").get(0)).step().key())
                .isEqualTo(one);
        assertThat(((Script) items("create table a (i bigint)").get(0)).step().key())
                .isNotEqualTo(one);
    }

    @Test
    void what_statements_make_remove_and_need_is_known() {
        assertThat(objects("create function s.f(a int, out b text, variadic c text[]) language sql as ''")
                        .made())
                .extracting(CatalogObject::name)
                .containsExactly("s.f(pg_catalog.int4, text[])");
        assertThat(objects("drop function f(date, date), g").removed())
                .extracting(CatalogObject::text)
                .containsExactly("routine f(date, date)", "routine g");
        assertThat(objects("drop policy \"P\" on s.t").removed())
                .extracting(CatalogObject::text)
                .containsExactly("policy P of s.t");
        assertThat(objects("drop table a, \"B c\"").removed())
                .extracting(CatalogObject::name)
                .containsExactly("a", "\"B c\"");
        assertThat(objects("create table if not exists a (i int)").made()).isEmpty();
        assertThat(objects("create or replace view v as select 1").made()).isEmpty();
        assertThat(objects("drop view if exists v").removed()).isEmpty();
        assertThat(objects("alter table t add column c int, add constraint k check (c > 0), drop column d")
                        .made())
                .extracting(CatalogObject::text)
                .containsExactly("column c of t", "constraint k of t");
        assertThat(objects("revoke select on s.t, u from r").needed())
                .extracting(CatalogObject::name)
                .containsExactly("s.t", "u");
        assertThat(objects("create type e as enum ('a')").made())
                .extracting(CatalogObject::text)
                .containsExactly("type e");
        assertThat(objects("create trigger g before insert on t for each row execute function f()")
                        .made())
                .extracting(CatalogObject::text)
                .containsExactly("trigger g of t");
        assertThat(objects("select 1")).isEqualTo(new StatementObjects(List.of(), List.of(), List.of()));
    }

    private static StatementObjects objects(String statement) {
        return StatementObjects.of(statements(statement).get(0).node());
    }
}
