package dev.pgattest.files;

import dev.pgattest.PgattestException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Files that pgattest wrote itself. */
public final class TextFile {

    private TextFile() {}

    /**
     * The text of a file; empty when there is none. A byte that is not UTF-8 becomes U+FFFD.
     *
     * @throws PgattestException of bad input when it cannot be read
     */
    public static Optional<String> read(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw PgattestException.badInput(
                    "the file " + file + " cannot be read: " + e.getMessage(), "give yourself the right to read it");
        }
    }
}
