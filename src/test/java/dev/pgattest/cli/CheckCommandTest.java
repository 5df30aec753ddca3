package dev.pgattest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.PgattestException;
import dev.pgattest.testing.SmallProject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CheckCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    @Test
    void says_what_a_right_project_holds() throws IOException {
        SmallProject.writeTo(folder);

        assertThat(run("check", folder.toString())).isZero();
        assertThat(out.toString().strip()).isEqualTo(folder + ": ok, 1 query, 0 jobs, 1 case, 2 states, 1 migration");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void lists_every_problem_with_place_and_remedy_on_standard_error() throws IOException {
        SmallProject.writeTo(folder);
        Path file = folder.resolve("pgattest.yaml");
        Files.writeString(file, Files.readString(file).replace("gate: proven", "gate: prove\nsever: 1"));

        assertThat(run("check", folder.toString())).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString().lines())
                .containsExactly(
                        folder + "/pgattest.yaml:6:7: error: unknown state 'prove'",
                        "  help: did you mean 'proven'? known states: baseline, proven",
                        folder + "/pgattest.yaml:7:1: error: unknown key 'sever'",
                        "  help: did you mean 'server'? known keys: project, description, server, migrations, dataset,"
                                + " workload, indexes, profile, gate, states, measure, red_flags, lint");
    }

    @Test
    void writes_json_to_standard_output() throws IOException {
        SmallProject.writeTo(folder);
        assertThat(run("check", "--format", "json", folder.toString())).isZero();
        JsonNode right = new JsonMapper().readTree(out.toString());
        assertThat(right.path("ok").booleanValue()).isTrue();
        assertThat(right.path("project").asString()).isEqualTo("shop");
        assertThat(right.path("problems").size()).isZero();

        Files.delete(folder.resolve("queries/q1.sql"));
        out.getBuffer().setLength(0);
        assertThat(run("check", "--format", "json", folder.toString())).isEqualTo(2);
        JsonNode problem =
                new JsonMapper().readTree(out.toString()).path("problems").path(0);
        assertThat(problem.path("file").asString()).isEqualTo("workload.yaml");
        assertThat(problem.path("line").intValue()).isEqualTo(3);
        assertThat(problem.path("message").asString()).isEqualTo("the file 'queries/q1.sql' does not exist");
    }

    @Test
    void says_that_a_folder_is_missing_or_no_project() {
        assertThat(run("check", folder.resolve("none").toString())).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("error: the folder '")
                .contains("does not exist", "help: name a project's folder");

        err.getBuffer().setLength(0);
        assertThat(run("check", folder.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("has no pgattest.yaml");
    }

    @Test
    void ends_with_2_and_the_usage_when_the_usage_is_wrong() {
        assertThat(run("check")).isEqualTo(2);
        assertThat(err.toString()).contains("Missing required parameter: 'PROJECT'", "Usage: pgattest check");
    }

    @Test
    void ends_with_the_code_of_a_failure_and_says_its_remedy() {
        assertThat(runFailing(PgattestException.environment("no space left", "free some")))
                .isEqualTo(3);
        assertThat(err.toString().lines()).containsExactly("error: no space left", "  help: free some");
    }

    @Test
    void calls_an_unexpected_exception_a_bug_and_hides_its_stack_trace() {
        assertThat(runFailing(new IllegalStateException("odd"))).isEqualTo(3);
        assertThat(err.toString())
                .startsWith("error: this is a bug in pgattest: IllegalStateException: odd")
                .doesNotContain("\tat ");
    }

    @Test
    void shows_the_stack_trace_of_a_bug_when_asked() {
        assertThat(runFailing(new IllegalStateException("odd"), "--debug")).isEqualTo(3);
        assertThat(err.toString()).contains("\tat ");
    }

    private int run(String... arguments) {
        return with(Main.commandLine()).execute(arguments);
    }

    private int runFailing(RuntimeException failure, String... options) {
        CommandLine command = with(Main.commandLine().addSubcommand("fail", new Failing(failure)));
        String[] arguments = new String[options.length + 1];
        arguments[0] = "fail";
        System.arraycopy(options, 0, arguments, 1, options.length);
        return command.execute(arguments);
    }

    private CommandLine with(CommandLine command) {
        return command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    }

    @Command(name = "fail")
    private record Failing(RuntimeException failure) implements Runnable {
        @Override
        public void run() {
            throw failure;
        }
    }
}
