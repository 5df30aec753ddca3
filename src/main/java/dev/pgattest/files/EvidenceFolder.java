package dev.pgattest.files;

import dev.pgattest.PgattestException;
import dev.pgattest.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder with the results of one run.
 *
 * @param path the folder
 */
public record EvidenceFolder(Path path) {

    /** Folder in a project in which the folders of its evidence are. */
    public static final String PARENT = "evidence";

    /** The folders of a project's evidence, sorted by name; none when there is no evidence. */
    public static List<EvidenceFolder> of(Path project) {
        Path parent = project.resolve(PARENT);
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(parent)) {
            return folders.sorted()
                    .map(EvidenceFolder::new)
                    .filter(EvidenceFolder::exists)
                    .toList();
        } catch (IOException e) {
            throw unreadable(parent, e);
        }
    }

    /** Whether it holds evidence. */
    public boolean exists() {
        return Files.isRegularFile(path.resolve(EvidenceFile.NAME));
    }

    /** Its file of evidence. */
    public Path file() {
        return path.resolve(EvidenceFile.NAME);
    }

    /** The text of a file in it; empty when there is none, a problem when it is not UTF-8. */
    public Optional<Result<String>> text(Path name) {
        return TextFile.read(path.resolve(name));
    }

    private static PgattestException unreadable(Path file, IOException cause) {
        return PgattestException.environment(
                "'" + file + "' cannot be read: " + cause.getMessage(), "give yourself the right to read it", cause);
    }
}
