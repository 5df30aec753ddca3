package dev.pgattest.cli;

import dev.pgattest.ExitCode;
import dev.pgattest.dataset.Fingerprint;
import dev.pgattest.pipeline.DatasetFingerprint;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code pgattest dataset fingerprint}. */
@Command(
        name = "fingerprint",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Prints one line a table: SHA-256 of its rows whatever their order, number of rows, name.",
            "Without --server the rows are generated and no server is needed; with it they are loaded, read back and compared."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  pgattest dataset fingerprint systems/skeldir --scale 0.001 --threads 2",
            "  pgattest dataset fingerprint systems/skeldir --scale 0.001 --server embedded"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:printed",
            "2:the input is wrong",
            "3:the environment failed, or the run was interrupted, or rows came back changed"
        })
final class DatasetFingerprintCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private final TargetOptions options = new TargetOptions();

    @Override
    public Integer call() {
        ConsoleProgress progress = new ConsoleProgress(spec.commandLine().getErr());
        DatasetFingerprint fingerprint = new DatasetFingerprint(options.request(), progress);
        boolean server = spec.commandLine().getParseResult().hasMatchedOption("--server");
        List<Fingerprint> lines = server ? fingerprint.loaded() : fingerprint.declared();
        progress.clear();
        lines.forEach(line -> spec.commandLine().getOut().println(line.line()));
        return ExitCode.PASSED.number();
    }
}
