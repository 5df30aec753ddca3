package dev.pgattest.cli;

import dev.pgattest.ExitCode;
import dev.pgattest.ledger.Ledger;
import dev.pgattest.ledger.LedgerJson;
import dev.pgattest.pipeline.IndexLedger;
import dev.pgattest.pipeline.LedgerFiles;
import dev.pgattest.pipeline.LedgerRequest;
import dev.pgattest.pipeline.ProveRequest;
import dev.pgattest.report.LedgerMarkdown;
import dev.pgattest.report.LedgerText;
import dev.pgattest.report.Paint;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pgattest indexes ledger}. */
@Command(
        name = "ledger",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description =
                "Measures what each index earns and costs: every case without it, and every write with and without it.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  pgattest indexes ledger systems/skeldir --scale 0.001",
            "  pgattest indexes ledger systems/skeldir --state canonical --format markdown"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:measured, whatever the verdicts",
            "2:the input is wrong, all problems are listed",
            "3:the environment failed, or the run was interrupted"
        })
final class IndexesLedgerCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private final TargetOptions options = new TargetOptions();

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "State whose indexes are measured; may be repeated (default: all).")
    private List<String> states = List.of();

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            description = "Folder of ledger.json and ledger.md (default: PROJECT/evidence/<profile>-<scale>).")
    private @Nullable Path out;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "Standard output: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Format format = Format.text;

    /** What goes to standard output; the constants are spelled as users write them. */
    enum Format {
        text,
        json,
        markdown
    }

    @Override
    public Integer call() {
        LedgerRequest request = new LedgerRequest(options.request(null, new ProveRequest.Output(out, null)), states);
        ConsoleProgress progress = new ConsoleProgress(spec.commandLine().getErr());
        Ledger ledger = new IndexLedger(request, Version.text(), progress).run();
        progress.clear();
        PrintWriter standard = spec.commandLine().getOut();
        standard.print(
                switch (format) {
                    case text -> LedgerText.of(ledger, Terminal.hasColour() ? Paint.ANSI : Paint.NONE);
                    case json -> LedgerJson.text(ledger);
                    case markdown -> LedgerMarkdown.of(ledger);
                });
        standard.flush();
        LedgerFiles.write(ledger, request).forEach(file -> progress.note("wrote " + file));
        return ExitCode.PASSED.number();
    }
}
