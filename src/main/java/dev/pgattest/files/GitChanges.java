package dev.pgattest.files;

import dev.pgattest.PgattestException;
import dev.pgattest.process.ProgramEnd;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which lines of files are not in a commit, as {@code git} tells it. A file that git takes for a renamed one is compared with what it
 * was. Nothing of the repository is changed.
 */
public final class GitChanges {

    private static final Pattern HUNK = Pattern.compile("(?m)^@@ -\\S+ \\+([0-9]+)(?:,([0-9]+))? @@");
    private static final String REMEDY = "name a commit, branch or tag of the repository that holds the files";

    private final String revision;

    /** Earlier names by the later ones, relative to the top of the repository, for each folder that was asked about. */
    private final Map<Path, Map<String, String>> renamed = new HashMap<>();

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
        if (!git(folder, "ls-tree", "--name-only", "-z", revision, name).isEmpty()) {
            return hunks(git(folder, "diff", "--no-color", "--no-ext-diff", "--unified=0", revision, "--", name));
        }
        String whole = git(folder, "rev-parse", "--show-prefix").strip() + file.getFileName();
        String before = renamed.computeIfAbsent(folder, this::renames).get(whole);
        if (before == null) {
            BitSet all = new BitSet();
            all.set(1, lineCount(file) + 2);
            return all;
        }
        return hunks(git(
                folder,
                "diff",
                "--no-color",
                "--no-ext-diff",
                "--find-renames",
                "--unified=0",
                revision,
                "--",
                ":(top,literal)" + before,
                ":(top,literal)" + whole));
    }

    private static BitSet hunks(String difference) {
        BitSet lines = new BitSet();
        Matcher hunks = HUNK.matcher(difference);
        while (hunks.find()) {
            int first = Integer.parseInt(hunks.group(1));
            int count = hunks.group(2) == null ? 1 : Integer.parseInt(hunks.group(2));
            lines.set(first, first + count);
        }
        return lines;
    }

    /** The output has a status, the old and the new name for each. */
    private Map<String, String> renames(Path folder) {
        String[] fields = git(
                        folder,
                        "diff",
                        "--name-status",
                        "-z",
                        "--no-ext-diff",
                        "--find-renames",
                        "--diff-filter=R",
                        revision)
                .split("\0", -1);
        Map<String, String> names = new HashMap<>();
        for (int index = 0; index + 2 < fields.length; index += 3) {
            names.put(fields[index + 2], fields[index + 1]);
        }
        return names;
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
            ProgramEnd end = ProgramEnd.of(new ProcessBuilder(command));
            if (end.status() != 0) {
                throw PgattestException.badInput("git refused: " + end.errors().strip(), REMEDY);
            }
            return end.output();
        } catch (IOException e) {
            throw PgattestException.environment("git cannot be run: " + e.getMessage(), "install git", e);
        }
    }
}
