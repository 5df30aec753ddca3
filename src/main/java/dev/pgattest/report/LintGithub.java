package dev.pgattest.report;

import dev.pgattest.Severity;
import dev.pgattest.lint.Finding;
import dev.pgattest.lint.LintReport;
import java.util.Map;

/** Findings as workflow commands, which GitHub shows beside the lines of a pull request. */
public final class LintGithub {

    private static final Map<Severity, String> COMMANDS =
            Map.of(Severity.ERROR, "error", Severity.WARNING, "warning", Severity.INFO, "notice");

    private LintGithub() {}

    /** One line a finding. */
    public static String of(LintReport report) {
        StringBuilder lines = new StringBuilder();
        report.findings().forEach(finding -> lines.append(line(finding)).append('\n'));
        return lines.toString();
    }

    private static String line(Finding finding) {
        String message = finding.message() + (finding.remedy().isEmpty() ? "" : "\n" + finding.remedy());
        return "::" + COMMANDS.get(finding.severity())
                + " file=" + property(finding.file())
                + ",line=" + finding.range().from().line()
                + ",endLine=" + finding.range().to().line()
                + ",col=" + finding.range().from().column()
                + ",endColumn=" + finding.range().to().column()
                + ",title=" + property(finding.rule())
                + "::" + data(message);
    }

    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }
}
