package dev.pgattest.deploy;

import dev.pgattest.sql.QualifiedName;

/**
 * What an index that a deployment has worked on is now.
 *
 * @param name with its schema
 * @param state valid, invalid, being built, or not there
 */
public record IndexStatus(QualifiedName name, State state) {

    /** What it is. */
    public enum State {
        VALID("valid"),
        INVALID("invalid"),
        BUILDING("being built"),
        ABSENT("not there");

        private final String text;

        State(String text) {
            this.text = text;
        }

        /** In words. */
        public String text() {
            return text;
        }
    }

    /** By the catalog. */
    public static IndexStatus of(QualifiedName name, CatalogSnapshot live) {
        State state = live.building().contains(name)
                ? State.BUILDING
                : live.index(name)
                        .map(index -> StepState.isUsable(index) ? State.VALID : State.INVALID)
                        .orElse(State.ABSENT);
        return new IndexStatus(name, state);
    }
}
