package dev.pgattest.report;

import dev.pgattest.ObjectFinding;
import dev.pgattest.Severity;
import dev.pgattest.drift.DriftInput;
import dev.pgattest.drift.DriftReport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A comparison of an index plan with a database, for people. */
public final class DriftText {

    private DriftText() {}

    /** The findings one after another. */
    public static String of(DriftReport report, Paint paint) {
        StringBuilder text = new StringBuilder();
        for (ObjectFinding finding : report.findings()) {
            text.append(paint.severity(finding.severity(), finding.severity().word() + "[" + finding.rule() + "]"))
                    .append(": ");
            text.append(finding.object()).append(": ").append(finding.message()).append('\n');
            if (!finding.remedy().isEmpty()) {
                text.append("  help: ")
                        .append(finding.remedy().replace("\n", "\n        "))
                        .append('\n');
            }
        }
        return text.toString();
    }

    /** What was compared and what was found, in lines: {@code 21 of 21 wanted indexes are in the state proven: no findings}. */
    public static String summary(DriftReport report) {
        DriftInput input = report.input();
        long wanted = input.plan().stream()
                .filter(each -> each.planned().decision().isWanted())
                .count();
        long there = input.plan().stream()
                .filter(each ->
                        each.planned().decision().isWanted() && each.existing().isPresent())
                .count();
        String counts = Stream.of(Severity.values())
                .filter(severity -> report.count(severity) > 0)
                .map(severity ->
                        Numbers.counted(report.count(severity), severity == Severity.INFO ? "note" : severity.word()))
                .collect(Collectors.joining(", "));
        String notes =
                report.notes().stream().map(note -> "note: " + note + "\n").collect(Collectors.joining());
        return notes + report.project() + ": " + Numbers.count(there) + " of "
                + Numbers.counted((int) wanted, "planned index", "planned indexes") + " in " + report.subject() + ": "
                + (counts.isEmpty() ? "no findings" : counts);
    }
}
