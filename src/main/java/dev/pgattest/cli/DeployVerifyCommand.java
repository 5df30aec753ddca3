package dev.pgattest.cli;

import dev.pgattest.ExitCode;
import dev.pgattest.deploy.DeploymentPlan;
import dev.pgattest.deploy.DeploymentPlanJson;
import dev.pgattest.pipeline.PlanDeployment;
import dev.pgattest.report.DeploymentText;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pgattest deploy verify}. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Compares the indexes of a database with the state that it should be in. Only reads it.",
        footerHeading = "%nExample:%n",
        footer = "  pgattest deploy verify systems/skeldir --server service=live",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the database is as the state says",
            "1:it differs",
            "2:the project or the database does not allow a comparison",
            "3:a server failed"
        })
final class DeployVerifyCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private final DeployOptions options = new DeployOptions();

    @Option(
            names = "--to",
            paramLabel = "STATE",
            description = "State to compare with (default: that of the last deployment, or the project's gate).")
    private @Nullable String to;

    @Mixin
    private final FormatOption format = new FormatOption();

    @Override
    public Integer call() {
        ConsoleProgress progress = new ConsoleProgress(spec.commandLine().getErr());
        DeploymentPlan plan = new PlanDeployment(options.request(to), progress).verification();
        progress.clear();
        PrintWriter out = spec.commandLine().getOut();
        out.print(format.isJson() ? DeploymentPlanJson.text(plan) : DeploymentText.differences(plan));
        out.flush();
        return (plan.steps().isEmpty() ? ExitCode.PASSED : ExitCode.FAILED).number();
    }
}
