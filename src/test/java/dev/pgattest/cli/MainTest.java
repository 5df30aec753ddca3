package dev.pgattest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.testing.SmallProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process: what reaches its streams and its exit code. */
class MainTest {

    @TempDir
    Path folder;

    @Test
    void writes_problems_to_standard_error_in_utf_8_whatever_the_locale() throws Exception {
        Path project = folder.resolve("project");
        SmallProject.writeTo(project);
        Files.writeString(project.resolve("workload.yaml"), "größe: 1\n");

        assertThat(run("check", project.toString())).isEqualTo(2);
        assertThat(Files.readString(folder.resolve("out"))).isEmpty();
        assertThat(Files.readString(folder.resolve("err")))
                .contains("/workload.yaml:1:1: error: unknown key 'größe'")
                .doesNotContain("SLF4J");
    }

    @Test
    void writes_the_result_to_standard_output_and_nothing_else_anywhere() throws Exception {
        Path project = folder.resolve("project");
        SmallProject.writeTo(project);

        assertThat(run("check", project.toString())).isZero();
        assertThat(Files.readString(folder.resolve("out"))).startsWith(project + ": ok, ");
        assertThat(Files.readString(folder.resolve("err"))).isEmpty();
    }

    private int run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        builder.environment().put("LC_ALL", "C");
        builder.environment().keySet().removeIf(name -> name.startsWith("JAVA_TOOL") || name.equals("PGATTEST_DEBUG"));
        return builder.start().waitFor();
    }
}
