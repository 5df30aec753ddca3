package dev.pgattest.workload;

import dev.pgattest.sql.SqlFile;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A named physical design.
 *
 * @param name unique in the project, ignoring case
 * @param description for readers; empty when there is none
 * @param change how it is made of another state; null for the first, which is the migrations alone
 */
public record State(
        String name, String description, @Nullable Change change) {

    /** How the state is made of another one; empty for the first. */
    public Optional<Change> changeFromAnother() {
        return Optional.ofNullable(change);
    }

    /**
     * How a state is made of another one.
     *
     * @param from the other state's name
     * @param apply makes this state
     * @param undo restores the other one exactly
     */
    public record Change(String from, SqlFile apply, SqlFile undo) {}
}
