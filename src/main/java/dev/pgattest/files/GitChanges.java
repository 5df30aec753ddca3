package dev.pgattest.files;

import dev.pgattest.PgattestException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which lines of files are not in a commit, as {@code git} tells it. Nothing of the repository is changed. */
public final class GitChanges {

    private static final Pattern HUNK = Pattern.compile("(?m)^@@ -\\S+ \\+([0-9]+)(?:,([0-9]+))? @@");
    private static final String REMEDY = "name a commit, branch or tag of the repository that holds the files";

    private final String revision;

    private GitChanges(String revision) {
        this.revision = revision;
    }

    /**
     * Changes since a revision; {@code A..B} compares with A.
     *
     * @param revision as git reads it
     * @throws PgattestException of bad input when it could be taken for an option
     */
    public static GitChanges since(String revision) {
        String base = revision.replaceFirst("\\.\\.\\.?.*$", "");
        if (base.isBlank() || base.startsWith("-")) {
            throw PgattestException.badInput("'" + revision + "' is no revision", REMEDY);
        }
        return new GitChanges(base);
    }

    /**
     * The lines of a file, counted from 1, that the revision does not have; all of them for a file that it does not know.
     *
     * @throws PgattestException of bad input when git knows no such revision, or the file is in no repository
     */
    public BitSet lines(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            folder = Path.of("").toAbsolutePath();
        }
        String name = "./" + file.getFileName();
        BitSet lines = new BitSet();
        if (git(folder, "ls-tree", "--name-only", "-z", revision, name).isEmpty()) {
            lines.set(1, lineCount(file) + 2);
            return lines;
        }
        String difference = git(folder, "diff", "--no-color", "--no-ext-diff", "--unified=0", revision, "--", name);
        Matcher hunks = HUNK.matcher(difference);
        while (hunks.find()) {
            int first = Integer.parseInt(hunks.group(1));
            int count = hunks.group(2) == null ? 1 : Integer.parseInt(hunks.group(2));
            lines.set(first, first + count);
        }
        return lines;
    }

    private static int lineCount(Path file) {
        try {
            return (int) new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                    .lines()
                    .count();
        } catch (IOException e) {
            throw PgattestException.environment("'" + file + "' cannot be read: " + e.getMessage(), "run it again", e);
        }
    }

    private static String git(Path folder, String... arguments) {
        List<String> command = new ArrayList<>(List.of("git", "-C", folder.toString()));
        command.addAll(List.of(arguments));
        try {
            Path errors = Files.createTempFile("pgattest-git-", ".txt");
            try {
                Process process = new ProcessBuilder(command)
                        .redirectError(errors.toFile())
                        .start();
                process.getOutputStream().close();
                String output;
                try (InputStream stream = process.getInputStream()) {
                    output = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
                }
                if (process.waitFor() != 0) {
                    throw PgattestException.badInput(
                            "git refused: " + Files.readString(errors).strip(), REMEDY);
                }
                return output;
            } finally {
                Files.deleteIfExists(errors);
            }
        } catch (IOException e) {
            throw PgattestException.environment("git cannot be run: " + e.getMessage(), "install git", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw PgattestException.environment("interrupted while git ran", "run the command again", e);
        }
    }
}
