package dev.pgattest.cli;

import dev.pgattest.ExitCode;
import dev.pgattest.ProcessEnd;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The program {@code pgattest}. */
@Command(
        name = "pgattest",
        description = "Proves, justifies and safely ships PostgreSQL indexes.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {"  pgattest check systems/skeldir", "  pgattest prove systems/skeldir"},
        subcommands = {
            AuditCommand.class,
            CheckCommand.class,
            DatasetCommand.class,
            DeployCommand.class,
            HealthCommand.class,
            IndexesCommand.class,
            KeptCommand.class,
            LintCommand.class,
            ProveCommand.class,
            QueryCommand.class,
            SignCommand.class,
            VerifyCommand.class
        })
public final class Main {

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "Show the stack trace of a failure; also with PGATTEST_DEBUG set.")
    private boolean debug;

    private Main() {}

    /** The whole command line, as {@link #main} runs it. */
    static CommandLine commandLine() {
        String environment = System.getenv("PGATTEST_DEBUG");
        boolean debugByEnvironment = environment != null && !environment.isEmpty();
        return new CommandLine(new Main())
                .setExecutionExceptionHandler(new FailureHandler(debugByEnvironment))
                .setUsageHelpWidth(100);
    }

    /** Whether {@code --debug} was given to the program that a command belongs to. */
    static boolean isDebug(CommandLine command) {
        CommandLine top = command;
        while (top.getParent() != null) {
            top = top.getParent();
        }
        return ((Main) top.getCommand()).debug;
    }

    private static int run(PrintWriter out, PrintWriter err, String... arguments) {
        try {
            return commandLine().setOut(out).setErr(err).execute(arguments);
        } catch (OutOfMemoryError e) {
            err.println("error: the memory that Java may use (-Xmx) is exhausted");
            err.println(
                    "  help: give Java more, for example PGATTEST_HEAP=2g, or the command less at once: fewer or smaller files,"
                            + " fewer --threads, fewer sizes of --growth");
            return ExitCode.ENVIRONMENT.number();
        }
    }

    /** Runs one command and exits with its code. */
    public static void main(String[] arguments) {
        // A library warns on standard error that no logger is set up, which is on purpose: pgattest reports for itself.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        // Nobody reads the checksum of the grammar's module, which takes 20 ms of the first parse.
        System.setProperty("com.dylibso.chicory.wasm.Parser.DIGEST_ALGORITHM", "none");
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        Interruption interruption = Interruption.watch(err);
        int exitCode = run(out, err, arguments);
        // Only println flushes by itself.
        out.flush();
        err.flush();
        if (out.checkError()) {
            err.println("error: standard output could not be written");
            exitCode = ExitCode.ENVIRONMENT.number();
        }
        if (!ProcessEnd.hasBegun()) {
            interruption.finished();
        }
        System.exit(exitCode);
    }
}
