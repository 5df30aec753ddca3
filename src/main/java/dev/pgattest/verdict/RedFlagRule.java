package dev.pgattest.verdict;

import dev.pgattest.Severity;
import java.util.List;
import java.util.function.Function;

/**
 * A rule: data, but for its check.
 *
 * @param id as in project files, evidence and the documentation
 * @param severity of its flags, unless the check or the project says otherwise
 * @param thresholds that a project may set, in the order of the documentation
 * @param page what the documentation says
 * @param check looks at a plan
 */
record RedFlagRule(
        String id,
        Severity severity,
        List<Threshold> thresholds,
        Page page,
        Function<Inspection, RedFlagOutcome> check) {

    /**
     * The rule's documentation, plain text.
     *
     * @param meaning what the flag says and why it matters
     * @param remedy what to do
     * @param source where the rule and its thresholds come from
     */
    record Page(String meaning, String remedy, String source) {}

    RedFlagRule {
        thresholds = List.copyOf(thresholds);
    }

    RedFlagOutcome judge(RedFlagContext context) {
        RedFlagSettings.RuleSettings settings = context.settings().of(id);
        if (!settings.enabled()) {
            return new RedFlagOutcome.NotApplicable("switched off by the project");
        }
        return check.apply(new Inspection(this, context, settings));
    }
}
