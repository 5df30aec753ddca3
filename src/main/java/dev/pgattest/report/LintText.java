package dev.pgattest.report;

import dev.pgattest.Severity;
import dev.pgattest.lint.Finding;
import dev.pgattest.lint.LintReport;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Findings for people: place, consequence, the line with a mark, and what to write instead. */
public final class LintText {

    private static final int CONTEXT = 80;

    private final Map<String, String> texts;
    private final Paint paint;

    private LintText(Map<String, String> texts, Paint paint) {
        this.texts = texts;
        this.paint = paint;
    }

    /**
     * The findings one after another, then nothing.
     *
     * @param texts text of each file, by its path
     */
    public static String of(List<Finding> findings, Map<String, String> texts, Paint paint) {
        LintText text = new LintText(texts, paint);
        StringBuilder all = new StringBuilder();
        findings.forEach(finding -> all.append(text.of(finding)).append('\n'));
        return all.toString();
    }

    /** A line with what was found: {@code 3 files, 120 statements: 2 errors, 1 warning}. */
    public static String summary(LintReport report) {
        String checked = Numbers.counted(report.files(), "file") + ", "
                + Numbers.counted(report.statements(), "statement") + ": ";
        String counts = Stream.of(Severity.values())
                .filter(severity -> report.count(severity) > 0)
                .map(severity -> Numbers.counted(report.count(severity), noun(severity)))
                .collect(Collectors.joining(", "));
        return checked + (counts.isEmpty() ? "no findings" : counts);
    }

    private static String noun(Severity severity) {
        return severity == Severity.INFO ? "note" : severity.word();
    }

    private String of(Finding finding) {
        int line = finding.range().from().line();
        int column = finding.range().from().column();
        StringBuilder text = new StringBuilder(finding.file() + ":" + line + ":" + column + ": ")
                .append(paint.severity(finding.severity(), finding.severity().word() + "[" + finding.rule() + "]"))
                .append(": ")
                .append(finding.message())
                .append('\n');
        marked(text, finding);
        if (!finding.remedy().isEmpty()) {
            text.append("  help: ")
                    .append(finding.remedy().replace("\n", "\n        "))
                    .append('\n');
        }
        return text.toString();
    }

    private void marked(StringBuilder text, Finding finding) {
        String file = texts.getOrDefault(finding.file(), "");
        int start = Math.min(finding.range().start(), file.length());
        int lineStart = file.lastIndexOf('\n', start - 1) + 1;
        int lineFeed = file.indexOf('\n', start);
        int lineEnd = lineFeed < 0 ? file.length() : lineFeed;
        // Of a line that no screen holds, the part around the place.
        int from = Math.max(lineStart, Math.min(start - CONTEXT, lineEnd - 2 * CONTEXT));
        String shown =
                file.substring(from, Math.min(lineEnd, from + 2 * CONTEXT)).stripTrailing();
        if (shown.isBlank()) {
            return;
        }
        int end = Math.max(start, Math.min(finding.range().end(), from + shown.length()));
        int marks = file.codePointCount(start, end);
        String number = String.valueOf(finding.range().from().line());
        String before = file.substring(from, start).replaceAll("[^\\t]", " ");
        text.append("  ").append(number).append(" | ").append(shown).append('\n');
        text.append("  ")
                .append(" ".repeat(number.length()))
                .append(" | ")
                .append(before)
                .append(paint.severity(finding.severity(), "^".repeat(Math.max(1, marks))))
                .append('\n');
    }
}
