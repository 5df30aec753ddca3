package dev.pgattest.cli;

import dev.pgattest.ExitCode;
import dev.pgattest.pipeline.ApplyDeployment;
import dev.pgattest.pipeline.DeployRequest;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code pgattest deploy rollback}. */
@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Takes the last deployment back, finished or not, by the same rules as apply.",
            "The indexes that it worked on become what they were before it; its scripts are undone by the state's undo."
        },
        footerHeading = "%nExample:%n",
        footer =
                "  pgattest deploy rollback systems/skeldir --server service=live --allow script --allow drop-index --allow unique-build",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the deployment is taken back",
            "1:the preflight or the rows of the database stand against it",
            "2:there is nothing to take back, a hazard is not allowed, or it was not confirmed",
            "3:a server failed, locks could not be had, or the run was interrupted; the same command goes on"
        })
final class DeployRollbackCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private final DeployOptions options = new DeployOptions();

    @Mixin
    private final ApplyOptions applying = new ApplyOptions();

    @Mixin
    private final ReportOptions reporting = new ReportOptions();

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        ConsoleProgress progress = new ConsoleProgress(err);
        DeployRequest request = options.request(null);
        reporting.run(request, new DeploymentLines(progress), spec.commandLine().getOut(), listener -> {
            ApplyDeployment.Outcome outcome = new ApplyDeployment(applying.request(), listener)
                    .back(request, progress, made -> {
                        progress.clear();
                        return applying.confirms(made, err);
                    });
            progress.clear();
            return outcome;
        });
        return ExitCode.PASSED.number();
    }
}
