package dev.pgattest.files;

import dev.pgattest.PgattestException;
import dev.pgattest.Problem;
import dev.pgattest.sql.SqlFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Files and folders that a user names on the command line, as SQL files. */
public final class SqlPaths {

    /** Far above any script that a person wrote. */
    private static final long LARGEST_FILE_BYTES = 64L * 1024 * 1024;

    private SqlPaths() {}

    /**
     * The {@code .sql} files in folders and their folders, and every file that is named itself, grouped by what runs together: each
     * folder is one group, all files named themselves are another. A byte that is not UTF-8 becomes U+FFFD.
     *
     * @throws PgattestException of bad input with a problem for each path that cannot be read
     */
    public static List<List<SqlFile>> read(List<Path> paths) {
        List<Problem> problems = new ArrayList<>();
        List<List<SqlFile>> groups = new ArrayList<>();
        Map<Path, SqlFile> single = new LinkedHashMap<>();
        for (Path path : new LinkedHashSet<>(paths)) {
            if (path.toString().isEmpty()) {
                problems.add(Problem.ofInput("a path is empty", "name a file or a folder; write . for this one"));
            } else if (Files.isDirectory(path)) {
                groups.add(folder(path, problems));
            } else {
                text(path, problems).ifPresent(file -> single.put(path.normalize(), file));
            }
        }
        if (!single.isEmpty()) {
            groups.add(List.copyOf(single.values()));
        }
        if (!problems.isEmpty()) {
            throw PgattestException.badInput(problems);
        }
        return groups;
    }

    private static List<SqlFile> folder(Path folder, List<Problem> problems) {
        List<SqlFile> files = new ArrayList<>();
        try (Stream<Path> found = Files.walk(folder)) {
            found.filter(file -> file.getFileName() != null
                            && file.getFileName()
                                    .toString()
                                    .toLowerCase(java.util.Locale.ROOT)
                                    .endsWith(".sql"))
                    .filter(file -> Files.isRegularFile(file) || leadsNowhere(file))
                    .sorted()
                    .forEach(file -> text(file, problems).ifPresent(files::add));
        } catch (IOException | UncheckedIOException e) {
            problems.add(Problem.ofFile(
                    folder.toString(),
                    "the folder cannot be read: " + e.getMessage(),
                    "give yourself the right to read it"));
        }
        if (files.isEmpty() && problems.isEmpty()) {
            problems.add(Problem.ofFile(
                    folder.toString(), "the folder holds no .sql file", "name the folder of the SQL files"));
        }
        return files;
    }

    private static boolean leadsNowhere(Path file) {
        return Files.isSymbolicLink(file) && !Files.exists(file);
    }

    private static java.util.Optional<SqlFile> text(Path file, List<Problem> problems) {
        String name = file.toString().replace('\\', '/');
        if (leadsNowhere(file)) {
            problems.add(Problem.ofFile(name, "the link leads nowhere", "correct or remove the link"));
            return java.util.Optional.empty();
        }
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                problems.add(Problem.ofFile(name, "this is no regular file", "name a file of SQL"));
                return java.util.Optional.empty();
            }
            if (Files.exists(file) && Files.size(file) > LARGEST_FILE_BYTES) {
                problems.add(Problem.ofFile(
                        name,
                        "the file has " + Files.size(file) + " bytes, more than " + LARGEST_FILE_BYTES / (1024 * 1024)
                                + " MB",
                        "name the right file, or split it"));
                return java.util.Optional.empty();
            }
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            return java.util.Optional.of(new SqlFile(name, text.startsWith("\uFEFF") ? text.substring(1) : text));
        } catch (IOException e) {
            boolean missing = !Files.exists(file);
            problems.add(Problem.ofFile(
                    name,
                    missing ? "there is no such file or folder" : "the file cannot be read: " + e.getMessage(),
                    missing ? "correct the path" : "give yourself the right to read it"));
            return java.util.Optional.empty();
        }
    }
}
