package dev.pgattest.ledger;

import dev.pgattest.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the catalog knows of an index.
 *
 * @param name its name with its schema
 * @param table its table
 * @param definition as {@code pg_get_indexdef()} prints it
 * @param sizes how much room and time it takes
 * @param duties what it is there for besides queries
 * @param heldBy why it cannot be left out; null when it can
 */
public record IndexFacts(
        QualifiedName name,
        QualifiedName table,
        String definition,
        Sizes sizes,
        Duties duties,
        @Nullable String heldBy) {

    /**
     * How much room and time an index takes.
     *
     * @param bytes of the index
     * @param tableBytes of the table without indexes
     * @param buildMs milliseconds that building it took on these rows; null when unknown
     */
    public record Sizes(
            long bytes, long tableBytes, @Nullable Double buildMs) {}

    /**
     * What an index is there for besides queries.
     *
     * @param enforces the rule that it enforces; empty for none
     * @param foreignKeys foreign keys that no other index serves
     * @param redundantTo what makes it redundant; null for nothing
     */
    public record Duties(
            String enforces,
            List<String> foreignKeys,
            @Nullable Substitute redundantTo) {

        public Duties {
            foreignKeys = List.copyOf(foreignKeys);
        }

        /** What makes it redundant. */
        public Optional<Substitute> redundancy() {
            return Optional.ofNullable(redundantTo);
        }
    }

    /**
     * Another index that does all that this one does.
     *
     * @param other its name, without its schema
     * @param reason a part of a sentence about this one
     */
    public record Substitute(String other, String reason) {}

    /** Why it cannot be left out; empty when it can. */
    public Optional<String> holder() {
        return Optional.ofNullable(heldBy);
    }
}
