package dev.pgattest.postgres.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstalledProgramsTest {

    @TempDir
    Path folder;

    @Test
    void the_named_folder_goes_first_then_the_path() throws IOException {
        Path named = installation("named", "17.2");
        Path onPath = installation("path", "16.1");

        assertThat(InstalledPrograms.find(Map.of("PGATTEST_PG_BIN", named.toString(), "PATH", onPath.toString()))
                        .folder())
                .isEqualTo(named);
        assertThat(InstalledPrograms.find(Map.of("PATH", folder + ":" + onPath))
                        .version()
                        .text())
                .isEqualTo("16.1");
    }

    @Test
    void links_are_followed_to_where_the_libraries_are() throws IOException {
        Path real = installation("real", "18.6");
        Path links = Files.createDirectory(folder.resolve("links"));
        Files.createSymbolicLink(links.resolve("postgres"), real.resolve("postgres"));
        Files.createSymbolicLink(links.resolve("initdb"), real.resolve("initdb"));

        assertThat(InstalledPrograms.find(Map.of("PATH", links.toString())).folder())
                .isEqualTo(real);
    }

    @Test
    void a_named_folder_without_the_programs_is_reported() {
        assertThatThrownBy(() -> InstalledPrograms.find(Map.of("PGATTEST_PG_BIN", folder.toString())))
                .hasMessage("PGATTEST_PG_BIN is " + folder + ", where initdb and postgres are not both found");
    }

    @Test
    void an_installation_that_is_too_old_is_refused() throws IOException {
        Path old = installation("old", "13.22 (Debian)");

        assertThatThrownBy(() -> InstalledPrograms.find(Map.of("PATH", old.toString())))
                .hasMessage("PostgreSQL 13.22 at " + old + " is too old");
    }

    private Path installation(String name, String version) throws IOException {
        Path bin = Files.createDirectory(folder.toRealPath().resolve(name));
        program(bin.resolve("postgres"), "echo 'postgres (PostgreSQL) " + version + "'");
        program(bin.resolve("initdb"), "exit 1");
        return bin;
    }

    private static void program(Path file, String line) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + line + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
