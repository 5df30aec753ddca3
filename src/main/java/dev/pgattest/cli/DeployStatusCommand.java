package dev.pgattest.cli;

import dev.pgattest.ExitCode;
import dev.pgattest.deploy.StatusReport;
import dev.pgattest.pipeline.DeployRequest;
import dev.pgattest.pipeline.DeploymentStatus;
import dev.pgattest.report.DeploymentStatusJson;
import dev.pgattest.report.DeploymentStatusText;
import dev.pgattest.report.Paint;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pgattest deploy status}. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description =
                "Says how far the deployments to a database are, who is at work, and what its indexes are now. Only reads it.",
        footerHeading = "%nExample:%n",
        footer = "  pgattest deploy status systems/skeldir --server service=live",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:nothing is unfinished",
            "1:a deployment is unfinished",
            "2:the input is wrong",
            "3:the server failed"
        })
final class DeployStatusCommand implements Callable<Integer>, OfProject {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "PROJECT", description = "Folder with pgattest.yaml.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path folder;

    @Option(names = "--server", paramLabel = "URL", required = true, description = "Connection string of the database.")
    private String server = "";

    @Mixin
    private final FormatOption format = new FormatOption();

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public Integer call() {
        StatusReport status = new DeploymentStatus(folder, DeployRequest.database(server)).run();
        PrintWriter out = spec.commandLine().getOut();
        if (format.isJson()) {
            out.println(DeploymentStatusJson.of(status, Version.text()));
        } else {
            out.print(DeploymentStatusText.of(status, Terminal.hasColour() ? Paint.ANSI : Paint.NONE));
        }
        out.flush();
        return (status.isUnfinished() ? ExitCode.FAILED : ExitCode.PASSED).number();
    }
}
