package dev.pgattest.cli;

import dev.pgattest.ExitCode;
import dev.pgattest.ProcessEnd;
import java.io.PrintWriter;

/** Ctrl-C and its like: the program ends with the exit code of a failed environment instead of the JVM's 130 or 143. */
final class Interruption {

    private final PrintWriter err;
    private volatile boolean finished;

    private Interruption(PrintWriter err) {
        this.err = err;
    }

    /** Watches from now on. Called first, so that what others do at the end is done before the process is. */
    static Interruption watch(PrintWriter err) {
        Interruption interruption = new Interruption(err);
        ProcessEnd.add(interruption::end);
        return interruption;
    }

    /** The program ends on its own. */
    void finished() {
        finished = true;
    }

    private void end() {
        if (!finished) {
            err.println("error: interrupted");
            err.println("  help: run the same command again; it begins anew or goes on with what is finished");
            err.flush();
            Runtime.getRuntime().halt(ExitCode.ENVIRONMENT.number());
        }
    }
}
