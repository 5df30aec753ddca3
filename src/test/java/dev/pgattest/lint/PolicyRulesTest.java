package dev.pgattest.lint;

import static dev.pgattest.lint.Lint.finds;
import static dev.pgattest.lint.Lint.passes;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PolicyRulesTest {

    private static final String CHECK = "policy-without-check";
    private static final String CALLS = "policy-calls-volatile-function";
    private static final String MINE = "(tenant_id = (select current_setting('app.t'))::int)";

    @Test
    void a_check_that_is_always_true_undoes_what_using_asks() {
        assertThat(finds(CHECK, "create policy \"P\" on a.t using " + MINE + " with check (true)")
                        .remedy())
                .isEqualTo("create policy \"P\" on a.t using " + MINE + ";");
        finds(CHECK, "create policy p on t for update to app using " + MINE + " with check (body is not null)");
        finds(CHECK, "create policy p on t for all using (true)");
        finds(CHECK, "create policy p on t for insert with check (lower(body) = body and now() > '2020-01-01')");
    }

    @Test
    void an_alternative_that_asks_nobody_admits_written_rows_too() {
        finds(CHECK, "create policy p on t using (" + MINE + " or is_public)");
        finds(CHECK, "create policy p on t for update using ((" + MINE + " or tenant_id is null) and not deleted)");
        passes(CHECK, "create policy p on t using (" + MINE + " and (is_public or not deleted))");
        passes(CHECK, "create policy p on t using (" + MINE + " or is_administrator())");
        passes(CHECK, "create policy p on t using (" + MINE + " or is_public) with check " + MINE);
        passes(CHECK, "create policy p on t for select using (is_public)");
    }

    @Test
    void using_decides_about_written_rows_when_there_is_no_check() {
        passes(CHECK, "create policy p on t using " + MINE);
        passes(CHECK, "create policy p on t for update using (owner = current_user)");
        passes(CHECK, "create policy p on t for delete using (true)");
        passes(CHECK, "create policy p on t using (true) with check (false)");
    }

    @Test
    void a_policy_for_insert_needs_a_check() {
        assertThat(finds(CHECK, "create policy p on t for insert").message()).endsWith("it admits no row");
        assertThat(finds(CHECK, "create policy p on t as restrictive for insert")
                        .message())
                .endsWith("it restricts nothing");
        passes(CHECK, "create policy p on t for insert with check " + MINE);
    }

    @Test
    void a_restrictive_policy_admits_nothing() {
        passes(CHECK, "create policy p on t as restrictive using (not deleted) with check (true)");
    }

    @Test
    void an_administrator_s_policy_may_admit_all_but_not_that_of_a_limited_role() {
        String limited = "create policy p on t for select to app using " + MINE + ";";

        passes(CHECK, "create policy p on t using " + MINE + "; create policy q on t to administrator using (true)");
        passes(CHECK, limited + "create policy q on t for insert to ingest with check (true)");
        finds(CHECK, limited + "create policy q on t for insert to app with check (true)");
        finds(CHECK, "create table t (x int);" + limited, "create policy q on t for insert to app with check (true)");
        passes(CHECK, limited + "create policy q on a.t for insert to app with check (true)");
    }

    @Test
    void a_changed_policy_is_judged_with_what_is_left_of_it() {
        String policy = "create table t (x int); create policy p on t to app using " + MINE + ";";

        finds(CHECK, policy, "alter policy p on t with check (true)");
        finds(CHECK, "alter policy p on t with check (true)");
        passes(CHECK, policy, "alter policy p on t to other_app");
        passes(CHECK, "alter policy p on t using (true)");
    }

    @Test
    void a_function_of_the_files_is_volatile_unless_it_says_otherwise() {
        String function = "create function a.f() returns int language plpgsql as $$ begin return 1; end $$;";
        Finding finding = finds(CALLS, function, "create policy p on t using (x = a.f())");

        assertThat(finding.remedy())
                .isEqualTo("alter function a.f stable;\n-- or, to call it once for a query:\n"
                        + "create policy p on t using (x = (select a.f()));");
        passes(CALLS, function, "create policy p on t using (x = (select a.f()))");
        passes(CALLS, function, "create policy p on t for insert with check (x = a.f())");
        passes(CALLS, function.replace(" as ", " stable as "), "create policy p on t using (x = a.f())");
        passes(CALLS, function, "alter function a.f() immutable; create policy p on t using (x = a.f())");
        passes(CALLS, function, "create policy p on t using (x = b.f())");
        assertThat(finds(
                                CALLS,
                                "create function f(x int) returns bool language plpgsql as $$ begin return true; end $$;",
                                "alter policy p on t using (f(x))")
                        .remedy())
                .isEqualTo("alter function f stable;");
    }

    @Test
    void the_server_s_own_functions_are_known() {
        finds(CALLS, "create policy p on t using (x > pg_catalog.random())");
        passes(CALLS, "create policy p on t using (x = current_setting('app.t') and y < now())");
    }

    @Test
    void a_function_that_is_one_expression_of_sql_is_what_it_is_made_of() {
        String policy = "create policy p on t using (x = f())";

        passes(CALLS, "create function f() returns text language sql as 'select current_setting(''a'')'", policy);
        passes(CALLS, "create function f() returns text return current_setting('a')", policy);
        passes(CALLS, "create function f() returns int language sql begin atomic select 1; end", policy);
        finds(CALLS, "create function f() returns int language sql as 'select f()'", policy);
        finds(CALLS, "create function f() returns float language sql as 'select random()'", policy);
        finds(CALLS, "create function f() returns int language sql as 'select x from t'", policy);
        finds(CALLS, "create function f() returns int language sql as 'select 1; select 2'", policy);
        finds(CALLS, "create function f() returns int language sql security definer as 'select 1'", policy);
        finds(CALLS, "create function f() returns int language sql set search_path = '' as 'select 1'", policy);
    }
}
