package dev.pgattest.cli;

import dev.pgattest.ExitCode;
import dev.pgattest.PgattestException;
import dev.pgattest.ProcessEnd;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Every exception that leaves a command, as text on standard error and an exit code. */
final class FailureHandler implements IExecutionExceptionHandler {

    private final boolean debugByEnvironment;

    /**
     * Creates a handler.
     *
     * @param debugByEnvironment whether stack traces are shown even without {@code --debug}
     */
    FailureHandler(boolean debugByEnvironment) {
        this.debugByEnvironment = debugByEnvironment;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult arguments) {
        if (ProcessEnd.hasBegun()) {
            return ExitCode.ENVIRONMENT.number();
        }
        PrintWriter err = command.getErr();
        boolean debug = debugByEnvironment || Main.isDebug(command);
        ExitCode exitCode = failure instanceof PgattestException known
                ? print(known, folder(command), err)
                : printBug(failure, err, debug);
        if (debug) {
            failure.printStackTrace(err);
        }
        err.flush();
        return exitCode.number();
    }

    /** The folder that the problems of a command's project are in; empty for commands without a project. */
    private static String folder(CommandLine command) {
        return command.getMixins().values().stream()
                .filter(ProjectOptions.class::isInstance)
                .map(options -> ((ProjectOptions) options).folder().toString())
                .findFirst()
                .orElse("");
    }

    private static ExitCode print(PgattestException failure, String folder, PrintWriter err) {
        if (!failure.problems().isEmpty()) {
            err.print(ProblemText.render(failure.problems(), folder));
            return failure.exitCode();
        }
        err.println("error: " + failure.getMessage());
        if (!failure.remedy().isEmpty()) {
            err.println("  help: " + failure.remedy());
        }
        return failure.exitCode();
    }

    private static ExitCode printBug(Exception failure, PrintWriter err, boolean debug) {
        String message = failure.getMessage() == null ? "" : ": " + failure.getMessage();
        err.println("error: this is a bug in pgattest: " + failure.getClass().getSimpleName() + message);
        if (!debug) {
            err.println("  help: report it with the output of the same command with --debug");
        }
        return ExitCode.ENVIRONMENT;
    }
}
