package dev.pgattest.files;

import dev.pgattest.Problem;
import dev.pgattest.Result;
import dev.pgattest.Utf8;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file {@code evidence.json}, named by itself or by its folder. */
public final class EvidenceFile {

    /** The file's name in the folder of a run's results. */
    public static final String NAME = "evidence.json";

    private static final long LARGEST_BYTES = 64L * 1024 * 1024;

    private EvidenceFile() {}

    /** The file that a path names. */
    public static Path of(Path named) {
        boolean isFile = named.toString().endsWith(".json") && !Files.isDirectory(named);
        return isFile ? named : named.resolve(NAME);
    }

    /** Its text; the problem says that there is none, or that it cannot be read. */
    public static Result<String> read(Path file) {
        String name = file.toAbsolutePath().toString();
        try {
            if (!Files.isRegularFile(file)) {
                return Result.rejected(Problem.ofFile(
                        name, "there is no evidence", "make it with --update, or name an evidence.json or its folder"));
            }
            if (Files.size(file) > LARGEST_BYTES) {
                return Result.rejected(Problem.ofFile(
                        name, "it is larger than " + LARGEST_BYTES / (1024 * 1024) + " MB", "name an evidence.json"));
            }
            return Utf8.decode(name, Files.readAllBytes(file));
        } catch (IOException e) {
            return Result.rejected(Problem.ofFile(name, "it cannot be read: " + e.getMessage(), "check its rights"));
        }
    }

    /** Whether two paths are one file. */
    public static boolean isSame(Path one, Path other) {
        try {
            return (Files.exists(one) && Files.exists(other))
                    ? Files.isSameFile(one, other)
                    : one.toAbsolutePath()
                            .normalize()
                            .equals(other.toAbsolutePath().normalize());
        } catch (IOException e) {
            return false;
        }
    }
}
