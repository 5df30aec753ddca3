package dev.pgattest.audit;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A policy of row-level security.
 *
 * @param table id of its table
 * @param name its name
 * @param permissive whether it admits rows; else it restricts what others admit
 * @param command what it is for
 * @param roles names of the roles that it is for; empty for all
 * @param using its USING as SQL; null for none
 * @param check its WITH CHECK as SQL; null for none
 * @param calls what it calls
 */
public record PolicyFacts(
        long table,
        String name,
        boolean permissive,
        Command command,
        Set<String> roles,
        @Nullable String using,
        @Nullable String check,
        Calls calls) {

    /** What a policy is for. */
    public enum Command {
        ALL,
        SELECT,
        INSERT,
        UPDATE,
        DELETE;

        /** By {@code pg_policy.polcmd}. */
        public static Command of(String letter) {
            return switch (letter) {
                case "r" -> SELECT;
                case "a" -> INSERT;
                case "w" -> UPDATE;
                case "d" -> DELETE;
                default -> ALL;
            };
        }
    }

    /**
     * What a policy reads and calls.
     *
     * @param columns names of the columns of its table
     * @param functions ids of functions
     * @param volatiles names of those that are volatile
     */
    public record Calls(Set<String> columns, List<Long> functions, Set<String> volatiles) {
        public Calls {
            columns = Set.copyOf(columns);
            functions = List.copyOf(functions);
            volatiles = Set.copyOf(volatiles);
        }
    }

    public PolicyFacts {
        roles = Set.copyOf(roles);
    }

    /** Whether it has a say in a command. */
    public boolean isFor(Command asked) {
        return command == Command.ALL || command == asked;
    }

    /** What new rows must satisfy: USING where there is no WITH CHECK; null for nothing. */
    public @Nullable String writes() {
        return check == null ? using : check;
    }
}
