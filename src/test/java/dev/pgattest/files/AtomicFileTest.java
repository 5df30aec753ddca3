package dev.pgattest.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgattest.ExitCode;
import dev.pgattest.PgattestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {

    @TempDir
    Path folder;

    @Test
    void makes_folders_and_replaces_the_old_text() throws IOException {
        Path file = folder.resolve("a/b/größe.json");

        AtomicFile.write(file, "old");
        AtomicFile.write(file, "neu: größe");

        assertThat(file).hasContent("neu: größe");
        assertThat(names(folder.resolve("a/b"))).containsExactly("größe.json");
    }

    @Test
    void gives_the_file_the_rights_that_any_new_file_has() throws IOException {
        Path plain = Files.writeString(folder.resolve("plain"), "text");
        Path file = folder.resolve("file");

        AtomicFile.write(file, "text");

        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(Files.getPosixFilePermissions(plain));
    }

    @Test
    void leaves_what_was_there_when_it_fails() throws IOException {
        Path target = folder.resolve("taken");
        Files.createDirectories(target.resolve("child"));

        assertThatThrownBy(() -> AtomicFile.write(target, "text"))
                .isInstanceOfSatisfying(PgattestException.class, failure -> {
                    assertThat(failure.exitCode()).isEqualTo(ExitCode.ENVIRONMENT);
                    assertThat(failure).hasMessageContaining("taken");
                });
        assertThat(names(folder)).containsExactly("taken");
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
