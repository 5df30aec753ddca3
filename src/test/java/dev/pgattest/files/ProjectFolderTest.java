package dev.pgattest.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.Problem;
import dev.pgattest.Result;
import dev.pgattest.testing.SmallProject;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectFolderTest {

    @TempDir
    Path parent;

    private Path folder;

    @BeforeEach
    void write() throws IOException {
        folder = parent.resolve("project");
        SmallProject.writeTo(folder);
    }

    @Test
    void reads_texts_and_lists_sql_files_in_order() throws IOException {
        Files.writeString(folder.resolve("migrations/V10__more.sql"), "");
        Files.writeString(folder.resolve("migrations/README.md"), "");
        Files.createDirectories(folder.resolve("migrations/later"));
        Files.writeString(folder.resolve("migrations/later/V2__x.sql"), "");

        ProjectFolder project = open();
        assertThat(project.text("states/proven/undo.sql").orThrow()).isEqualTo("drop index orders_placed_at;\n");
        assertThat(project.sqlFiles("migrations").orThrow())
                .containsExactly("migrations/V10__more.sql", "migrations/V1__orders.sql", "migrations/later/V2__x.sql");
    }

    @Test
    void refuses_a_file_instead_of_the_folder() {
        Result<ProjectFolder> result = ProjectFolder.open(folder.resolve("pgattest.yaml"));

        assertMessage(result, "is a file, expected a folder");
    }

    @Test
    void refuses_a_folder_instead_of_a_file_and_the_reverse() {
        assertMessage(open().text("states"), "'states' is not a file");
        assertMessage(open().sqlFiles("dataset.yaml"), "'dataset.yaml' is a file, expected a folder");
        assertMessage(open().sqlFiles("none"), "the folder 'none' does not exist");
    }

    @Test
    void refuses_a_link_that_leaves_the_folder() throws IOException {
        Path secret = Files.writeString(parent.resolve("secret.sql"), "select 1");
        Files.createSymbolicLink(folder.resolve("link.sql"), secret);

        assertMessage(open().text("link.sql"), "the file 'link.sql' is a link that leaves the project's folder");
    }

    @Test
    void refuses_a_file_that_is_too_large() throws IOException {
        try (RandomAccessFile file =
                new RandomAccessFile(folder.resolve("huge.sql").toFile(), "rw")) {
            file.setLength(ProjectFolder.LARGEST_FILE_BYTES + 1);
        }

        assertMessage(open().text("huge.sql"), "has 10485761 bytes, more than 10 MB");
    }

    @Test
    void names_the_place_of_a_byte_that_is_not_utf_8() throws IOException {
        Files.write(folder.resolve("latin.sql"), new byte[] {'-', '-', '\n', 'a', (byte) 0xE9});

        assertThat(open().text("latin.sql").problems())
                .containsExactly(new Problem(
                        "latin.sql", 2, 2, "the byte 0xE9 is not UTF-8", "save the file with the encoding UTF-8"));
    }

    private ProjectFolder open() {
        return ProjectFolder.open(folder).orThrow();
    }

    private static void assertMessage(Result<?> result, String message) {
        assertThat(result.problems()).hasSize(1);
        assertThat(result.problems().get(0).message()).contains(message);
        assertThat(result.problems().get(0).remedy()).isNotEmpty();
    }
}
