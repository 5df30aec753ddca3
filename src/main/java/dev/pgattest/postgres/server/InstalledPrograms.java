package dev.pgattest.postgres.server;

import dev.pgattest.PgattestException;
import dev.pgattest.postgres.ServerVersion;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the PostgreSQL that is installed: {@code PGATTEST_PG_BIN}, then the path, then where distributions put it. */
final class InstalledPrograms {

    /** Folders that hold one installation per version, with the pattern of its folder and where its programs are. */
    private record Versioned(String parent, String pattern, String programs) {}

    private static final List<Versioned> PLACES = List.of(
            new Versioned("/usr/lib/postgresql", "*", "bin"),
            new Versioned("/usr", "pgsql-*", "bin"),
            new Versioned("/usr/libexec", "postgresql*", ""),
            new Versioned("/usr/local", "pgsql*", "bin"),
            new Versioned("/opt/homebrew/opt", "postgresql*", "bin"),
            new Versioned("/usr/local/opt", "postgresql*", "bin"),
            new Versioned("/Library/PostgreSQL", "*", "bin"),
            new Versioned("/Applications/Postgres.app/Contents/Versions", "*", "bin"));
    private static final Pattern NUMBER = Pattern.compile("(\\d+)(?!.*\\d)");

    private InstalledPrograms() {}

    /**
     * The programs to use.
     *
     * @throws PgattestException of the environment when there are none, naming where they were looked for
     */
    static Programs find(Map<String, String> variables) {
        String named = variables.getOrDefault("PGATTEST_PG_BIN", "");
        if (!named.isBlank()) {
            if (!Programs.areIn(Path.of(named))) {
                throw PgattestException.environment(
                        "PGATTEST_PG_BIN is " + named + ", where initdb and postgres are not both found",
                        "set it to the folder of PostgreSQL's programs, such as /usr/lib/postgresql/18/bin");
            }
            return Programs.in(Path.of(named));
        }
        return candidates(variables.getOrDefault("PATH", "")).stream()
                .filter(Programs::areIn)
                .findFirst()
                .map(Programs::in)
                .orElseThrow(InstalledPrograms::none);
    }

    /** Every folder to look into, in order. */
    private static List<Path> candidates(String searchPath) {
        List<Path> folders = new ArrayList<>();
        for (String entry : searchPath.split(Pattern.quote(File.pathSeparator), -1)) {
            if (entry.startsWith("/")) {
                folders.add(Path.of(entry));
            }
        }
        PLACES.forEach(place -> folders.addAll(installations(place)));
        return folders;
    }

    private static List<Path> installations(Versioned place) {
        Path parent = Path.of(place.parent());
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        List<Path> folders = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(parent, place.pattern())) {
            found.forEach(folders::add);
        } catch (IOException e) {
            throw PgattestException.environment(
                    "cannot look for PostgreSQL in " + parent, "name its folder in PGATTEST_PG_BIN", e);
        }
        folders.sort(Comparator.comparingInt(InstalledPrograms::versionOf)
                .reversed()
                .thenComparing(Comparator.naturalOrder()));
        return folders.stream().map(folder -> folder.resolve(place.programs())).toList();
    }

    private static int versionOf(Path folder) {
        Matcher number = NUMBER.matcher(String.valueOf(folder.getFileName()));
        return number.find() && number.group(1).length() < 6 ? Integer.parseInt(number.group(1)) : 0;
    }

    private static PgattestException none() {
        List<String> places = PLACES.stream()
                .map(place -> place.parent() + "/" + place.pattern())
                .toList();
        return PgattestException.environment(
                "no installed PostgreSQL: initdb and postgres are neither on the path nor under "
                        + String.join(", ", places),
                "install PostgreSQL " + ServerVersion.OLDEST
                        + " or later, name the folder of its programs in PGATTEST_PG_BIN, or use --server embedded");
    }
}
