package dev.pgattest.verdict;

import dev.pgattest.evidence.CaseEvidence;
import dev.pgattest.evidence.StateEvidence;
import dev.pgattest.evidence.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Verdicts of cases give the verdict of a state. */
public final class StateJudge {

    /** How many times slower the calibration query may become within a state before that is worth a warning. */
    private static final double NOTABLE_DRIFT = 1.5;

    private static final String BLOCKING = "P0";

    private StateJudge() {}

    /** The gravest verdict of the cases that block; INCONCLUSIVE when there are none, for then nothing was proven. */
    public static Verdict verdict(List<CaseEvidence> cases) {
        return cases.stream()
                .filter(StateJudge::blocks)
                .map(CaseEvidence::verdict)
                .reduce(Verdict::and)
                .orElse(Verdict.INCONCLUSIVE);
    }

    /** Why a state is no PASS: for each case that blocks and did not pass, the first reason of that case. */
    public static List<String> blockers(StateEvidence state) {
        return state.queries().stream()
                .filter(each -> blocks(each) && each.verdict() != Verdict.PASS)
                .map(each -> each.query() + " " + each.caseName() + ": "
                        + (each.reasons().isEmpty()
                                ? each.verdict()
                                : each.reasons().get(0)))
                .toList();
    }

    /** What else is to be said of a state: that nothing blocks, that other cases did not pass, that the machine drifted. */
    public static List<String> reasons(List<CaseEvidence> cases, StateEvidence.Calibration calibration) {
        List<String> reasons = new ArrayList<>();
        if (cases.stream().noneMatch(StateJudge::blocks)) {
            reasons.add("no query has priority P0, so there is nothing that could pass");
        }
        long others = cases.stream()
                .filter(each -> !blocks(each) && each.verdict() != Verdict.PASS)
                .count();
        if (others > 0) {
            reasons.add("warning: " + others + (others == 1 ? " case" : " cases")
                    + " of queries below P0 did not pass; they do not block");
        }
        if (calibration.drift() > NOTABLE_DRIFT) {
            reasons.add(String.format(
                    Locale.ROOT,
                    "warning: the calibration query took %.1f ms before and %.1f ms after; the machine was not quiet",
                    calibration.beforeMs(),
                    calibration.afterMs()));
        }
        return reasons;
    }

    private static boolean blocks(CaseEvidence each) {
        return each.subject().priority().equals(BLOCKING);
    }
}
