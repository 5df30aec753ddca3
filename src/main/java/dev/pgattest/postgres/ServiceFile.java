package dev.pgattest.postgres;

import dev.pgattest.PgattestException;
import dev.pgattest.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a service of libpq's service file. The driver has a reader too, but it finds the file by the process environment
 * alone and does not tell a missing service from an empty one.
 *
 * @see <a href="https://www.postgresql.org/docs/current/libpq-pgservice.html">the connection service file</a>
 */
final class ServiceFile {

    private ServiceFile() {}

    /** The values of a service; a service that cannot be found or read adds to {@code problems}. */
    static Map<LibpqKeyword, String> read(String service, LibpqEnvironment environment, List<Problem> problems) {
        List<Path> candidates = candidates(environment);
        for (Path file : candidates) {
            Optional<List<String>> lines = linesOf(file, service);
            if (lines.isPresent()) {
                return values(file, lines.get(), problems);
            }
        }
        problems.add(Problem.ofInput(
                "the service " + service + " is in none of " + candidates,
                "add [" + service + "] to the service file, or name the file in PGSERVICEFILE"));
        return Map.of();
    }

    private static List<Path> candidates(LibpqEnvironment environment) {
        Path users = environment
                .variable("PGSERVICEFILE")
                .map(Path::of)
                .orElse(environment.home().resolve(".pg_service.conf"));
        return environment
                .variable("PGSYSCONFDIR")
                .map(folder -> List.of(users, Path.of(folder, "pg_service.conf")))
                .orElse(List.of(users));
    }

    private static Optional<List<String>> linesOf(Path file, String service) {
        List<String> lines;
        try {
            lines = Files.isReadable(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw PgattestException.environment(
                    "cannot read the service file " + file, "make it readable, or name another in PGSERVICEFILE", e);
        }
        int start = lines.stream().map(String::strip).toList().indexOf("[" + service + "]");
        if (start < 0) {
            return Optional.empty();
        }
        return Optional.of(lines.stream()
                .skip(start + 1L)
                .map(String::strip)
                .takeWhile(line -> !line.startsWith("["))
                .toList());
    }

    private static Map<LibpqKeyword, String> values(Path file, List<String> lines, List<Problem> problems) {
        Map<LibpqKeyword, String> values = new EnumMap<>(LibpqKeyword.class);
        for (String line : lines) {
            int equals = line.indexOf('=');
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            Optional<LibpqKeyword> keyword = equals < 0
                    ? Optional.empty()
                    : LibpqKeyword.named(line.substring(0, equals).strip());
            if (keyword.isEmpty()) {
                problems.add(Problem.ofFile(
                        file.toString(), "a line of the service is not keyword=value", "use libpq's keywords"));
            } else {
                values.put(keyword.get(), line.substring(equals + 1).strip());
            }
        }
        return values;
    }
}
