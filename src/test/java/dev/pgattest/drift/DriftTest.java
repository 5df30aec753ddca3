package dev.pgattest.drift;

import static dev.pgattest.workload.PlannedIndex.Decision.CREATE;
import static dev.pgattest.workload.PlannedIndex.Decision.DEFER;
import static dev.pgattest.workload.PlannedIndex.Decision.DROP;
import static dev.pgattest.workload.PlannedIndex.Decision.KEEP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.ObjectFinding;
import dev.pgattest.evidence.IndexUse;
import dev.pgattest.schema.CatalogIndex;
import dev.pgattest.schema.CatalogIndex.Standing;
import dev.pgattest.workload.PlannedIndex.Decision;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DriftTest {

    private static final Standing INVALID = new Standing(false, true, true, false, false);

    @Test
    void finds_nothing_where_plan_and_database_agree() {
        assertThat(new Scene()
                        .planned(KEEP, "a", "on t (x) where y in (1, 2)")
                        .planned(KEEP, "k", "add primary key (id)")
                        .planned(CREATE, "b", "unique on t (y)", List.of("Q1"), "")
                        .planned(DROP, "c", "on t (z)")
                        .planned(DEFER, "d", "on t (w)")
                        .has("a", "on t (x) where y = any (array[1, 2])")
                        .has("k", "add primary key (id)")
                        .has("b", "unique on t (y)")
                        .firstStateHas("a", "c", "k")
                        .uses("Q1", "b")
                        .uses("Q1", "a")
                        .found())
                .isEmpty();
    }

    @Test
    void says_what_is_missing_and_what_for() {
        List<ObjectFinding> findings = new Scene()
                .planned(KEEP, "a", "on t (x)", List.of("Q1"), "")
                .planned(CREATE, "b", "on gone (x)")
                .withoutTable("gone")
                .uses("Q1", "a")
                .findings();

        assertThat(findings).extracting(ObjectFinding::rule).containsExactly("missing", "missing");
        assertThat(findings.get(0).message())
                .contains("the table gone does not exist")
                .contains("to enforce: a rule");
        assertThat(findings.get(1).message())
                .contains("public.t has no such index")
                .contains("to serve Q1");
        assertThat(findings.get(1).remedy()).isEqualTo("create index concurrently a on t (x)");
    }

    @Test
    void says_what_is_extra_and_whether_plans_use_it() {
        List<ObjectFinding> findings = new Scene()
                .has("a", "on t (x)")
                .has("b", "on t (y)")
                .uses("Q1", "a")
                .findings();

        assertThat(findings).extracting(ObjectFinding::rule).containsExactly("extra", "extra", "serves-no-query");
        assertThat(findings.get(0).message()).contains("captured plans use it: Q1 (typical)");
        assertThat(findings.get(0).remedy()).doesNotContain("drop");
        assertThat(findings.get(1).remedy()).endsWith("drop index concurrently public.b");
    }

    @Test
    void an_index_that_is_to_go_or_to_wait_should_not_be_there() {
        List<ObjectFinding> findings = new Scene()
                .planned(DROP, "a", "on t (x)")
                .planned(DEFER, "b", "on t (y)")
                .planned(DROP, "c", "add unique (z)")
                .has("a", "on t (x)")
                .has("b", "on t (y)")
                .has("c", "add unique (z)")
                .findings();

        assertThat(findings).extracting(ObjectFinding::rule).containsExactly("deferred", "undropped", "undropped");
        assertThat(findings.get(0).message()).contains("defer: because");
        assertThat(findings.get(2).remedy()).isEqualTo("alter table public.t drop constraint c");
    }

    @Test
    void shows_both_definitions_where_they_differ() {
        for (String other : List.of(
                "on t (y)",
                "unique on t (x)",
                "on t (x) where y > 1",
                "on t using hash (x)",
                "on t (x) include (y)",
                "add unique (x)")) {
            List<ObjectFinding> findings =
                    new Scene().planned(KEEP, "a", "on t (x)").has("a", other).findings();

            assertThat(findings).singleElement().satisfies(finding -> {
                assertThat(finding.rule()).isEqualTo("different");
                assertThat(finding.message())
                        .contains("plan:     create index a on t (x)")
                        .contains("database: ");
            });
        }
    }

    @Test
    void tells_what_is_good_for_the_same_from_what_is_not() {
        assertThat(new Scene()
                        .planned(KEEP, "a", "on t (x, y desc)")
                        .has("a", "on t (x desc, y)")
                        .found())
                .containsExactly("warning respelled public.a");
        assertThat(new Scene()
                        .planned(KEEP, "a", "on t (x) with (fillfactor = 70)")
                        .has("a", "on t (x)")
                        .found())
                .containsExactly("warning respelled public.a");
    }

    @Test
    void does_not_call_different_what_may_differ_in_casts_alone() {
        Scene scene = new Scene()
                .planned(KEEP, "a", "on t (x) where s in ('a', 'b')")
                .has("a", "on t (x) where (s)::text = any ((array['a'::varchar, 'b'::varchar])::text[])");

        assertThat(scene.found()).containsExactly("error different public.a");
        assertThat(scene.readOnly().found()).containsExactly("info uncertain public.a");
    }

    @Test
    void finds_the_index_under_another_name() {
        List<ObjectFinding> findings = new Scene()
                .planned(KEEP, "a", "on t (x)")
                .has("b", "on t (x)")
                .has("c", "on u (x)")
                .findings();

        assertThat(findings).extracting(ObjectFinding::rule).containsExactly("extra", "renamed");
        assertThat(findings.get(1).remedy()).isEqualTo("alter index public.b rename to a");
    }

    @Test
    void finds_the_name_on_another_table() {
        assertThat(new Scene()
                        .planned(KEEP, "a", "on t (x)")
                        .has("a", "on u (x)")
                        .found())
                .containsExactly("error extra public.a", "error name-taken public.a");
    }

    @Test
    void says_what_the_server_refuses_unless_it_is_deferred() {
        assertThat(new Scene()
                        .planned(DROP, "a", "on t (x)")
                        .planned(DEFER, "b", "on t (y)")
                        .refused("a", "column \"x\" does not exist")
                        .refused("b", "column \"y\" does not exist")
                        .found())
                .containsExactly("error refused public.a");
    }

    @Test
    void a_decision_must_fit_the_states() {
        for (Decision decision : Decision.values()) {
            boolean fitsWith = decision == KEEP || decision == DROP;
            Scene with = new Scene().planned(decision, "a", "on t (x)").firstStateHas("a");
            Scene without = new Scene().planned(decision, "a", "on t (x)").firstStateHas();
            assertThat(with.found().contains("error decision public.a")).isNotEqualTo(fitsWith);
            assertThat(without.found().contains("error decision public.a")).isEqualTo(fitsWith);
        }
        assertThat(new Scene()
                        .planned(DROP, "a", "on gone (x)")
                        .withoutTable("gone")
                        .firstStateHas("a")
                        .found())
                .as("an index that went with its table")
                .isEmpty();
        assertThat(new Scene()
                        .planned(KEEP, "a", "on t (x)")
                        .has("a", "on t (x)")
                        .firstStateHas()
                        .findings()
                        .get(0)
                        .remedy())
                .isEqualTo("decision: create");
    }

    @Test
    void an_invalid_index_is_found_whatever_the_plan_says_and_makes_nothing_redundant() {
        assertThat(new Scene()
                        .planned(KEEP, "a", "on t (x)")
                        .planned(KEEP, "b", "on t (x, y)")
                        .has("a", "on t (x)")
                        .has("b", "on t (x, y)", INVALID)
                        .found())
                .containsExactly("error invalid public.b");
        assertThat(new Scene()
                        .planned(KEEP, "a", "on t (x)")
                        .hasPartitioned("a", "on t (x)", false)
                        .findings()
                        .get(0)
                        .message())
                .contains("a partition of public.t lacks its part");
    }

    @Test
    void names_the_index_that_makes_another_redundant() {
        List<ObjectFinding> findings = new Scene()
                .planned(KEEP, "a", "on t (x)")
                .planned(KEEP, "b", "on t (x, y)")
                .planned(KEEP, "c", "on t (x desc, y desc)")
                .has("a", "on t (x)")
                .has("b", "on t (x, y)")
                .has("c", "on t (x desc, y desc)")
                .findings();

        assertThat(findings).extracting(ObjectFinding::rule).containsExactly("duplicate", "redundant");
        assertThat(findings.get(0).object()).isEqualTo("public.c");
        assertThat(findings.get(0).message()).contains("the same as public.b");
        assertThat(findings.get(1).message()).contains("its keys are the first keys of the other");
    }

    @Test
    void a_narrower_unique_index_contradicts_a_wider_one() {
        Scene scene = new Scene()
                .planned(KEEP, "wide", "unique on t (tenant, key)")
                .planned(KEEP, "id", "add primary key (tenant)")
                .has("wide", "unique on t (tenant, key)")
                .has("id", "add primary key (tenant)")
                .has("narrow", "unique on t (key)");

        assertThat(scene.found()).containsExactly("error conflict public.narrow", "error extra public.narrow");
        assertThat(scene.planned(KEEP, "narrow", "unique on t (key)").found())
                .containsExactly("warning conflict public.narrow");
        assertThat(scene.findings().get(0).message())
                .isEqualTo("it refuses rows that differ only in tenant: public.wide decides nothing");
    }

    @Test
    void an_index_needs_something_that_it_is_for() {
        assertThat(new Scene()
                        .planned(KEEP, "a", "on t (x)", List.of(), "")
                        .planned(DEFER, "b", "on t (y)", List.of(), "")
                        .has("a", "on t (x)")
                        .found())
                .containsExactly("error unjustified public.a");
    }

    @Test
    void a_query_that_does_not_use_the_index_refutes_the_plan() {
        List<ObjectFinding> findings = new Scene()
                .planned(KEEP, "a", "on t (x)", List.of("Q1", "Q2"), "")
                .planned(KEEP, "b", "on t (y)")
                .has("a", "on t (x)")
                .has("b", "on t (y)")
                .uses("Q1", "b")
                .findings();

        assertThat(findings).extracting(ObjectFinding::rule).containsExactly("unused-by-query", "unproven");
        assertThat(findings.get(0).message()).contains("whose captured plans in the state proven use b");
        assertThat(findings.get(1).message()).contains("Q2, of which there is no evidence in the state proven");
    }

    @Test
    void an_index_that_no_query_uses_is_worth_a_note_when_the_plan_says_what_else_it_is_for() {
        assertThat(new Scene()
                        .planned(KEEP, "a", "on t (x)")
                        .planned(KEEP, "u", "unique on t (y)")
                        .has("a", "on t (x)")
                        .has("u", "unique on t (y)")
                        .measured()
                        .found())
                .containsExactly("info serves-no-query public.a");
    }

    @Test
    void a_foreign_key_without_index_is_found_and_only_noted_where_it_was_decided() {
        Scene scene = new Scene()
                .planned(KEEP, "a", "on t (x)")
                .has("a", "on t (x)")
                .foreignKey("served", "t", "x")
                .foreignKey("bare", "t", "y", "Z");

        assertThat(scene.found()).containsExactly("warning foreign-key-without-index public.t");
        assertThat(scene.findings().get(0).remedy()).isEqualTo("create index concurrently on public.t (y, \"Z\")");
        assertThat(scene.planned(DEFER, "d", "on t (\"Z\", y)").found())
                .containsExactly("info foreign-key-without-index public.t");
        assertThat(scene.findings().get(0).message()).endsWith("the plan's decision for d is defer: because");
    }

    @Test
    void the_part_of_a_partitioned_index_belongs_to_it() {
        assertThat(new Scene()
                        .planned(KEEP, "a", "on t (x)")
                        .hasPartitioned("a", "on t (x)", true)
                        .hasPart("a1", "on t1 (x)", "a")
                        .found())
                .isEmpty();
    }

    @Test
    void names_the_measured_state_that_a_database_is_closest_to() {
        IndexUse first = new IndexUse("baseline", 1, Map.of("a", 1L, "b", 1L), List.of(), Set.of());
        IndexUse second = new IndexUse("proven", 1, Map.of("a", 1L, "c", 1L), List.of(), Set.of());
        List<CatalogIndex> indexes =
                new Scene().has("a", "on t (x)").has("c", "on t (y)").input().indexes();

        assertThat(ClosestState.of(indexes, List.of(first, second))
                        .orElseThrow()
                        .sentence())
                .isEqualTo("the database has the indexes of the state proven");
        assertThat(ClosestState.of(indexes, List.of(first)).orElseThrow().sentence())
                .isEqualTo("of the states that were measured, the database is closest to baseline, without b, with c");
        assertThat(ClosestState.of(indexes, List.of())).isEmpty();
    }
}
