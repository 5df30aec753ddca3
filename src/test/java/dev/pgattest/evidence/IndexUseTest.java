package dev.pgattest.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class IndexUseTest {

    private static final JsonNode EVIDENCE = JsonMapper.shared().readTree("""
                    {"scale": 0.5, "states": [
                      {"name": "first", "indexes": [], "queries": []},
                      {"name": "gate", "indexes": [{"name": "a", "size_bytes": 8192}, {"name": "b", "size_bytes": 16384}],
                       "queries": [
                         {"query": "Q1", "case": "worst", "modes": [
                           {"mode": "custom", "indexes_used": ["a"]}, {"mode": "generic", "indexes_used": ["a", "c"]}]},
                         {"query": "Q1", "case": "typical", "modes": [{"mode": "custom", "indexes_used": ["a"]}]},
                         {"query": "Q2", "case": "typical", "modes": [{"mode": "custom", "indexes_used": []}]}]}]}
                    """);

    @Test
    void says_which_plan_uses_which_index_in_whatever_mode() {
        IndexUse use = IndexUse.of(EVIDENCE, "gate").orElseThrow();

        assertThat(use.scale()).isEqualTo(0.5);
        assertThat(use.hasIndex("b")).isTrue();
        assertThat(use.hasIndex("c")).isFalse();
        assertThat(use.sizes()).containsEntry("b", 16384L);
        assertThat(use.casesOf("a")).isEqualTo("Q1 (typical, worst)");
        assertThat(use.casesOf("b")).isEmpty();
        assertThat(use.isUsed("b")).isFalse();
        assertThat(use.isUsedBy("c", "Q1")).isTrue();
        assertThat(use.isUsedBy("a", "Q2")).isFalse();
        assertThat(use.indexesOf("Q1")).containsExactly("a", "c");
        assertThat(use.hasMeasured("Q2")).isTrue();
        assertThat(use.hasMeasured("Q3")).isFalse();
    }

    @Test
    void a_state_that_was_not_measured_has_none() {
        assertThat(IndexUse.of(EVIDENCE, "other")).isEmpty();
        assertThat(IndexUse.of(JsonMapper.shared().readTree("{}"), "gate")).isEmpty();
    }
}
