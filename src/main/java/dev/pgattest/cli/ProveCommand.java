package dev.pgattest.cli;

import dev.pgattest.ExitCode;
import dev.pgattest.PgattestException;
import dev.pgattest.evidence.BaselineComparison;
import dev.pgattest.evidence.Evidence;
import dev.pgattest.growth.GrowthFactors;
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
            "  pgattest prove systems/skeldir --server postgresql://me@db.example/postgres --keep",
            "  pgattest prove systems/skeldir --scale 0.001 --growth 1,2,4,8",
            "  pgattest prove systems/skeldir --load 60s --rate-factor 1,2,4",
            "  pgattest prove systems/skeldir --against systems/skeldir/evidence/baseline"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the gate passed; with --against nothing became worse",
            "1:the gate failed; with --against something became worse or vanished",
            "2:the input is wrong, all problems are listed",
            "3:the environment failed, or the run was interrupted",
            "4:inconclusive: more samples are needed"
        })
final class ProveCommand implements Callable<Integer> {

    private static final double DEFAULT_TOLERANCE = 0.02;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private final TargetOptions options = new TargetOptions();

    @Mixin
    private final LoadOptions load = new LoadOptions();

    @Option(names = "--gate", paramLabel = "STATE", description = "State that decides (default: the project's gate).")
    private @Nullable String gate;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            description = "Folder of the evidence (default: PROJECT/evidence/<profile>-<scale>).")
    private @Nullable Path out;

    @Option(names = "--junit", paramLabel = "FILE", description = "Also write the verdicts as JUnit XML.")
    private @Nullable Path junit;

    @Option(
            names = "--growth",
            paramLabel = "FACTORS",
            description = "Also measure the gate's state at these multiples of the scale and say how every case grows, "
                    + "for example 1,2,4,8.")
    private @Nullable String growth;

    @Option(
            names = "--against",
            paramLabel = "EVIDENCE",
            description =
                    "Compare with earlier evidence (evidence.json or its folder). Buffers and plans decide the exit code, "
                            + "not latencies, unless --gate or --load is given too.")
    private @Nullable Path against;

    @Option(
            names = "--tolerance",
            paramLabel = "PERCENT",
            description = "How much buffers may grow with --against (default: 2%%).")
    private @Nullable String tolerance;

    @Option(
            names = "--update",
            description =
                    "With --against: replace that evidence by this run's when the gate passes, and accept what changed.")
    private boolean update;

    @Override
    public Integer call() {
        ProveRequest request = options.request(gate, new ProveRequest.Output(out, junit))
                .atSizes(growth == null ? null : GrowthFactors.parse(growth).orThrow())
                .comparedWith(earlier())
                .underLoad(load.choice());
        ConsoleProgress progress = new ConsoleProgress(spec.commandLine().getErr());
        Evidence evidence = new Prove(request, Version.text(), progress).run();
        progress.clear();
        Paint paint = Terminal.hasColour() ? Paint.ANSI : Paint.NONE;
        spec.commandLine().getOut().print(EvidenceText.of(evidence, paint));
        spec.commandLine().getOut().flush();
        EvidenceFiles.write(evidence, request).forEach(file -> progress.note("wrote " + file));
        return exitCode(evidence).number();
    }

    private ProveRequest.@Nullable Against earlier() {
        if (against == null) {
            if (tolerance != null || update) {
                throw PgattestException.badInput(
                        (update ? "--update" : "--tolerance") + " needs --against",
                        "name earlier evidence with --against");
            }
            return null;
        }
        double share = tolerance == null ? DEFAULT_TOLERANCE : Percentage.parse("--tolerance", tolerance);
        return new ProveRequest.Against(against, share, update);
    }

    /**
     * A comparison decides by buffers and plans alone, so that a busy machine fails no build; the gate's latencies decide when the user
     * names a gate or asks for load, and when a baseline is to be replaced, which takes a gate that passed.
     */
    private ExitCode exitCode(Evidence evidence) {
        BaselineComparison comparison = evidence.comparison();
        if (comparison != null && comparison.failed() && !comparison.updated()) {
            return ExitCode.FAILED;
        }
        if (comparison != null && gate == null && !update && evidence.load() == null) {
            return ExitCode.PASSED;
        }
        return Verdicts.exitCode(evidence.verdict());
    }
}
