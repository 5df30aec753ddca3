package dev.pgattest.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The catalog queries of this package, one a file. */
final class SqlResource {

    private SqlResource() {}

    /** The text of {@code sql/<name>.sql}. */
    static String text(String name) {
        try (InputStream stream = SqlResource.class.getResourceAsStream("sql/" + name + ".sql")) {
            if (stream == null) {
                throw new IllegalArgumentException("no SQL resource is named " + name);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
