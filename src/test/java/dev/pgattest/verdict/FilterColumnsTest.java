package dev.pgattest.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FilterColumnsTest {

    @Test
    void columns_that_must_equal_something_come_before_those_of_a_range() {
        assertThat(FilterColumns.of(
                        "((o.placed_at >= '2024-01-01'::date) AND (o.status = 'open'::text) AND (7 = o.customer_id))"))
                .containsExactly("status", "customer_id", "placed_at");
    }

    @Test
    void a_list_of_values_a_flag_and_a_null_test_count() {
        assertThat(FilterColumns.of("((o.status = ANY ('{a,b}'::text[])) AND o.paid AND (o.shipped_at IS NULL))"))
                .containsExactly("status", "paid", "shipped_at");
    }

    @Test
    void a_cast_does_not_hide_a_column_and_a_name_is_quoted() {
        assertThat(FilterColumns.of("(((o.\"Größe\")::text = $1) AND ((o.\"order\")::text = 'x'::text))"))
                .containsExactly("\"Größe\"", "\"order\"");
    }

    @Test
    void an_expression_over_a_column_and_either_or_are_no_columns_to_lead_with() {
        assertThat(FilterColumns.of("(lower(o.email) = 'a'::text)")).isEmpty();
        assertThat(FilterColumns.of("((o.a = 1) OR (o.b = 2))")).isEmpty();
        assertThat(FilterColumns.of("(o.* = ROW(1, 'a'::text))")).isEmpty();
    }

    @Test
    void a_pattern_and_a_difference_are_nothing_that_a_b_tree_on_the_column_serves() {
        assertThat(FilterColumns.of(
                        "((p.note ~~ '%y%'::text) AND (p.state <> 'done'::text) AND (p.sent_at IS NOT NULL))"))
                .isEmpty();
        assertThat(FilterColumns.of("((p.note ~~ 'x%'::text) AND (p.amount_cents < 50000))"))
                .containsExactly("amount_cents");
    }

    @Test
    void what_is_no_sql_has_none() {
        assertThat(FilterColumns.of("(NOT (ANY (o.id = (hashed SubPlan 1).col1)))"))
                .isEmpty();
        assertThat(FilterColumns.of("(hashed SubPlan 1)")).isEmpty();
    }
}
