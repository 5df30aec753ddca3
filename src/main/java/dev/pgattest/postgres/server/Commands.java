package dev.pgattest.postgres.server;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs programs of the operating system and of PostgreSQL. */
final class Commands {

    private static final long LONGEST_SECONDS = 120;
    private static final File NOTHING = new File("/dev/null");

    private Commands() {}

    /**
     * What a program printed and how it ended.
     *
     * @param status exit status, 0 for success
     * @param output standard output and standard error together
     */
    record Outcome(int status, String output) {}

    /** A program to start, with an environment in which no variable of PostgreSQL or of the locale changes what it does. */
    static ProcessBuilder prepared(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_") || name.equals("LANG"));
        environment.put("LC_ALL", "C");
        return builder.redirectErrorStream(true).redirectInput(ProcessBuilder.Redirect.from(NOTHING));
    }

    /**
     * Runs a program to its end, at most two minutes.
     *
     * @throws IOException when it cannot be started or does not end in time
     */
    static Outcome run(List<String> command) throws IOException {
        Path output = Files.createTempFile("pgattest-output-", ".txt");
        try {
            Process process = prepared(command).redirectOutput(output.toFile()).start();
            if (!awaitEnd(process)) {
                process.destroyForcibly();
                throw new IOException(command.get(0) + " did not end within " + LONGEST_SECONDS + " s");
            }
            return new Outcome(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        } finally {
            Files.deleteIfExists(output);
        }
    }

    /** Whether the program can be started and succeeds. */
    static boolean succeeds(List<String> command) {
        try {
            return run(command).status() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** The command with the prefix in front of it. */
    static List<String> prefixed(List<String> prefix, List<String> command) {
        List<String> all = new ArrayList<>(prefix);
        all.addAll(command);
        return all;
    }

    private static boolean awaitEnd(Process process) {
        try {
            return process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            throw Pause.interrupted(e);
        }
    }
}
