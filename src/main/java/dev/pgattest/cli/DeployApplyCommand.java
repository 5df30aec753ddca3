package dev.pgattest.cli;

import dev.pgattest.ExitCode;
import dev.pgattest.PgattestException;
import dev.pgattest.pipeline.ApplyDeployment;
import dev.pgattest.pipeline.DeployRequest;
import dev.pgattest.pipeline.DeploymentPlanFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pgattest deploy apply}. */
@Command(
        name = "apply",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Brings a database to a state of the project without stopping writers, or goes on with a deployment that was interrupted.",
            "Without --plan it makes the plan, shows it and asks. Each step is written to the journal in the schema pgattest."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  pgattest deploy apply systems/skeldir --server postgresql://me@db.example/skeldir --allow script --allow drop-index --allow unique-build",
            "  pgattest deploy apply systems/skeldir --server service=live --plan plan.json --allow script --allow drop-index --allow unique-build"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the database is in the state",
            "1:the preflight, the rows of the database or, with --require-use, a query's plan stand against it",
            "2:the input is wrong, a hazard is not allowed, the plan is stale or was not confirmed",
            "3:a server failed, locks could not be had, or the run was interrupted; the same command goes on"
        })
final class DeployApplyCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private final DeployOptions options = new DeployOptions();

    @Mixin
    private final ApplyOptions applying = new ApplyOptions();

    @Mixin
    private final ReportOptions reporting = new ReportOptions();

    @Option(names = "--to", paramLabel = "STATE", description = "State to go to (default: the project's gate).")
    private @Nullable String to;

    @Option(
            names = "--plan",
            paramLabel = "FILE",
            description = "Carry out this plan of deploy plan --out, as long as the database is what it was made for.")
    private @Nullable Path plan;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        ConsoleProgress progress = new ConsoleProgress(err);
        if (plan != null && to != null) {
            throw PgattestException.badInput("--to and --plan are given", "leave out --to: the plan names its state");
        }
        DeployRequest request = options.request(to);
        reporting.run(request, new DeploymentLines(progress), spec.commandLine().getOut(), listener -> {
            ApplyDeployment deployment = new ApplyDeployment(applying.request(), listener);
            ApplyDeployment.Outcome outcome = plan == null
                    ? deployment.toState(request, progress, made -> {
                        progress.clear();
                        return applying.confirms(made, err);
                    })
                    : deployment.plan(DeploymentPlanFile.read(plan), options.folder(), request.connections());
            progress.clear();
            return outcome;
        });
        return ExitCode.PASSED.number();
    }
}
