package dev.pgattest.verdict;

import dev.pgattest.Severity;
import dev.pgattest.evidence.RedFlagEvidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the red-flag rules say of a plan, as evidence. */
public final class PlanJudge {

    private PlanJudge() {}

    /**
     * Raised flags, errors first, then, for a query that blocks, the rules of error severity that could not judge the plan and why:
     * a rule that would have decided the verdict must not be silent about having been left out.
     */
    public static List<RedFlagEvidence> judge(RedFlagContext context) {
        List<RedFlagEvidence> evidence = new ArrayList<>();
        for (RedFlag flag : RedFlagRules.raised(context)) {
            RedFlag.Place place = flag.place();
            evidence.add(new RedFlagEvidence(
                    flag.id(),
                    flag.severity().word(),
                    place == null ? "" : "node " + place.path() + " " + place.label(),
                    flag.message(),
                    flag.remedy()));
        }
        if (!context.blocking()) {
            return evidence;
        }
        for (Map.Entry<String, RedFlagOutcome> outcome :
                RedFlagRules.judge(context).entrySet()) {
            if (outcome.getValue() instanceof RedFlagOutcome.NotApplicable left
                    && RedFlagRules.severity(outcome.getKey()) == Severity.ERROR) {
                evidence.add(new RedFlagEvidence(outcome.getKey(), "not-applicable", "", left.reason(), ""));
            }
        }
        return evidence;
    }
}
