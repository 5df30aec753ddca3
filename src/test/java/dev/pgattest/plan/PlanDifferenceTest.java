package dev.pgattest.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlanDifferenceTest {

    @Test
    void figures_do_not_change_the_shape() {
        PlanShape custom = PlanShape.of(Plans.plan("custom-plan"));
        PlanShape generic = PlanShape.of(Plans.plan("generic-plan"));

        assertThat(generic).isEqualTo(custom);
        assertThat(generic.digest()).isEqualTo(custom.digest()).matches("[0-9a-f]{64}");
        assertThat(PlanDifference.between(Plans.plan("custom-plan"), Plans.plan("generic-plan"))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void two_major_versions_give_one_shape() {
        assertThat(PlanShape.of(Plans.plan("cte-initplan-subplan")))
                .isEqualTo(PlanShape.of(Plans.plan("cte-initplan-subplan-15")));
        assertThat(PlanShape.of(Plans.plan("cte-initplan-subplan")).text()).isEqualTo("""
                        Hash Join
                          CTE paid: HashAggregate
                            Seq Scan on purchase
                          InitPlan 3: Aggregate
                            CTE Scan on paid
                          CTE Scan on paid p
                          Hash
                            Index Only Scan using customer_pkey on customer c
                          SubPlan 2: Aggregate
                            Index Scan using line_pkey on line l
                        """);
    }

    @Test
    void another_access_to_a_relation_is_one_change() {
        assertThat(difference(
                        scan("Seq Scan", ""),
                        scan("Index Only Scan", ", \"Index Name\": \"i\", \"Scan Direction\": \"Backward\"")))
                .isEqualTo("[Seq Scan on t → Index Only Scan Backward using i on t]");
    }

    @Test
    void a_bitmap_scan_is_named_with_its_indexes() {
        String bitmap = scan("Bitmap Heap Scan", """
                , "Plans": [{"Node Type": "BitmapAnd", "Plans": [
                  {"Node Type": "Bitmap Index Scan", "Index Name": "b"}, {"Node Type": "Bitmap Index Scan", "Index Name": "a"}]}]
                """);

        assertThat(difference(scan("Seq Scan", ""), bitmap))
                .isEqualTo("[Seq Scan on t → Bitmap Heap Scan using a, b on t]");
    }

    @Test
    void joins_and_sorts_are_compared_after_accesses() {
        String hashed = join("Hash Join", scan("Seq Scan", ""), "{\"Node Type\": \"Hash\"}");
        String looped = join("Nested Loop", scan("Index Scan", ", \"Index Name\": \"i\""), "{\"Node Type\": \"Sort\"}");

        assertThat(difference(hashed, looped))
                .isEqualTo("[Seq Scan on t → Index Scan using i on t, Hash Join → Nested Loop, gone: Hash, new: Sort]");
    }

    @Test
    void sides_of_a_self_join_are_kept_apart() {
        String before = join("Nested Loop", aliased("Seq Scan", "x", ""), aliased("Seq Scan", "y", ""));
        String after = join(
                "Nested Loop", aliased("Seq Scan", "x", ""), aliased("Index Scan", "y", ", \"Index Name\": \"i\""));

        assertThat(difference(before, after)).isEqualTo("[Seq Scan on t y → Index Scan using i on t y]");
    }

    @Test
    void another_order_of_the_same_nodes_is_a_change() {
        String before = join("Nested Loop", aliased("Seq Scan", "x", ""), aliased("Seq Scan", "y", ""));
        String after = join("Nested Loop", aliased("Seq Scan", "y", ""), aliased("Seq Scan", "x", ""));

        assertThat(difference(before, after)).isEqualTo("[reads x, y → reads y, x]");
    }

    @Test
    void the_same_nodes_nested_otherwise_are_a_change() {
        String before = "{\"Node Type\": \"Limit\", \"Plans\": [{\"Node Type\": \"Sort\"}]}";
        String after = "{\"Node Type\": \"Sort\", \"Plans\": [{\"Node Type\": \"Limit\"}]}";

        assertThat(difference(before, after)).isEqualTo("[Limit / Sort → Sort / Limit]");
    }

    private static String difference(String before, String after) {
        return PlanDifference.between(parse(before), parse(after)).changes().toString();
    }

    private static ExplainOutput parse(String node) {
        return PlanParser.parse("{\"Plan\": " + node + "}");
    }

    private static String scan(String type, String more) {
        return aliased(type, "t", more);
    }

    private static String aliased(String type, String alias, String more) {
        return "{\"Node Type\": \"" + type + "\", \"Relation Name\": \"t\", \"Alias\": \"" + alias + "\"" + more + "}";
    }

    private static String join(String type, String outer, String inner) {
        return "{\"Node Type\": \"" + type + "\", \"Join Type\": \"Inner\", \"Plans\": [" + outer + ", " + inner + "]}";
    }
}
