package dev.pgattest.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/red-flags.md} is what the rules say. After a change of a rule: {@code mvn test -Dpgattest.docs.update=true}. */
class RedFlagPageTest {

    private static final Path PAGE = Path.of("docs/red-flags.md");
    private static final String INTRODUCTION = """
            # Red flags

            A red flag is a smell in the plan of a measured query. Each names the node it is about, what it costs and what to do.
            An error fails the gate of a query that blocks it; a warning is shown. A rule that cannot judge a plan (too little
            volume, a figure missing, nothing declared) is *not applicable*: neither passed nor failed.

            In the project file, `red_flags` switches rules off and changes severities and thresholds:

            ```yaml
            red_flags:
              trigger-share: off
              external-sort: {severity: error, disk_kb: 10240}
            ```

            Rows are totals over all loops and parallel processes. Shares are parts from 0 to 1. A flag is raised when the figure
            is *above* a threshold, unless the table says otherwise.

            This page is generated from the rules.
            """;

    @Test
    void the_page_says_what_the_rules_say() throws IOException {
        String page = INTRODUCTION
                + RedFlagRules.all().stream().map(RedFlagPageTest::section).collect(Collectors.joining());
        if (Boolean.getBoolean("pgattest.docs.update")) {
            Files.writeString(PAGE, page);
        }

        assertThat(Files.readString(PAGE)).isEqualTo(page);
    }

    private static String section(RedFlagRule rule) {
        String thresholds = rule.thresholds().stream()
                .map(threshold -> "| `" + threshold.key() + "` | "
                        + BigDecimal.valueOf(threshold.defaultValue())
                                .stripTrailingZeros()
                                .toPlainString() + " | "
                        + threshold.unit() + " | " + threshold.meaning() + " |\n")
                .collect(Collectors.joining());
        return "\n## " + rule.id() + "\n\nSeverity: " + rule.severity().word() + "\n\n"
                + rule.page().meaning() + "\n\n**What to do:** " + rule.page().remedy() + "\n\n"
                + (thresholds.isEmpty()
                        ? ""
                        : "| threshold | default | unit | meaning |\n|---|---|---|---|\n" + thresholds + "\n")
                + "Source: " + rule.page().source() + "\n";
    }
}
