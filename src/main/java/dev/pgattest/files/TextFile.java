package dev.pgattest.files;

import dev.pgattest.PgattestException;
import dev.pgattest.Result;
import dev.pgattest.Utf8;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Files that a user names, as text. */
public final class TextFile {

    private TextFile() {}

    /**
     * The text of a file; empty when there is none, a problem when it is not UTF-8.
     *
     * @throws PgattestException of the environment when it cannot be read
     */
    public static Optional<Result<String>> read(Path file) {
        try {
            return Optional.of(Utf8.decode(file.toAbsolutePath().toString(), Files.readAllBytes(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            String why = Files.isDirectory(file) ? "it is a folder" : String.valueOf(e.getMessage());
            throw PgattestException.environment(
                    "'" + file + "' cannot be read: " + why,
                    "name another file, or give yourself the right to read it",
                    e);
        }
    }
}
