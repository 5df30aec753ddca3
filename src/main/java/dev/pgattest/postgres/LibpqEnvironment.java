package dev.pgattest.postgres;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What libpq reads of a process besides the connection string.
 *
 * @param variables environment variables
 * @param home the user's home folder, where {@code .pgpass} and {@code .pg_service.conf} are
 * @param userName the operating system's name of the user, the default database user
 */
public record LibpqEnvironment(Map<String, String> variables, Path home, String userName) {

    public LibpqEnvironment {
        variables = Map.copyOf(variables);
    }

    /** The environment of this process. */
    public static LibpqEnvironment ofProcess() {
        return new LibpqEnvironment(
                System.getenv(), Path.of(System.getProperty("user.home")), System.getProperty("user.name"));
    }

    /** No variables and no files: only what the connection string says counts. */
    public static LibpqEnvironment empty() {
        return new LibpqEnvironment(Map.of(), Path.of("/nonexistent"), "postgres");
    }

    /** The value of a variable; empty when it is unset or blank, which libpq treats alike. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
    }
}
