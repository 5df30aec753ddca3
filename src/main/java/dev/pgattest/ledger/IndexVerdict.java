package dev.pgattest.ledger;

import java.util.List;

/**
 * What follows from what an index earns and costs.
 *
 * @param decision the verdict
 * @param reasons the numbers and facts that led to it, the decisive one first
 */
public record IndexVerdict(Decision decision, List<String> reasons) {

    /** What an index is worth. */
    public enum Decision {
        EARNS_ITS_KEEP("earns its keep"),
        ENFORCES("enforces a rule"),
        SERVES_FOREIGN_KEY("serves a foreign key"),
        REDUNDANT("redundant"),
        UNUSED("unused"),
        TOO_DEAR("too dear");

        private final String words;

        Decision(String words) {
            this.words = words;
        }

        /** As people say it. */
        public String words() {
            return words;
        }
    }

    public IndexVerdict {
        reasons = List.copyOf(reasons);
    }
}
