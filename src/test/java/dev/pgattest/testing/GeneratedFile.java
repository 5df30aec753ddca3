package dev.pgattest.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A committed file that is made from sources, so that it cannot fall behind them. */
public final class GeneratedFile {

    private static final String UPDATE = "pgattest.docs.update";

    private GeneratedFile() {}

    /** Asserts that the file holds the text; with {@code -Dpgattest.docs.update=true} writes it first. */
    public static void assertUpToDate(Path file, String text) throws IOException {
        if (Boolean.getBoolean(UPDATE)) {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, text);
        }
        assertThat(file).as("generated: run the tests with -D%s=true", UPDATE).exists();
        assertThat(Files.readString(file))
                .as("%s is generated: run the tests with -D%s=true", file, UPDATE)
                .isEqualTo(text);
    }
}
