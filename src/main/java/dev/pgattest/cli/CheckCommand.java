package dev.pgattest.cli;

import dev.pgattest.ExitCode;
import dev.pgattest.Problem;
import dev.pgattest.pipeline.CheckProject;
import dev.pgattest.report.Numbers;
import dev.pgattest.workload.Project;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pgattest check}. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Checks every file of a project and lists all problems with file, line and remedy.",
            "A P0 query needs an owner, an SLO for each case, and a mapping to indexes; missing or outdated evidence is a warning here, "
                    + "and fails pgattest verify."
        },
        footerHeading = "%nExample:%n",
        footer = "  pgattest check systems/skeldir",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:the project is right", "2:there are problems, all listed"})
final class CheckCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "PROJECT", description = "Folder with pgattest.yaml.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path folder;

    @Mixin
    private final FormatOption format = new FormatOption();

    @Override
    public Integer call() {
        CheckProject.Checked checked = new CheckProject().in(folder);
        if (format.isJson()) {
            spec.commandLine().getOut().println(CheckJson.render(folder.toString(), checked));
        } else {
            print(checked);
        }
        boolean isRight = checked.project().problems().isEmpty();
        return (isRight ? ExitCode.PASSED : ExitCode.BAD_INPUT).number();
    }

    private void print(CheckProject.Checked checked) {
        List<Problem> problems = checked.project().problems();
        if (problems.isEmpty()) {
            Project project = checked.project().orThrow();
            spec.commandLine().getOut().println(folder + ": ok, " + summary(project));
            spec.commandLine().getErr().print(ProblemText.renderWarnings(checked.warnings(), folder.toString()));
        } else {
            spec.commandLine().getErr().print(ProblemText.render(problems, folder.toString()));
        }
    }

    private static String summary(Project project) {
        return String.join(
                ", ",
                Numbers.counted(project.workload().queries().size(), "query", "queries"),
                Numbers.counted(project.workload().jobs().size(), "job", "jobs"),
                Numbers.counted(project.caseCount(), "case", "cases"),
                Numbers.counted(project.states().size(), "state", "states"),
                Numbers.counted(project.files().migrationFiles().size(), "migration", "migrations"));
    }
}
