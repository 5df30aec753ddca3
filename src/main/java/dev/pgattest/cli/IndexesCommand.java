package dev.pgattest.cli;

import dev.pgattest.ExitCode;
import dev.pgattest.PgattestException;
import dev.pgattest.Severity;
import dev.pgattest.drift.DriftReport;
import dev.pgattest.pipeline.CompareIndexes;
import dev.pgattest.pipeline.IndexesRequest;
import dev.pgattest.report.DriftJson;
import dev.pgattest.report.DriftText;
import dev.pgattest.report.Paint;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pgattest indexes}. */
@Command(
        name = "indexes",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Compares the index plan of a project with a state of the project, or with a running database, and says which indexes are"
                    + " missing, unplanned, different, redundant or good for nothing.",
            "A running database is read in a read-only transaction; nothing in it is changed."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  pgattest indexes systems/skeldir",
            "  pgattest indexes systems/skeldir --state baseline",
            "  pgattest indexes systems/skeldir --server postgresql://me@db.example/shop --format json",
            "  pgattest indexes systems/skeldir --format markdown > index-plan.md",
            "  pgattest indexes ledger systems/skeldir --scale 0.001"
        },
        subcommands = IndexesLedgerCommand.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:no finding of error severity",
            "1:at least one error",
            "2:the project or an option is wrong, all problems are listed",
            "3:the environment failed, or the run was interrupted"
        })
final class IndexesCommand implements Callable<Integer>, OfProject {

    /** What goes to standard output; the constants are spelled as users write them. */
    enum Format {
        /** Findings for people. */
        text,
        /** Findings for programs. */
        json,
        /** The plan as a document; the findings go to standard error. */
        markdown
    }

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    // Not required, for commands below this one have their own.
    @Parameters(paramLabel = "PROJECT", arity = "0..1", description = "Folder with pgattest.yaml.")
    private @Nullable Path folder;

    @Option(
            names = "--server",
            paramLabel = "SERVER",
            defaultValue = "embedded",
            description =
                    "embedded (PostgreSQL 18, comes with pgattest) or local (installed binaries) make the state on empty tables; a"
                            + " connection string compares with the database that it names (default: ${DEFAULT-VALUE}).")
    private String server = "embedded";

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "State to compare with, and whose evidence counts (default: the project's gate).")
    private @Nullable String state;

    @Option(
            names = "--evidence",
            paramLabel = "FOLDER",
            description = "Folder of the evidence (default: PROJECT/evidence/<profile>-<scale>).")
    private @Nullable Path evidence;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "Output: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Format format = Format.text;

    @Override
    public Path folder() {
        return folder == null ? Path.of("") : folder;
    }

    @Override
    public Integer call() {
        if (folder == null) {
            throw PgattestException.badInput("no project is named", "name its folder: pgattest indexes PROJECT");
        }
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        ConsoleProgress progress = new ConsoleProgress(err);
        CompareIndexes.Outcome outcome =
                new CompareIndexes(IndexesRequest.parse(folder, server, state, evidence), progress).run();
        progress.clear();
        DriftReport report = outcome.report();
        switch (format) {
            case text -> out.print(DriftText.of(report, Terminal.hasColour() ? Paint.ANSI : Paint.NONE));
            case json -> out.println(DriftJson.of(report, Version.text()));
            case markdown -> {
                out.print(outcome.document());
                err.print(DriftText.of(report, Paint.NONE));
            }
        }
        out.flush();
        err.println(DriftText.summary(report));
        return (report.count(Severity.ERROR) == 0 ? ExitCode.PASSED : ExitCode.FAILED).number();
    }
}
