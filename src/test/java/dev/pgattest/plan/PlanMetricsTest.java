package dev.pgattest.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PlanMetricsTest {

    private static final double ROUNDING = 1e-6;

    @Test
    void exclusive_figures_of_real_plans_add_up_and_are_never_negative() {
        for (String name : Plans.names()) {
            assertAddsUp(Plans.plan(name), name);
        }
    }

    @Test
    void exclusive_figures_of_random_plans_add_up_and_are_never_negative() {
        for (int seed = 0; seed < 500; seed++) {
            String json = "{\"Plan\": " + new RandomPlan(seed).node(4, "Outer") + "}";
            assertAddsUp(PlanParser.parse(json), "seed " + seed);
        }
    }

    @Test
    void a_common_table_expression_is_paid_by_the_scan_that_reads_it() {
        for (String name : List.of("cte-initplan-subplan", "cte-initplan-subplan-15")) {
            PlanMetrics metrics = metrics(name);
            // 0.2 reads the expression 0.0 and uses the init plan 0.1; the join 0 has only its own 0.4 (sub plan)
            // besides.
            assertThat(exclusive(metrics, "0.2").shared().touched()).as(name).isZero();
            assertThat(exclusive(metrics, "0").shared().touched()).as(name).isZero();
            assertThat(exclusive(metrics, "0.0.0").shared().touched()).as(name).isEqualTo(1819);
            assertThat(metrics.sharedBuffersTouched()).as(name).isEqualTo(2203);
            assertThat(metrics.node("0").exclusiveMillis()).as(name).isBetween(0.05, 1.0);
        }
    }

    @Test
    void a_writing_common_table_expression_that_nobody_reads_counts_beside_the_root() {
        PlanMetrics metrics = metrics("writable-cte");

        assertThat(Plans.plan("writable-cte").root().buffers().shared().touched())
                .isEqualTo(14);
        assertThat(metrics.sharedBuffersTouched()).isEqualTo(14 + 3892);
        assertThat(metrics.node("0").exclusiveMillis()).isBetween(0.0, 0.1);
    }

    @Test
    void times_of_parallel_processes_become_wall_clock() {
        PlanMetrics metrics = metrics("parallel-sequential-scan");
        NodeMetrics scan = metrics.node("0.0.0.0.0");

        assertThat(scan.processes()).isEqualTo(3);
        assertThat(scan.wallMillis()).isEqualTo(14.685, within(ROUNDING));
        assertThat(scan.rows()).isEqualTo(6667 * 3);
        assertThat(scan.rowsRemoved()).isEqualTo(26667 * 3);
        assertThat(scan.exclusiveBuffers().shared().touched()).isEqualTo(1819);
        assertThat(metrics.totals().workersPlanned()).isEqualTo(2);
        assertThat(metrics.totals().workersLaunched()).isEqualTo(2);
    }

    @Test
    void estimates_of_partial_nodes_are_compared_as_totals() {
        RowEstimate estimate = estimate(metrics("parallel-sequential-scan"), "0.0.0.0.0");

        assertThat(estimate.estimated()).isEqualTo(8193 * 2.4, within(ROUNDING));
        assertThat(estimate.actual()).isEqualTo(6667 * 3);
        assertThat(estimate.factor()).isLessThan(1.02);
    }

    @Test
    void a_limit_that_stops_early_is_no_misestimate() {
        PlanMetrics metrics = metrics("limit-stops-early");

        assertThat(metrics.node("0.0").estimate()).isNull();
        assertThat(estimate(metrics, "0").factor()).isEqualTo(1);
    }

    @Test
    void a_sort_below_a_limit_reads_all_its_input() {
        String json = """
                {"Plan": {"Node Type": "Limit", "Plan Rows": 5, "Actual Rows": 5, "Actual Loops": 1, "Plans": [
                  {"Node Type": "Sort", "Plan Rows": 5000, "Actual Rows": 5, "Actual Loops": 1, "Plans": [
                    {"Node Type": "Seq Scan", "Plan Rows": 5000, "Actual Rows": 20, "Actual Loops": 1}]}]}}
                """;
        PlanMetrics metrics = PlanMetrics.of(PlanParser.parse(json));

        assertThat(metrics.node("0.0").estimate()).isNull();
        assertThat(estimate(metrics, "0.0.0").factor()).isEqualTo(250);
    }

    @Test
    void a_node_that_never_ran_has_no_estimate_and_no_rows() {
        PlanMetrics metrics = metrics("never-executed");
        List<PlanNode> idle = Plans.plan("never-executed")
                .nodes()
                .filter(node -> !node.executed())
                .toList();

        assertThat(idle).isNotEmpty();
        for (PlanNode node : idle) {
            assertThat(metrics.node(node.path()).estimate()).isNull();
            assertThat(metrics.node(node.path()).rows()).isZero();
        }
    }

    @Test
    void a_self_join_has_two_scans_told_apart_by_alias() {
        assertThat(metrics("self-join").scans())
                .extracting(Scan::path, Scan::relation, Scan::alias, Scan::kind)
                .containsExactly(
                        tuple("0.0", "employee", "boss", Scan.Kind.INDEX),
                        tuple("0.1.0", "employee", "worker", Scan.Kind.SEQUENTIAL));
        assertThat(metrics("self-join").rowsScanned())
                .containsOnlyKeys("employee")
                .containsEntry("employee", 5514.0);
    }

    @Test
    void indexes_of_bitmaps_belong_to_the_scan_of_the_table() {
        PlanMetrics metrics = metrics("bitmap-lossy");

        assertThat(metrics.scans()).singleElement().satisfies(scan -> {
            assertThat(scan.kind()).isEqualTo(Scan.Kind.BITMAP);
            assertThat(scan.indexes()).containsExactly("purchase_customer_idx");
        });
        assertThat(metrics.indexesUsed()).containsExactly("purchase_customer_idx");
    }

    @Test
    void shares_of_plans_without_times_are_zero() {
        assertThat(metrics("estimates-only").shares()).isEqualTo(new PlanMetrics.Shares(0, 0, 0));
    }

    private static void assertAddsUp(ExplainOutput plan, String name) {
        Payers payers = Payers.of(plan.root());
        Processes processes = Processes.of(plan.root());
        PlanMetrics metrics = PlanMetrics.of(plan);
        double millis =
                payers.roots().stream().mapToDouble(processes::wallMillis).sum();
        assertThat(metrics.nodes()).as(name).hasSize((int) plan.nodes().count());
        assertThat(metrics.nodes().values().stream()
                        .mapToDouble(NodeMetrics::exclusiveMillis)
                        .sum())
                .as(name)
                .isEqualTo(millis, within(ROUNDING));
        assertThat(metrics.nodes().values().stream()
                        .map(NodeMetrics::exclusiveBuffers)
                        .reduce(Buffers.NONE, Buffers::plus))
                .as(name)
                .isEqualTo(metrics.totals().buffers());
        for (NodeMetrics node : metrics.nodes().values()) {
            assertThat(node.exclusiveMillis()).as(name).isNotNegative();
            Buffers own = node.exclusiveBuffers();
            assertThat(own.atMost(Buffers.NONE)).as(name).isEqualTo(Buffers.NONE);
            if (node.estimate() != null) {
                assertThat(node.estimate().factor()).as(name).isGreaterThanOrEqualTo(1);
            }
        }
    }

    private static PlanMetrics metrics(String plan) {
        return PlanMetrics.of(Plans.plan(plan));
    }

    private static RowEstimate estimate(PlanMetrics metrics, String path) {
        return Objects.requireNonNull(metrics.node(path).estimate(), path);
    }

    private static Buffers exclusive(PlanMetrics metrics, String path) {
        return metrics.node(path).exclusiveBuffers();
    }

    /** Plans that no server would print: figures that contradict each other, expressions that read each other in circles. */
    private static final class RandomPlan {
        private static final List<String> TYPES =
                List.of("Nested Loop", "CTE Scan", "Gather", "Limit", "Sort", "Seq Scan", "Merge Join", "Aggregate");
        private static final List<String> RELATIONSHIPS = List.of("Outer", "Inner", "InitPlan", "SubPlan");
        private final SplittableRandom random;

        RandomPlan(long seed) {
            random = new SplittableRandom(seed);
        }

        String node(int depth, String relationship) {
            StringBuilder children = new StringBuilder();
            int width = depth == 0 ? 0 : random.nextInt(4);
            for (int i = 0; i < width; i++) {
                children.append(i == 0 ? "" : ",")
                        .append(node(depth - 1, RELATIONSHIPS.get(random.nextInt(RELATIONSHIPS.size()))));
            }
            int number = random.nextInt(3);
            String subplan = relationship.equals("InitPlan")
                    ? random.nextBoolean() ? "CTE c" + number : "InitPlan 1 (returns $" + number + ")"
                    : "SubPlan 1";
            return String.format(
                    Locale.ROOT,
                    """
                    {"Node Type": "%s", "Parent Relationship": "%s", "Subplan Name": "%s", "CTE Name": "c%d", "Filter": "(x > $%d)",
                     "Plan Rows": %d, "Actual Rows": %.2f, "Actual Loops": %d, "Actual Total Time": %.3f,
                     "Shared Hit Blocks": %d, "Temp Written Blocks": %d, "Plans": [%s]}""",
                    TYPES.get(random.nextInt(TYPES.size())),
                    relationship,
                    subplan,
                    random.nextInt(3),
                    random.nextInt(3),
                    random.nextInt(1000),
                    random.nextDouble() * 1000,
                    random.nextInt(4),
                    random.nextDouble() * 100,
                    random.nextInt(1000),
                    random.nextInt(10),
                    children);
        }
    }
}
