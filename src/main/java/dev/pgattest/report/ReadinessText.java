package dev.pgattest.report;

import dev.pgattest.Problem;
import dev.pgattest.Severity;
import dev.pgattest.evidence.StoredEvidence;
import dev.pgattest.evidence.Verdict;
import dev.pgattest.governance.Readiness;
import dev.pgattest.governance.ReadinessItem;

/** The readiness list for a terminal: each item with what was found, or what is in the way and how to remove it. */
public final class ReadinessText {

    private static final int SHOWN_DIGITS = 12;

    private ReadinessText() {}

    /** The whole list, with line feeds as line ends. */
    public static String of(Readiness readiness, Paint paint) {
        StringBuilder text = new StringBuilder(paint.strong(readiness.project())).append(": ");
        StoredEvidence evidence = readiness.evidence();
        if (evidence == null) {
            text.append("no evidence\n\n");
        } else {
            text.append("evidence in ").append(readiness.folder());
            text.append(" (sha256 ").append(evidence.sha256(), 0, SHOWN_DIGITS).append("...), scale ");
            text.append(evidence.data().scale().stripTrailingZeros().toPlainString());
            text.append(", gate ").append(evidence.gate()).append("\n\n");
        }
        readiness.items().forEach(item -> add(text, item, paint));
        long failed = readiness.items().stream().filter(item -> !item.passed()).count();
        text.append('\n');
        text.append(
                readiness.isReady()
                        ? paint.verdict(Verdict.PASS, "READY")
                        : paint.verdict(Verdict.FAIL, "NOT READY") + ": "
                                + Numbers.counted((int) failed, "item", "items") + " of "
                                + readiness.items().size() + " failed");
        return text.append('\n').toString();
    }

    private static void add(StringBuilder text, ReadinessItem item, Paint paint) {
        text.append(item.passed() ? paint.verdict(Verdict.PASS, "passed") : paint.verdict(Verdict.FAIL, "FAILED"));
        text.append("  ").append(item.title());
        if (item.passed() && !item.found().isEmpty()) {
            text.append(": ").append(item.found());
        }
        text.append('\n');
        for (Problem problem : item.problems()) {
            String place = problem.place();
            text.append("  ").append(place.isEmpty() ? "" : place + ": ");
            text.append(paint.severity(Severity.ERROR, "error"))
                    .append(": ")
                    .append(problem.message())
                    .append('\n');
            if (!problem.remedy().isEmpty()) {
                text.append("    help: ").append(problem.remedy()).append('\n');
            }
        }
    }
}
