package dev.pgattest.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgattest.PgattestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PairedFilesTest {

    @TempDir
    Path folder;

    @Test
    void adds_and_replaces_and_keeps_a_byte_order_mark() throws IOException {
        Path changed = Files.writeString(folder.resolve("list"), "\uFEFFa\n");

        PairedFiles.write(List.of(file("deep/er/b")), changed, "a\n", "a\nb\n");

        assertThat(changed).hasContent("\uFEFFa\nb\n");
        assertThat(folder.resolve("deep/er/b")).hasContent("deep/er/b");
    }

    @Test
    void writes_nothing_when_the_file_was_changed_meanwhile_or_an_added_one_exists() throws IOException {
        Path changed = Files.writeString(folder.resolve("list"), "a\n");
        Files.writeString(folder.resolve("c"), "mine");

        assertThatThrownBy(() -> PairedFiles.write(List.of(file("new/b")), changed, "b\n", "x\n"))
                .isInstanceOf(PgattestException.class)
                .hasMessageContaining("was changed meanwhile");
        assertThatThrownBy(() -> PairedFiles.write(List.of(file("new/b"), file("c")), changed, "a\n", "x\n"))
                .isInstanceOf(PgattestException.class)
                .hasMessageContaining("exists already");

        assertThat(changed).hasContent("a\n");
        assertThat(folder.resolve("new")).doesNotExist();
        assertThat(folder.resolve("c")).hasContent("mine");
    }

    @Test
    void loses_no_change_of_those_who_write_at_the_same_time() throws Exception {
        Path changed = Files.writeString(folder.resolve("list"), "");
        ExecutorService pool = Executors.newFixedThreadPool(4);
        List<Future<Boolean>> runs = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            String name = "f" + i;
            runs.add(pool.submit(() -> {
                String before = Files.readString(changed);
                try {
                    PairedFiles.write(List.of(file(name)), changed, before, before + name + "\n");
                    return true;
                } catch (PgattestException e) {
                    return false;
                }
            }));
        }
        List<String> written = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            if (runs.get(i).get()) {
                written.add("f" + i);
            }
        }
        pool.shutdown();

        assertThat(written).isNotEmpty();
        assertThat(Files.readAllLines(changed)).containsExactlyInAnyOrderElementsOf(written);
        for (int i = 0; i < runs.size(); i++) {
            assertThat(Files.exists(folder.resolve("f" + i))).isEqualTo(written.contains("f" + i));
        }
    }

    private PairedFiles.NewFile file(String name) {
        return new PairedFiles.NewFile(folder.resolve(name), name);
    }
}
