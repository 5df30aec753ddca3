package dev.pgattest.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.pgattest.ExitCode;
import dev.pgattest.PgattestException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlanParserTest {

    @Test
    void rows_of_postgresql_18_keep_their_decimals() {
        PlanNode inner = node("fractional-rows", "0.1");

        assertThat(inner.facts()).containsEntry("Actual Rows", new BigDecimal("0.74"));
        assertThat(inner.number(PlanKey.INDEX_SEARCHES)).hasValue(900);
    }

    @Test
    void paths_name_places_in_the_tree() {
        assertThat(Plans.plan("cte-initplan-subplan").nodes().map(PlanNode::path))
                .containsExactly("0", "0.0", "0.0.0", "0.1", "0.1.0", "0.2", "0.3", "0.3.0", "0.4", "0.4.0");
    }

    @Test
    void unknown_keys_are_kept() {
        ExplainOutput plan = PlanParser.parse("""
                [{"Plan": {"Node Type": "Quantum Scan", "Entangled With": ["a", {"b": 1.50}], "Spin": null}, "Weather": "fine"}]
                """);

        assertThat(plan.root().facts())
                .containsEntry("Entangled With", List.of("a", Map.of("b", new BigDecimal("1.50"))))
                .containsKey("Spin");
        assertThat(plan.other()).containsExactly(Map.entry("Weather", "fine"));
    }

    @Test
    void a_key_that_is_absent_is_not_zero() {
        PlanNode root = Plans.plan("estimates-only").root();

        assertThat(root.number(PlanKey.ACTUAL_ROWS)).isEmpty();
        assertThat(root.executed()).isFalse();
        assertThat(Plans.plan("estimates-only").analyzed()).isFalse();
        assertThat(Plans.plan("timing-off").root().number(PlanKey.ACTUAL_TOTAL_TIME))
                .isEmpty();
        assertThat(Plans.plan("timing-off").analyzed()).isTrue();
    }

    @Test
    void what_surrounds_the_plan_is_read() {
        ExplainOutput triggers = Plans.plan("update-with-triggers");
        ExplainOutput serialized = Plans.plan("serialize");

        assertThat(triggers.execution().triggers())
                .extracting(ExplainOutput.Trigger::constraint, ExplainOutput.Trigger::calls)
                .containsExactly(tuple("account_customer_id_fkey", 1000L), tuple(null, 1000L));
        assertThat(serialized.execution().serialization()).satisfies(serialization -> {
            assertThat(serialization.format()).isEqualTo("binary");
            assertThat(serialization.outputKilobytes()).isEqualTo(153);
        });
        assertThat(Plans.plan("jit-forced").execution().jit())
                .satisfies(jit -> assertThat(jit.totalMillis()).isPositive());
        assertThat(Plans.plan("bitmap-lossy").settings()).containsEntry("work_mem", "64kB");
        assertThat(Plans.plan("bitmap-lossy").planning().buffers().shared().touched())
                .isEqualTo(3);
        assertThat(PlanParser.parse("{\"Plan\": {\"Node Type\": \"Result\"}, \"Query Identifier\": -9007199254740993}")
                        .queryIdentifier())
                .isEqualTo("-9007199254740993");
    }

    @Test
    void malformed_input_is_rejected_with_what_was_found() {
        record Case(String json, String found) {}
        List<Case> cases = List.of(
                new Case("", "empty"),
                new Case("null", "empty"),
                new Case("Seq Scan on t", "no JSON at line 1, column 1: Seq Scan on t"),
                new Case("[{\"Plan\": {\"Node Type\": \"Result\"}}] x", "no JSON"),
                new Case("[]", "0 plans, expected one"),
                new Case("[{}, {}]", "2 plans, expected one"),
                new Case("[\"Utility Statement\"]", "the text 'Utility Statement', expected an object"),
                new Case("{\"plan\": 1}", "missing, expected an object under the key \"Plan\""),
                new Case("{\"Plan\": [1]}", "a list of 1, expected an object"),
                new Case("{\"Plan\": {\"Alias\": \"a\"}}", "node 0 has no \"Node Type\""),
                new Case(
                        "{\"Plan\": {\"Node Type\": \"Limit\", \"Plans\": [{\"Node Type\": \"Result\", \"Actual Rows\": \"7\"}]}}",
                        "\"Actual Rows\" of node 0.0 is the text '7', expected a number"),
                new Case(
                        "{\"Plan\": {\"Node Type\": \"Limit\", \"Disabled\": null}}",
                        "\"Disabled\" of node 0 is missing, expected true or false"),
                new Case(
                        "{\"Plan\": {\"Node Type\": \"Limit\", \"Plans\": [3]}}",
                        "\"Plans\" of node 0 is a list of 1, expected a list of objects"));
        for (Case example : cases) {
            assertThatThrownBy(() -> PlanParser.parse(example.json))
                    .as(example.json)
                    .isInstanceOfSatisfying(
                            PgattestException.class,
                            e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_INPUT))
                    .hasMessageContaining(example.found);
        }
    }

    @Test
    void nesting_without_end_is_rejected_and_not_a_stack_overflow() {
        String deep = "{\"Plan\": " + "{\"Node Type\": \"Limit\", \"Plans\": [".repeat(20_000);

        assertThatThrownBy(() -> PlanParser.parse(deep)).isInstanceOf(PgattestException.class);
    }

    private static PlanNode node(String plan, String path) {
        return Plans.plan(plan).node(path);
    }
}
