package dev.pgattest.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.pgattest.testing.ShopProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server of our own on a file system that is too small for the rows. Needs the right to mount one. */
class FullDiskTest {

    @TempDir
    Path folder;

    private boolean mounted;

    @Test
    void a_disk_that_fills_up_during_the_load_ends_with_3_and_leaves_nothing() throws Exception {
        Path small = Files.createDirectory(folder.resolve("small"));
        mounted = command("mount", "-t", "tmpfs", "-o", "size=220m,mode=1777", "pgattest-test", small.toString()) == 0;
        assumeThat(mounted).as("may mount a file system").isTrue();
        Path project = new ShopProject()
                .with("dataset.yaml", "orders: 500}", "orders: 20000000}")
                .writeTo(Files.createDirectory(folder.resolve("project")));
        Path output = folder.resolve("output");

        Process child = ProgramRun.process(
                        output,
                        List.of("-Djava.io.tmpdir=" + small),
                        "prove",
                        project.toString(),
                        "--server",
                        "embedded")
                .start();

        assertThat(child.waitFor(5, TimeUnit.MINUTES)).isTrue();
        String said = Files.readString(output);
        assertThat(child.exitValue()).as(said).isEqualTo(3);
        assertThat(said)
                .contains("error: ", "No space left on device", "help: the disk of the server is full")
                .doesNotContain("this is a bug", "wrote");
        assertThat(project.resolve("evidence")).doesNotExist();
        try (Stream<Path> left = Files.walk(small)) {
            assertThat(left.filter(Files::isRegularFile).map(Path::getFileName).map(Path::toString))
                    .doesNotContain("PG_VERSION", "postmaster.pid");
        }
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            assertThat(command("umount", "-l", folder.resolve("small").toString()))
                    .isZero();
        }
    }

    private static int command(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            return -1;
        }
    }
}
