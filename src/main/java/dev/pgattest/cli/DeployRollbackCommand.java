package dev.pgattest.cli;

import dev.pgattest.ExitCode;
import dev.pgattest.pipeline.ApplyDeployment;
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

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        ConsoleProgress progress = new ConsoleProgress(err);
        ApplyDeployment deployment = new ApplyDeployment(applying.request(), new DeploymentLines(progress));
        ApplyDeployment.Outcome outcome = deployment.back(options.request(null), progress, made -> {
            progress.clear();
            return applying.confirms(made, err);
        });
        progress.clear();
        spec.commandLine().getOut().println(DeployResult.text(outcome));
        return ExitCode.PASSED.number();
    }
}
