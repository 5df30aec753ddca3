package dev.pgattest.verdict;

import dev.pgattest.evidence.CaseEvidence;
import dev.pgattest.evidence.LatencySummary;
import dev.pgattest.evidence.ModeEvidence;
import dev.pgattest.evidence.RedFlagEvidence;
import dev.pgattest.evidence.SequentialQuantileTest.Decision;
import dev.pgattest.evidence.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Evidence of one case, its SLO and its red flags give a verdict with reasons. */
public final class CaseJudge {

    private CaseJudge() {}

    /**
     * Judges a case: FAIL when a plan mode's percentile is above the SLO or a red flag of error severity is raised, INCONCLUSIVE
     * when a mode is undecided, otherwise PASS.
     *
     * @param query id of the query
     * @param caseName name of the case
     * @param modes the case in every plan mode
     */
    public static CaseEvidence judge(
            String query, String caseName, CaseEvidence.Subject subject, List<ModeEvidence> modes) {
        Map<String, List<String>> modesByReason = new LinkedHashMap<>();
        Verdict verdict = Verdict.PASS;
        for (ModeEvidence mode : modes) {
            verdict = verdict.and(ofDecision(mode.decision()));
            if (mode.decision() != Decision.WITHIN) {
                note(modesByReason, latencyReason(mode, subject), mode);
            }
            for (RedFlagEvidence flag : mode.redFlags()) {
                if (flag.isError()) {
                    verdict = Verdict.FAIL;
                    note(modesByReason, flagReason(flag), mode);
                }
            }
        }
        List<String> reasons = new ArrayList<>();
        modesByReason.forEach((reason, where) -> reasons.add(
                where.size() == modes.size() && modes.size() > 1
                        ? reason
                        : reason + " (" + String.join(", ", where) + " plan)"));
        return new CaseEvidence(query, caseName, subject, modes, verdict, reasons);
    }

    private static Verdict ofDecision(Decision decision) {
        return switch (decision) {
            case WITHIN -> Verdict.PASS;
            case ABOVE -> Verdict.FAIL;
            case UNDECIDED -> Verdict.INCONCLUSIVE;
        };
    }

    private static String latencyReason(ModeEvidence mode, CaseEvidence.Subject subject) {
        LatencySummary latency = mode.latency();
        long above =
                mode.latenciesMs().stream().filter(ms -> ms > subject.sloMs()).count();
        String seen = above + " of " + latency.samples() + " executions took longer, median " + ms(latency.p50Ms());
        return mode.decision() == Decision.ABOVE
                ? "misses its SLO " + subject.slo() + ": " + seen
                : "undecided against its SLO " + subject.slo() + ": " + seen
                        + "; allow more samples or time (measure.max_samples, measure.case_time_limit)";
    }

    private static String flagReason(RedFlagEvidence flag) {
        return "error[" + flag.id() + "]" + (flag.node().isEmpty() ? "" : " " + flag.node()) + ": " + flag.message()
                + (flag.remedy().isEmpty() ? "" : "; " + flag.remedy());
    }

    private static void note(Map<String, List<String>> modesByReason, String reason, ModeEvidence mode) {
        modesByReason.computeIfAbsent(reason, key -> new ArrayList<>()).add(mode.mode());
    }

    private static String ms(double ms) {
        return String.format(Locale.ROOT, ms < 10 ? "%.2f ms" : "%,.0f ms", ms);
    }
}
