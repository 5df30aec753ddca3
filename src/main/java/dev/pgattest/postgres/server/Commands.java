package dev.pgattest.postgres.server;

import dev.pgattest.process.ProgramEnd;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs programs of the operating system and of PostgreSQL. */
final class Commands {

    private static final File NOTHING = new File("/dev/null");

    private Commands() {}

    /** A program to start, with an environment in which no variable of PostgreSQL or of the locale changes what it does. */
    static ProcessBuilder prepared(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_") || name.equals("LANG"));
        environment.put("LC_ALL", "C");
        return builder.redirectErrorStream(true).redirectInput(ProcessBuilder.Redirect.from(NOTHING));
    }

    /**
     * Runs a program to its end, at most two minutes; its errors are part of its output.
     *
     * @throws IOException when it cannot be started or does not end in time
     */
    static ProgramEnd run(List<String> command) throws IOException {
        return ProgramEnd.of(prepared(command));
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
}
