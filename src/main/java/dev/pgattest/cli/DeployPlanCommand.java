package dev.pgattest.cli;

import dev.pgattest.ExitCode;
import dev.pgattest.deploy.DeploymentPlan;
import dev.pgattest.deploy.DeploymentPlanJson;
import dev.pgattest.pipeline.DeploymentPlanFile;
import dev.pgattest.pipeline.PlanDeployment;
import dev.pgattest.report.DeploymentText;
import dev.pgattest.report.Paint;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pgattest deploy plan}. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description =
                "Compares a database with a state of the project and prints the steps that lead there. Only reads it.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  pgattest deploy plan systems/skeldir --server postgresql://me@db.example/skeldir",
            "  pgattest deploy plan systems/skeldir --server service=staging --to canonical --out plan.json"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the plan is made, or nothing is to be done",
            "2:the project or the database does not allow a plan, all problems are listed",
            "3:a server failed"
        })
final class DeployPlanCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private final DeployOptions options = new DeployOptions();

    @Option(names = "--to", paramLabel = "STATE", description = "State to go to (default: the project's gate).")
    private @Nullable String to;

    @Option(names = "--out", paramLabel = "FILE", description = "Also write the plan as JSON, for deploy apply --plan.")
    private @Nullable Path out;

    @Mixin
    private final FormatOption format = new FormatOption();

    @Override
    public Integer call() {
        PrintWriter standard = spec.commandLine().getOut();
        ConsoleProgress progress = new ConsoleProgress(spec.commandLine().getErr());
        DeploymentPlan plan = new PlanDeployment(options.request(to), progress).run();
        progress.clear();
        if (format.isJson()) {
            standard.print(DeploymentPlanJson.text(plan));
        } else {
            standard.print(DeploymentText.of(plan, Terminal.hasColour() ? Paint.ANSI : Paint.NONE));
        }
        standard.flush();
        if (out != null) {
            DeploymentPlanFile.write(out, plan);
            progress.note("wrote " + out);
        }
        return ExitCode.PASSED.number();
    }
}
