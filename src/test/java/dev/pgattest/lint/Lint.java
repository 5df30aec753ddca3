package dev.pgattest.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.sql.SqlFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Lints texts in tests, in one line. The rule that a test is about is switched on. */
final class Lint {

    private Lint() {}

    /** The findings of a rule in the last of some files, which run one after the other. */
    static List<Finding> findings(LintSettings settings, String rule, String... files) {
        List<SqlFile> input = new ArrayList<>();
        for (String text : files) {
            input.add(new SqlFile("V" + (input.size() + 1) + "__file.sql", text));
        }
        String last = input.get(input.size() - 1).path();
        return Linter.lint(new LintInput(input), with(settings, rule)).findings().stream()
                .filter(finding -> finding.rule().equals(rule) && finding.file().equals(last))
                .toList();
    }

    /** Asserts that a rule finds something in the last file; returns the first finding. */
    static Finding finds(String rule, String... files) {
        return finds(LintSettings.DEFAULT, rule, files);
    }

    /** The same with a project's settings. */
    static Finding finds(LintSettings settings, String rule, String... files) {
        List<Finding> found = findings(settings, rule, files);
        assertThat(found).as("%s in %s", rule, files[files.length - 1]).isNotEmpty();
        return found.get(0);
    }

    /** Asserts that a rule finds nothing in the last file. */
    static void passes(String rule, String... files) {
        passes(LintSettings.DEFAULT, rule, files);
    }

    /** The same with a project's settings. */
    static void passes(LintSettings settings, String rule, String... files) {
        assertThat(findings(settings, rule, files))
                .as("%s in %s", rule, files[files.length - 1])
                .isEmpty();
    }

    /** The findings of a rule in an undo script. */
    static List<Finding> undo(String rule, String change, String undo) {
        LintInput input =
                LintInput.inOrder(List.of(new SqlFile("V1__change.sql", change), new SqlFile("U1__change.sql", undo)));
        return Linter.lint(input, with(LintSettings.DEFAULT, rule)).findings().stream()
                .filter(finding -> finding.rule().equals(rule) && finding.file().equals("U1__change.sql"))
                .toList();
    }

    private static LintSettings with(LintSettings settings, String rule) {
        return new LintSettings(
                settings.pgVersion(),
                settings.transactional(),
                settings.tenantColumn(),
                settings.requireUndo(),
                Map.of(rule, new LintSettings.RuleSetting(true, null)));
    }
}
