package dev.pgattest.report;

import dev.pgattest.ObjectFinding;
import dev.pgattest.Severity;
import dev.pgattest.audit.Attempt;
import dev.pgattest.audit.Attempt.Verdict;
import dev.pgattest.audit.AuditReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How well tenants are kept apart, for people: what was looked at, what was tried, then the findings with what to do. */
public final class AuditText {

    private AuditText() {}

    /** The subject, the attempts by object and the findings, errors first. */
    public static String of(AuditReport report, Paint paint) {
        StringBuilder text = new StringBuilder();
        head(report).forEach(line -> text.append(line).append('\n'));
        text.append('\n');
        proof(report).forEach(line -> text.append(line).append('\n'));
        report.findings()
                .forEach(finding -> text.append(finding(finding, paint)).append('\n'));
        return text.toString();
    }

    /** A line with what was found: {@code shop: 3 errors; 41 attempts: 40 held, 1 hole}. */
    public static String summary(AuditReport report) {
        String counts = Stream.of(Severity.values())
                .filter(severity -> report.count(severity) > 0)
                .map(severity ->
                        Numbers.counted(report.count(severity), severity == Severity.INFO ? "note" : severity.word()))
                .collect(Collectors.joining(", "));
        return report.server().database() + ": " + (counts.isEmpty() ? "no findings" : counts)
                + (report.attempts().isEmpty()
                        ? "; nothing was tried"
                        : "; " + Numbers.counted(report.attempts().size(), "attempt") + ": "
                                + verdicts(report.attempts()));
    }

    private static List<String> head(AuditReport report) {
        List<String> lines = new ArrayList<>();
        lines.add("database " + report.server().database() + " at "
                + report.server().address() + ", PostgreSQL " + report.server().version());
        lines.add(Numbers.counted(report.tables(), "table") + " with rows of tenants");
        lines.addAll(report.scope().sources());
        return lines;
    }

    private static List<String> proof(AuditReport report) {
        if (report.attempts().isEmpty()) {
            return List.of();
        }
        Map<String, List<Attempt>> byObject = new LinkedHashMap<>();
        report.attempts()
                .forEach(attempt -> byObject.computeIfAbsent(attempt.object(), object -> new ArrayList<>())
                        .add(attempt));
        List<String> lines = new ArrayList<>();
        lines.add("tried as one tenant against another:");
        byObject.forEach((object, attempts) -> lines.add("  " + object + ": " + verdicts(attempts)));
        lines.add("");
        return lines;
    }

    private static String verdicts(List<Attempt> attempts) {
        return Stream.of(Verdict.values())
                .map(verdict -> Map.entry(
                        verdict,
                        attempts.stream()
                                .filter(attempt -> attempt.verdict() == verdict)
                                .count()))
                .filter(entry -> entry.getValue() > 0)
                .map(entry -> Numbers.count(entry.getValue()) + " "
                        + switch (entry.getKey()) {
                            case HELD -> "held";
                            case HOLE -> entry.getValue() == 1 ? "hole" : "holes";
                            case TOLERATED -> "tolerated";
                            case NOT_PROVED -> "not proved";
                        })
                .collect(Collectors.joining(", "));
    }

    private static String finding(ObjectFinding finding, Paint paint) {
        String object = finding.object().isEmpty() ? "" : finding.object() + ": ";
        String head = paint.severity(finding.severity(), finding.severity().word() + "[" + finding.rule() + "]") + ": "
                + object + finding.message() + "\n";
        return finding.remedy().isEmpty()
                ? head
                : head + "  help: " + finding.remedy().replace("\n", "\n        ") + "\n";
    }
}
