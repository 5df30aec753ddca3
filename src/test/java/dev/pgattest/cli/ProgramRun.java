package dev.pgattest.cli;

import dev.pgattest.postgres.ConnectionSettings;
import dev.pgattest.testing.TestCluster;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * One run of the command line.
 *
 * @param exitCode how it ended
 * @param out its standard output
 * @param err its standard error
 */
record ProgramRun(int exitCode, String out, String err) {

    /** Runs a command in this process. */
    static ProgramRun of(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        return new ProgramRun(exitCode, out.toString(), err.toString());
    }

    /** A process of its own, as the launcher starts it, with both streams in one file. */
    static ProcessBuilder process(Path output, List<String> jvmOptions, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    }

    /** The connection string of the tests' server. */
    static String server() {
        ConnectionSettings settings = TestCluster.server().settings();
        return "postgresql://" + settings.user() + ":"
                + Objects.requireNonNull(settings.password()).value() + "@" + settings.address() + "/"
                + settings.database();
    }
}
