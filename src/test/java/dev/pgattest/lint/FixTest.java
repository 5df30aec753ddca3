package dev.pgattest.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.sql.SqlFile;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a fix writes is SQL, and its finding is gone then. */
class FixTest {

    static List<RuleExample> examples() throws IOException {
        return RuleExamplesTest.examples();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void a_fix_makes_the_finding_go_away(RuleExample example) {
        SqlFile bad = example.bad();
        List<Finding> before = example.findings(bad);
        for (Finding finding : before) {
            if (finding.fix().isEmpty()) {
                continue;
            }
            SqlFile fixed = new SqlFile(bad.path(), Edit.apply(bad.text(), finding.fix()));
            List<Finding> after = example.findings(fixed);
            assertThat(after).as(fixed.text()).noneMatch(each -> each.rule().equals("syntax-error"));
            assertThat(like(finding, after))
                    .as("%s fixed:%n%s", finding.rule(), fixed.text())
                    .isLessThan(like(finding, before));
        }
    }

    private static long like(Finding finding, List<Finding> findings) {
        return findings.stream()
                .filter(each -> each.rule().equals(finding.rule()))
                .filter(each -> each.message().equals(finding.message()))
                .count();
    }
}
