package dev.pgattest.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.Severity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule finds its bad example, and nothing in its good one. */
class RuleExamplesTest {

    static List<RuleExample> examples() throws IOException {
        List<RuleExample> examples = new ArrayList<>();
        for (LintRule rule : LintRules.all()) {
            examples.add(RuleExample.of(rule));
        }
        return examples;
    }

    @ParameterizedTest
    @MethodSource("examples")
    void the_bad_example_is_found_with_a_message_and_a_remedy(RuleExample example) {
        assertThat(example.findings(example.bad()))
                .filteredOn(finding -> finding.rule().equals(example.rule().id()))
                .isNotEmpty()
                .allSatisfy(finding -> {
                    assertThat(finding.message()).isNotBlank().doesNotEndWith(".");
                    assertThat(finding.remedy()).isNotBlank();
                });
    }

    @ParameterizedTest
    @MethodSource("examples")
    void the_good_example_has_nothing_that_any_rule_warns_of(RuleExample example) {
        assertThat(example.findings(example.good()))
                .filteredOn(finding -> finding.severity() != Severity.INFO
                        || finding.rule().equals(example.rule().id()))
                .isEmpty();
    }

    @Test
    void ids_are_unique() {
        assertThat(LintRules.ids()).doesNotHaveDuplicates();
    }
}
