package dev.pgattest.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgattest.Problem;
import dev.pgattest.Severity;
import dev.pgattest.plan.ExplainOutput;
import dev.pgattest.plan.PlanParser;
import dev.pgattest.plan.Plans;
import dev.pgattest.verdict.RedFlagContext.TableSize;
import dev.pgattest.verdict.RedFlagSettings.RuleSettings;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RedFlagRulesTest {

    @Test
    void every_rule_is_raised_by_some_real_plan_or_a_test_here() {
        Set<String> raised = new HashSet<>();
        for (String name : Plans.names()) {
            RedFlagContext context = RedFlagContext.builder(Plans.plan(name))
                    .blocking()
                    .criticalTables(Set.of("purchase"))
                    .slo(Duration.ofMillis(50))
                    .build();
            RedFlagRules.raised(context).forEach(flag -> raised.add(flag.id()));
        }
        // A claim about an index, a latency and times cannot be told by a plan alone; each has a test of its own.
        Set<String> quiet = new HashSet<>(RedFlagRules.ids());
        quiet.removeAll(raised);

        assertThat(quiet)
                .containsExactlyInAnyOrder(
                        "intended-index-unused", "latency-over-slo", "planning-time", "planning-share");
    }

    @Test
    void an_index_that_was_meant_to_serve_and_is_not_used_is_named() {
        RedFlagContext.Builder context = RedFlagContext.builder(Plans.plan("parallel-sequential-scan"))
                .blocking()
                .intendedIndexes(List.of("purchase_claimed"));

        assertThat(flags(context, "intended-index-unused")).singleElement().satisfies(flag -> {
            assertThat(flag.severity()).isEqualTo(Severity.ERROR);
            assertThat(flag.message()).contains("purchase_claimed").contains("no index");
        });
    }

    @Test
    void an_intended_index_that_is_used_is_clear_and_one_for_a_small_table_need_not_be() {
        RedFlagContext.Builder used = RedFlagContext.builder(Plans.plan("primary-key-lookup"))
                .blocking()
                .intendedIndexes(List.of("purchase_pkey"));
        RedFlagContext.Builder small = RedFlagContext.builder(Plans.plan("parallel-sequential-scan"))
                .blocking()
                .intendedIndexes(List.of("purchase_claimed"))
                .tables(Map.of("purchase", new RedFlagContext.TableSize(10, 100)));

        assertThat(RedFlagRules.judge(used.build()).get("intended-index-unused"))
                .isInstanceOf(RedFlagOutcome.Clear.class);
        assertThat(RedFlagRules.judge(small.build()).get("intended-index-unused"))
                .isInstanceOf(RedFlagOutcome.NotApplicable.class);
    }

    @Test
    void a_primary_key_lookup_raises_nothing() {
        RedFlagContext context = RedFlagContext.builder(Plans.plan("primary-key-lookup"))
                .blocking()
                .criticalTables(Set.of("purchase"))
                .slo(Duration.ofMillis(10))
                .p95(Duration.ofMillis(1))
                .build();

        assertThat(RedFlagRules.raised(context)).isEmpty();
    }

    @Test
    void a_sequential_scan_of_a_small_critical_table_is_not_applicable() {
        RedFlagContext.Builder context = RedFlagContext.builder(Plans.plan("parallel-sequential-scan"))
                .criticalTables(Set.of("public.purchase"));

        assertThat(flags(context, "seq-scan-critical-table")).singleElement().satisfies(flag -> {
            assertThat(flag.severity()).isEqualTo(Severity.ERROR);
            assertThat(place(flag).path()).isEqualTo("0.0.0.0.0");
            assertThat(flag.message())
                    .isEqualTo("reads purchase from end to end: 1,819 blocks and 100,002 rows to return 20,001");
        });
        assertThat(outcome(context.tables(Map.of("purchase", new TableSize(999, 100_000))), "seq-scan-critical-table"))
                .isEqualTo(
                        new RedFlagOutcome.NotApplicable(
                                "not applicable at this scale: purchase has 999 pages, under 1,000 a sequential scan is right"));
    }

    @Test
    void a_sequential_scan_that_a_limit_stopped_is_not_applicable() {
        RedFlagContext.Builder context = RedFlagContext.builder(Plans.plan("limit-stops-early"))
                .criticalTables(Set.of("purchase"))
                .tables(Map.of("purchase", new TableSize(1819, 100_000)));

        assertThat(outcome(context, "seq-scan-critical-table"))
                .isEqualTo(new RedFlagOutcome.NotApplicable("the scan of purchase stopped after 1 of 1,819 pages"));
        assertThat(flags(context, "row-misestimate")).isEmpty();
    }

    @Test
    void a_sequential_scan_that_returns_most_rows_is_not_applicable() {
        RedFlagContext.Builder context =
                RedFlagContext.builder(Plans.plan("cte-initplan-subplan")).criticalTables(Set.of("purchase"));

        assertThat(outcome(context, "seq-scan-critical-table"))
                .isEqualTo(new RedFlagOutcome.NotApplicable(
                        "the scan of purchase returns 98 % of the rows it reads, an index would not read fewer"));
    }

    @Test
    void missing_declarations_are_not_applicable_instead_of_clear() {
        RedFlagContext.Builder context = RedFlagContext.builder(Plans.plan("parallel-sequential-scan"));

        for (String id :
                List.of("seq-scan-critical-table", "no-index-used", "interactive-buffers", "latency-over-slo")) {
            assertThat(outcome(context, id)).as(id).isInstanceOf(RedFlagOutcome.NotApplicable.class);
        }
    }

    @Test
    void the_nested_loop_rule_looks_at_the_inner_side_only() {
        RedFlagContext.Builder guilty = RedFlagContext.builder(Plans.plan("nested-loop-inner-sequential-scan"));
        RedFlagContext.Builder innocent = RedFlagContext.builder(Plans.plan("nested-loop-innocent-sequential-scan"));

        assertThat(flags(guilty, "nested-loop-inner-scans")).singleElement().satisfies(flag -> {
            assertThat(place(flag).path()).isEqualTo("0.1");
            assertThat(place(flag).nodeType()).isEqualTo("Seq Scan");
            assertThat(flag.message()).contains("node 0 runs it 150 times");
        });
        assertThat(Plans.plan("nested-loop-innocent-sequential-scan").nodes())
                .anyMatch(node -> node.nodeType().equals("Nested Loop"))
                .anyMatch(node -> node.nodeType().equals("Seq Scan"));
        assertThat(outcome(innocent, "nested-loop-inner-scans")).isEqualTo(new RedFlagOutcome.Clear());
    }

    @Test
    void a_flag_on_a_self_join_names_the_alias() {
        RedFlagSettings settings =
                RedFlagSettings.DEFAULTS.with("seq-scan-buffers", RuleSettings.DEFAULTS.with("blocks", 10));
        RedFlagContext.Builder context =
                RedFlagContext.builder(Plans.plan("self-join")).settings(settings);

        assertThat(flags(context, "seq-scan-buffers")).singleElement().satisfies(flag -> {
            assertThat(place(flag).alias()).isEqualTo("worker");
            assertThat(flag.message()).contains("employee (worker)");
        });
    }

    @Test
    void a_misestimate_is_named_where_it_starts() {
        assertThat(flags(RedFlagContext.builder(Plans.plan("row-misestimate")), "row-misestimate"))
                .singleElement()
                .satisfies(flag -> {
                    assertThat(place(flag).path()).isEqualTo("0.0");
                    assertThat(flag.message())
                            .isEqualTo("large misestimate: expected 1 row, 1,000 came: 1,000 times too few");
                });
    }

    @Test
    void index_searches_are_not_applicable_before_postgresql_18() {
        assertThat(outcome(RedFlagContext.builder(Plans.plan("index-only-heap-fetches")), "index-searches"))
                .isEqualTo(new RedFlagOutcome.NotApplicable("PostgreSQL before 18 does not count index searches"));
        assertThat(flags(RedFlagContext.builder(Plans.plan("index-searches")), "index-searches"))
                .isNotEmpty();
    }

    @Test
    void a_misestimated_common_table_expression_is_named_once() {
        assertThat(flags(RedFlagContext.builder(Plans.plan("recursive-cte")), "row-misestimate"))
                .singleElement()
                .satisfies(flag -> assertThat(place(flag).nodeType()).isEqualTo("Recursive Union"));
    }

    @Test
    void disabled_nodes_are_found_with_and_without_the_key() {
        for (String name : List.of("disabled-node", "disabled-node-15")) {
            assertThat(flags(RedFlagContext.builder(Plans.plan(name)), "disabled-node"))
                    .as(name)
                    .singleElement()
                    .satisfies(flag -> {
                        assertThat(place(flag).relation()).isEqualTo("audit");
                        assertThat(flag.message()).endsWith("; enable_seqscan = off");
                    });
        }
    }

    @Test
    void latency_is_flagged_above_twice_the_target() {
        RedFlagContext.Builder context =
                RedFlagContext.builder(Plans.plan("primary-key-lookup")).slo(Duration.ofMillis(100));

        assertThat(outcome(context.p95(Duration.ofMillis(200)), "latency-over-slo"))
                .isEqualTo(new RedFlagOutcome.Clear());
        assertThat(flags(context.p95(Duration.ofMillis(201)), "latency-over-slo"))
                .singleElement()
                .satisfies(flag -> {
                    assertThat(flag.place()).isNull();
                    assertThat(flag.toString())
                            .isEqualTo("error[latency-over-slo]: p95 is 201.0 ms, 2.0 times the target of 100.0 ms");
                });
    }

    @Test
    void planning_time_is_a_warning_above_50_and_an_error_above_100_ms() {
        record Case(double millis, List<Severity> severities) {}
        List<Case> cases = List.of(
                new Case(50, List.of()),
                new Case(50.1, List.of(Severity.WARNING)),
                new Case(100, List.of(Severity.WARNING)),
                new Case(100.1, List.of(Severity.ERROR)));
        for (Case example : cases) {
            assertThat(flags(RedFlagContext.builder(planned(example.millis, 1000)), "planning-time"))
                    .as("%s ms", example.millis)
                    .extracting(RedFlag::severity)
                    .isEqualTo(example.severities);
        }
    }

    @Test
    void planning_share_needs_a_share_and_a_time() {
        assertThat(flags(RedFlagContext.builder(planned(20, 10)), "planning-share"))
                .singleElement()
                .satisfies(flag ->
                        assertThat(flag.message()).isEqualTo("planning takes 20.0 ms, 67 % of planning and execution"));
        assertThat(flags(RedFlagContext.builder(planned(4, 1)), "planning-share"))
                .isEmpty();
        assertThat(flags(RedFlagContext.builder(planned(20, 100)), "planning-share"))
                .isEmpty();
    }

    @Test
    void a_project_may_switch_off_and_change_severity_and_thresholds() {
        ExplainOutput plan = Plans.plan("external-sort");

        assertThat(flags(RedFlagContext.builder(plan), "external-sort"))
                .extracting(RedFlag::severity)
                .containsExactly(Severity.WARNING);
        assertThat(flags(with(plan, "external-sort", RuleSettings.DEFAULTS.with(Severity.ERROR)), "external-sort"))
                .extracting(RedFlag::severity)
                .containsExactly(Severity.ERROR);
        assertThat(flags(with(plan, "external-sort", RuleSettings.DEFAULTS.with("disk_kb", 8864)), "external-sort"))
                .isEmpty();
        assertThat(outcome(with(plan, "external-sort", RuleSettings.OFF), "external-sort"))
                .isEqualTo(new RedFlagOutcome.NotApplicable("switched off by the project"));
    }

    @Test
    void errors_come_first() {
        RedFlagContext context = RedFlagContext.builder(Plans.plan("workers-launched-fewer"))
                .blocking()
                .build();

        assertThat(RedFlagRules.raised(context))
                .extracting(RedFlag::id)
                .containsExactly(
                        "no-index-used", "seq-scan-buffers", "rows-removed-by-filter", "workers-launched-fewer");
    }

    @Test
    void unknown_ids_and_keys_and_numbers_out_of_range_are_problems() {
        RedFlagSettings settings = RedFlagSettings.DEFAULTS
                .with("seq-scan", RuleSettings.OFF)
                .with("heap-fetches", RuleSettings.DEFAULTS.with("share", 40).with("rows", 5))
                .with("hash-batches", RuleSettings.DEFAULTS.with("batch", 2))
                .with("disabled-node", RuleSettings.DEFAULTS.with("x", 2))
                .with("external-sort", RuleSettings.DEFAULTS.with("disk_kb", -1));

        assertThat(RedFlagRules.problems(settings))
                .extracting(Problem::message)
                .containsExactly(
                        "red flag 'disabled-node' has no threshold 'x'",
                        "threshold 'disk_kb' of red flag 'external-sort' is -1.0",
                        "red flag 'hash-batches' has no threshold 'batch'",
                        "threshold 'share' of red flag 'heap-fetches' is 40.0",
                        "unknown red flag 'seq-scan'");
        assertThat(RedFlagRules.problems(RedFlagSettings.DEFAULTS)).isEmpty();
    }

    @Test
    void ids_and_keys_are_unique_and_spelled_alike() {
        assertThat(RedFlagRules.ids()).doesNotHaveDuplicates().allMatch(id -> id.matches("[a-z]+(-[a-z]+)*"));
        for (String id : RedFlagRules.ids()) {
            assertThat(RedFlagRules.thresholds(id))
                    .extracting(Threshold::key)
                    .as(id)
                    .doesNotHaveDuplicates()
                    .allMatch(key -> key.matches("[a-z]+(_[a-z]+)*"));
        }
        assertThatThrownBy(() -> RedFlagRules.thresholds("nothing"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'nothing'");
    }

    @Test
    void a_plan_without_execution_raises_nothing_about_execution() {
        RedFlagContext context = RedFlagContext.builder(Plans.plan("estimates-only"))
                .blocking()
                .criticalTables(Set.of("purchase"))
                .build();

        assertThat(RedFlagRules.raised(context)).isEmpty();
    }

    private static ExplainOutput planned(double planningMillis, double executionMillis) {
        return PlanParser.parse("{\"Plan\": {\"Node Type\": \"Result\"}, \"Planning Time\": " + planningMillis
                + ", \"Execution Time\": " + executionMillis + "}");
    }

    private static RedFlagContext.Builder with(ExplainOutput plan, String id, RuleSettings settings) {
        return RedFlagContext.builder(plan).settings(RedFlagSettings.DEFAULTS.with(id, settings));
    }

    private static RedFlagOutcome outcome(RedFlagContext.Builder context, String id) {
        return Objects.requireNonNull(RedFlagRules.judge(context.build()).get(id), id);
    }

    private static RedFlag.Place place(RedFlag flag) {
        return Objects.requireNonNull(flag.place(), flag.id());
    }

    private static List<RedFlag> flags(RedFlagContext.Builder context, String id) {
        return RedFlagRules.raised(context.build()).stream()
                .filter(flag -> flag.id().equals(id))
                .toList();
    }
}
