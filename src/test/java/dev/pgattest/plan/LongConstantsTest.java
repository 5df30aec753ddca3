package dev.pgattest.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class LongConstantsTest {

    private static final String SHORT = "x".repeat(LongConstants.WHOLE);

    @Test
    void constants_up_to_a_length_stay_whole() {
        String plan = "Index Cond: (id = '" + SHORT + "'::text)\n  Filter: (note = 'it''s')\n";

        assertThat(LongConstants.shortened(plan)).isEqualTo(plan);
        assertThat(LongConstants.inJson(plan)).isEqualTo(plan);
    }

    @Test
    void longer_ones_show_how_they_begin_and_how_long_they_are() {
        String plan = "Index Cond: (id = ANY ('{" + "7,".repeat(1_000) + "7}'::bigint[])) and a = 'b'";

        assertThat(LongConstants.shortened(plan))
                .startsWith("Index Cond: (id = ANY ('{7,7,7")
                .endsWith("…' (2003 characters)::bigint[])) and a = 'b'")
                .hasSizeLessThan(300);
    }

    @Test
    void doubled_quotes_do_not_end_a_constant_and_one_without_an_end_is_cut() {
        assertThat(LongConstants.shortened("a '" + SHORT + "''" + SHORT + "' b"))
                .endsWith("…' (2002 characters) b");
        assertThat(LongConstants.shortened("a '" + SHORT + SHORT)).endsWith("…' (2000 characters)");
    }

    @Test
    void a_character_of_two_units_is_not_cut_in_half() {
        String plan = "'" + "x".repeat(199) + "🦣".repeat(600) + "'";

        assertThat(LongConstants.shortened(plan)).isEqualTo("'" + "x".repeat(199) + "…' (1399 characters)");
    }

    @Test
    void json_stays_json() {
        String condition = "(doc = '{\"a\": \"" + "\\\"".repeat(2_000) + "\"}'::jsonb)";
        String plan = new JsonMapper()
                .writeValueAsString(java.util.List.of(java.util.Map.of(
                        "Plan",
                        java.util.Map.of(
                                "Filter", condition, "Rows", 7, "Output", java.util.List.of(condition, "b")))));

        var tree = new JsonMapper().readTree(LongConstants.inJson(plan));

        assertThat(tree.at("/0/Plan/Filter").stringValue())
                .startsWith("(doc = '{\"a\"")
                .endsWith("characters)::jsonb)");
        assertThat(tree.at("/0/Plan/Output/0").stringValue()).hasSizeLessThan(300);
        assertThat(tree.at("/0/Plan/Output/1").stringValue()).isEqualTo("b");
        assertThat(tree.at("/0/Plan/Rows").intValue()).isEqualTo(7);
    }
}
