package dev.pgattest.cli;

import dev.pgattest.PgattestException;
import dev.pgattest.deploy.PlanSettings;
import dev.pgattest.load.DeploymentRehearsal;
import dev.pgattest.load.DeploymentRehearsal.Bar;
import dev.pgattest.load.RateFactors;
import dev.pgattest.pipeline.DeployRequest;
import dev.pgattest.pipeline.LoadChoice;
import dev.pgattest.pipeline.ProveRequest;
import dev.pgattest.pipeline.RehearsalRequest;
import dev.pgattest.pipeline.RehearseDeployment;
import dev.pgattest.report.Paint;
import dev.pgattest.report.RehearsalJson;
import dev.pgattest.report.RehearsalText;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pgattest deploy rehearse}. */
@Command(
        name = "rehearse",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Tries a deployment and its rollback on a benchmark database under load, and says what those who write notice of it.",
            "The same load runs with nothing beside it and beside the same change made with plain CREATE INDEX."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  pgattest deploy rehearse systems/skeldir --load 60s",
            "  pgattest deploy rehearse systems/skeldir --to canonical --scale 0.004 --server local --load 30s --writes 50"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:no statement failed and nobody waited too long",
            "1:a statement failed, or those who write waited too long",
            "2:the input is wrong, or nothing is to be deployed",
            "3:the environment failed, or the run was interrupted",
            "4:inconclusive: too few wrote"
        })
final class DeployRehearseCommand implements Callable<Integer> {

    /** Of the workload; each table whose indexes change has some more. */
    private static final int MOST_CONNECTIONS = 50;

    private static final double MOST_WRITES = 100_000;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private final TargetOptions options = new TargetOptions();

    @Option(names = "--to", paramLabel = "STATE", description = "State to go to (default: the project's gate).")
    private @Nullable String to;

    @Option(names = "--from", paramLabel = "STATE", description = "State to begin in (default: the project's first).")
    private @Nullable String from;

    @Option(
            names = "--load",
            paramLabel = "DURATION",
            defaultValue = "60s",
            converter = DurationConverter.class,
            description =
                    "Length of the quiet time; the others last as long as the change (default: ${DEFAULT-VALUE}).")
    private Duration load = Duration.ofSeconds(60);

    @Option(
            names = "--rate-factor",
            paramLabel = "FACTOR",
            defaultValue = "1",
            description = "Multiple of the declared frequencies (default: ${DEFAULT-VALUE}).")
    private double factor = 1;

    @Option(
            names = "--writes",
            paramLabel = "RATE",
            defaultValue = "50",
            description = "Updates a second of each table whose indexes change, beside the workload (default:"
                    + " ${DEFAULT-VALUE}).")
    private double writes = 50;

    @Option(
            names = "--longest-wait",
            paramLabel = "DURATION",
            defaultValue = "2s",
            converter = DurationConverter.class,
            description = "Longest time that a statement that writes may take (default: ${DEFAULT-VALUE}).")
    private Duration longestWait = Duration.ofSeconds(2);

    @Option(
            names = "--p99-ratio",
            paramLabel = "NUMBER",
            defaultValue = "2",
            description =
                    "How many times the writers' quiet p99 that of the deployment may be (default: ${DEFAULT-VALUE}).")
    private double p99Ratio = 2;

    @Mixin
    private final FormatOption format = new FormatOption();

    @Override
    public Integer call() {
        if (!(writes > 0) || writes > MOST_WRITES) {
            throw PgattestException.badInput("--writes is " + writes, "give a number above 0 and up to 100000");
        }
        if (!(p99Ratio >= 1)) {
            throw PgattestException.badInput("--p99-ratio is " + p99Ratio, "give a number of at least 1");
        }
        ConsoleProgress progress = new ConsoleProgress(spec.commandLine().getErr());
        DeploymentRehearsal rehearsal =
                new RehearseDeployment(request(), progress, new DeploymentLines(progress)).run();
        progress.clear();
        Bar bar = new Bar(longestWait, p99Ratio);
        PrintWriter out = spec.commandLine().getOut();
        if (format.isJson()) {
            out.println(RehearsalJson.of(rehearsal, bar, Version.text()));
        } else {
            out.print(RehearsalText.of(rehearsal, bar, Terminal.hasColour() ? Paint.ANSI : Paint.NONE));
        }
        out.flush();
        return Verdicts.exitCode(rehearsal.verdict(bar)).number();
    }

    private RehearsalRequest request() {
        ProveRequest target = options.request();
        return new RehearsalRequest(
                target.project(),
                target.target(),
                target.size(),
                new DeployRequest.States(to, from),
                PlanSettings.DEFAULT,
                new LoadChoice(
                        load,
                        RateFactors.parse(Double.toString(factor)).orThrow(),
                        LoadChoice.Rare.AS_DECLARED,
                        MOST_CONNECTIONS),
                writes);
    }
}
