package dev.pgattest.lint;

import static dev.pgattest.lint.Lint.finds;
import static dev.pgattest.lint.Lint.passes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.Place;
import org.junit.jupiter.api.Test;

class BodiesTest {

    private static final String RULE = "concurrently-in-block";

    @Test
    void statements_of_a_block_are_found_at_their_places_also_after_other_letters() {
        Finding finding = finds(RULE, """
                -- Größe
                do $body$
                begin
                    if 'ä' = 'ö' then
                        drop index concurrently i;
                    end if;
                end
                $body$;""");
        assertThat(finding.range().from()).isEqualTo(new Place(5, 9));
    }

    @Test
    void bodies_of_functions_and_procedures_are_read_in_both_languages() {
        finds(
                RULE,
                "create function f() returns void language plpgsql as $$ begin reindex index concurrently i; end $$");
        finds(RULE, "create procedure p() language sql as $$ select 1; drop index concurrently i; $$");
        finds(RULE, "create function f() returns void language plpgsql as 'begin drop index concurrently i; end'");
        finds(RULE, "do 'begin drop index concurrently i; end'");
    }

    @Test
    void a_place_in_a_body_in_single_quotes_counts_doubled_quotes() {
        Finding finding = finds(RULE, "do 'begin perform ''x''; drop index concurrently i; end'");
        assertThat(finding.range().from()).isEqualTo(new Place(1, 26));
    }

    @Test
    void every_branch_is_read() {
        finds(RULE, """
                do $$ begin
                  for i in 1..2 loop
                    case when true then null; else begin null; exception when others then drop index concurrently i; end; end case;
                  end loop;
                end $$""");
    }

    @Test
    void execute_of_known_text_is_read_as_a_statement() {
        finds(RULE, "do $$ begin execute 'drop index concurrently i'; end $$");
        finds(RULE, "do $$ begin execute format('drop index concurrently %I', 'i'); end $$");
        finds(RULE, "do $$ declare n text; begin execute 'drop index concurrently ' || quote_ident(n); end $$");
    }

    @Test
    void execute_of_unknown_text_that_changes_something_is_found() {
        finds("dynamic-ddl", "do $$ declare n text; begin execute 'create index ' || n || ' on'; end $$");
        passes("dynamic-ddl", "do $$ declare n text; begin execute format('drop table %I', n); end $$");
        passes("dynamic-ddl", "do $$ declare n text; begin execute n; end $$");
    }

    @Test
    void a_syntax_error_in_a_body_is_a_finding_at_its_place_and_other_languages_are_left_alone() {
        Finding finding = finds("syntax-error", "do $$\nbegin\n    selct 1;\nend $$");
        assertThat(finding.range().from().line()).isEqualTo(3);
        passes("syntax-error", "create function f() returns int language plpython3u as $$ return 1 $$");
        passes(
                "syntax-error",
                "create function f() returns trigger language plpgsql as $$ begin new.x := 1; return new; end $$");
        passes(
                "syntax-error",
                "create function f(a unknown_type) returns setof t language plpgsql as $$ declare r t%rowtype;"
                        + " begin for r in select * from t loop return next r; end loop; end $$");
    }

    @Test
    void what_a_block_makes_is_known_behind_it() {
        passes("index-not-concurrent", "do $$ begin create table t (x int); end $$; create index i on t (x);");
        finds(
                "index-not-concurrent",
                "create function f() returns void language sql as $$ create table t (x int) $$; create index i on t (x);");
    }

    @Test
    void the_known_parts_of_a_text_are_put_together() {
        finds(
                "concurrently-in-block",
                "do $$ begin execute concat('create index ', 'concurrently i on ', t, '(x)'); end $$");
        finds("drop-table", "do $$ begin execute format('drop table %I', 'Old t'); end $$");
        assertThat(finds("drop-table", "do $$ begin execute format('drop table %1$I.%2$s', 'a', 'b'); end $$")
                        .message())
                .contains("rows of a.b");
        assertThat(finds("drop-table", "do $$ begin execute 'drop table ' || quote_ident('Old t'); end $$")
                        .message())
                .contains("\"Old t\"");
        finds("truncate", "do $$ begin execute concat_ws(' ', 'truncate', 'table', t); end $$");
    }

    @Test
    void what_a_schema_is_made_with_is_in_it() {
        passes(
                "index-not-concurrent",
                "create schema s create table t (x int) create index i on t (x); create index j on s.t (x)");
        finds("prefer-timestamptz", "create schema s create table t (x timestamp)");
        finds("index-not-concurrent", "create schema s create table t (x int); create index j on t (x)");
    }
}
