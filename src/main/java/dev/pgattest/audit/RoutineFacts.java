package dev.pgattest.audit;

import dev.pgattest.sql.QualifiedName;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A function or procedure that somebody made.
 *
 * @param oid the server's id of it
 * @param name with its schema
 * @param arguments the types that tell it from others of its name, as SQL writes them
 * @param owner name of the owner
 * @param definer whether it runs with its owner's rights
 * @param body what it does
 * @param executors the application's roles that may call it
 * @param openToAll whether PUBLIC may call it
 * @param callable whether it returns something and can be called without arguments
 */
public record RoutineFacts(
        long oid,
        QualifiedName name,
        String arguments,
        String owner,
        boolean definer,
        Body body,
        Set<String> executors,
        boolean openToAll,
        boolean callable) {

    /**
     * What a routine does.
     *
     * @param language its language
     * @param source its text
     * @param kind what it is for
     * @param boundEarly whether names in it were looked up when it was made
     * @param searchPath the path that it sets; null for its caller's
     */
    public record Body(
            String language,
            String source,
            Kind kind,
            boolean boundEarly,
            @Nullable String searchPath) {}

    /** What a routine is for. */
    public enum Kind {
        /** Returns a value, or rows. */
        FUNCTION,
        /** Is called by {@code call}. */
        PROCEDURE,
        /** Is run by triggers, and called by nobody. */
        TRIGGER
    }

    public RoutineFacts {
        executors = Set.copyOf(executors);
    }

    /** The name with its arguments, as SQL writes it. */
    public String signature() {
        return name.sql() + "(" + arguments + ")";
    }

    /** The path that it sets itself; empty for its caller's. */
    public Optional<String> searchPath() {
        return Optional.ofNullable(body.searchPath());
    }

    /** Whether names in its text are looked up when it runs. */
    public boolean isBoundLate() {
        return !body.boundEarly() && !Set.of("c", "internal").contains(body.language());
    }
}
