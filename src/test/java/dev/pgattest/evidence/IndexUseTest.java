package dev.pgattest.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class IndexUseTest {

    private static final StoredEvidence EVIDENCE = new StoredEvidence(
            "",
            "0.1.0",
            "shop",
            new StoredEvidence.Data("bench", new BigDecimal("0.5"), null, "", 0),
            "gate",
            Verdict.PASS,
            List.of(
                    new StoredEvidence.State("first", List.of(), null, List.of()),
                    new StoredEvidence.State(
                            "gate",
                            List.of(index("a", 8192), index("b", 16384)),
                            null,
                            List.of(
                                    measured("Q1", "worst", "a", "c"),
                                    measured("Q1", "typical", "a"),
                                    measured("Q2", "typical")))),
            null);

    private static StoredEvidence.Index index(String name, long sizeBytes) {
        return new StoredEvidence.Index(name, "public.t", "", sizeBytes);
    }

    private static StoredEvidence.MeasuredCase measured(String query, String name, String... indexes) {
        return new StoredEvidence.MeasuredCase(
                query, name, Verdict.PASS, List.of(), List.of(), List.of(), List.of(indexes));
    }

    @Test
    void says_which_plan_uses_which_index() {
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
    }
}
