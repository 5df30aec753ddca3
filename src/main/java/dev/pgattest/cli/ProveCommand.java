package dev.pgattest.cli;

import dev.pgattest.ExitCode;
import dev.pgattest.evidence.Evidence;
import dev.pgattest.pipeline.EvidenceFiles;
import dev.pgattest.pipeline.Prove;
import dev.pgattest.pipeline.ProveRequest;
import dev.pgattest.report.EvidenceText;
import dev.pgattest.report.Paint;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pgattest prove}. */
@Command(
        name = "prove",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Measures every query of a project in every state on a real server and judges its gate.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  pgattest prove systems/skeldir",
            "  pgattest prove systems/skeldir --gate canonical --scale 0.001",
            "  pgattest prove systems/skeldir --server postgresql://me@db.example/postgres --keep"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the gate passed",
            "1:the gate failed",
            "2:the input is wrong, all problems are listed",
            "3:the environment failed, or the run was interrupted",
            "4:inconclusive: more samples are needed"
        })
final class ProveCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private final TargetOptions options = new TargetOptions();

    @Option(names = "--gate", paramLabel = "STATE", description = "State that decides (default: the project's gate).")
    private @Nullable String gate;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            description = "Folder of the evidence (default: PROJECT/evidence/<profile>-<scale>).")
    private @Nullable Path out;

    @Option(names = "--junit", paramLabel = "FILE", description = "Also write the verdicts as JUnit XML.")
    private @Nullable Path junit;

    @Override
    public Integer call() {
        ProveRequest request = options.request(gate, new ProveRequest.Output(out, junit));
        ConsoleProgress progress = new ConsoleProgress(spec.commandLine().getErr());
        Evidence evidence = new Prove(request, Version.text(), progress).run();
        progress.clear();
        Paint paint = Terminal.hasColour() ? Paint.ANSI : Paint.NONE;
        spec.commandLine().getOut().print(EvidenceText.of(evidence, paint));
        spec.commandLine().getOut().flush();
        EvidenceFiles.write(evidence, request).forEach(file -> progress.note("wrote " + file));
        return switch (evidence.verdict()) {
            case PASS -> ExitCode.PASSED.number();
            case FAIL -> ExitCode.FAILED.number();
            case INCONCLUSIVE -> ExitCode.INCONCLUSIVE.number();
        };
    }
}
