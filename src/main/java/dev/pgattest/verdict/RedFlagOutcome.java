package dev.pgattest.verdict;

import java.util.List;

/** What a rule says about a plan. */
public sealed interface RedFlagOutcome {

    /** The plan smells. At least one flag, in plan order. */
    record Raised(List<RedFlag> flags) implements RedFlagOutcome {
        public Raised {
            flags = List.copyOf(flags);
            if (flags.isEmpty()) {
                throw new IllegalArgumentException("a rule that raises no flag is clear");
            }
        }
    }

    /** The rule cannot judge this plan: too little volume, a figure missing, switched off. Neither passed nor failed. */
    record NotApplicable(String reason) implements RedFlagOutcome {}

    /** The rule looked and found nothing. */
    record Clear() implements RedFlagOutcome {}
}
