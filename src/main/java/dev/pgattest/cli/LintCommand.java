package dev.pgattest.cli;

import dev.pgattest.ExitCode;
import dev.pgattest.Severity;
import dev.pgattest.lint.LintReport;
import dev.pgattest.pipeline.LintRequest;
import dev.pgattest.pipeline.LintSql;
import dev.pgattest.report.LintGithub;
import dev.pgattest.report.LintJson;
import dev.pgattest.report.LintSarif;
import dev.pgattest.report.LintText;
import dev.pgattest.report.Paint;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pgattest lint}. */
@Command(
        name = "lint",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Checks SQL files and migration folders with PostgreSQL's own grammar, without a database.",
            "The files of a folder are read in the order of their versions, so that later ones know what earlier ones made.",
            "Each folder is taken for the scripts of one database, whatever order the folders are given in; files that are named "
                    + "themselves belong together and are read in the order of their folders and versions."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  pgattest lint migrations",
            "  pgattest lint --project systems/skeldir --format sarif migrations > lint.sarif",
            "  pgattest lint --since main --format github migrations",
            "  pgattest lint --fix migrations/V7__add_index.sql"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:no finding of error severity",
            "1:at least one error",
            "2:a path, option or project is wrong, or a file may not be rewritten",
            "3:a file cannot be read or written, or git cannot be run"
        })
final class LintCommand implements Callable<Integer> {

    /** What goes to standard output; the constants are spelled as users write them. */
    enum Format {
        /** For people. */
        text,
        /** For programs. */
        json,
        /** For code hosts and editors. */
        sarif,
        /** For annotations of a pull request. */
        github
    }

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "PATH", arity = "1..*", description = "SQL files and folders of them.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private List<Path> paths;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "Output: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Format format;

    @Option(
            names = "--pg-version",
            paramLabel = "MAJOR",
            description = "Major version of the servers (default: the project's, or 15).")
    private @Nullable Integer pgVersion;

    @Option(names = "--transactional", description = "Each file runs in one transaction, as Flyway and others do it.")
    private boolean transactional;

    @Option(
            names = "--project",
            paramLabel = "PROJECT",
            description = "Folder with the pgattest.yaml whose `lint` settings hold.")
    private @Nullable Path project;

    @Option(
            names = "--since",
            paramLabel = "REVISION",
            description = "Show only what is about lines that this revision of the git repository does not have.")
    private @Nullable String since;

    @Option(names = "--fix", description = "Rewrite in place what can be rewritten safely, then show what is left.")
    private boolean fix;

    @Override
    public Integer call() {
        LintSql.Outcome outcome =
                new LintSql(new LintRequest(paths, project, pgVersion, transactional, since, fix)).run();
        LintReport report = outcome.report();
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        outcome.fixed().forEach((file, count) -> err.println("fixed " + file + ": " + count));
        switch (format) {
            case text -> {
                Paint paint = Terminal.hasColour() ? Paint.ANSI : Paint.NONE;
                // One by one: those of a large file together may be larger than what memory is left.
                report.findings().forEach(each -> out.print(LintText.of(List.of(each), outcome.texts(), paint)));
            }
            case json -> out.println(LintJson.of(report, Version.text()));
            case sarif -> out.println(LintSarif.of(report, Version.text(), outcome.texts()));
            case github -> out.print(LintGithub.of(report));
        }
        out.flush();
        err.println(LintText.summary(report));
        return (report.count(Severity.ERROR) == 0 ? ExitCode.PASSED : ExitCode.FAILED).number();
    }
}
