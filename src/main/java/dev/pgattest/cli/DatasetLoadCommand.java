package dev.pgattest.cli;

import dev.pgattest.ExitCode;
import dev.pgattest.evidence.Evidence.Phase;
import dev.pgattest.pipeline.LoadDataset;
import dev.pgattest.report.Numbers;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code pgattest dataset load}. */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Makes a benchmark database in the project's first state and loads the dataset into it.",
        footerHeading = "%nExample:%n",
        footer = "  pgattest dataset load systems/skeldir --scale 0.001 --keep",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:loaded, or loaded already",
            "2:the input is wrong",
            "3:the environment failed, or the run was interrupted"
        })
final class DatasetLoadCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private final TargetOptions options = new TargetOptions();

    @Override
    public Integer call() {
        ConsoleProgress progress = new ConsoleProgress(spec.commandLine().getErr());
        for (Phase phase : new LoadDataset(options.request(), progress).run()) {
            progress.note(phase.name() + ": " + Numbers.duration(phase.ms()));
        }
        return ExitCode.PASSED.number();
    }
}
