package dev.pgattest.cli;

import dev.pgattest.ExitCode;
import dev.pgattest.governance.Readiness;
import dev.pgattest.pipeline.VerifyProject;
import dev.pgattest.pipeline.VerifyRequest;
import dev.pgattest.report.Paint;
import dev.pgattest.report.ReadinessJson;
import dev.pgattest.report.ReadinessText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pgattest verify}. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Judges whether a project may go into production, by its files, its stored evidence and the sign-offs of its owners.",
            "Fails when SQL, migrations, states, the index plan, the dataset or the measuring settings have changed since the evidence, "
                    + "and names what changed. Asks no server and writes nothing."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  pgattest verify systems/skeldir", "  pgattest verify systems/skeldir --max-age 90d --format json"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every item of the readiness list has passed",
            "1:an item has failed",
            "2:the input is wrong, all problems are listed"
        })
final class VerifyCommand implements Callable<Integer>, OfProject {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "PROJECT", description = "Folder with pgattest.yaml.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path folder;

    @Option(
            names = "--evidence",
            paramLabel = "FOLDER",
            description = "Folder of the evidence (default: where prove puts it, PROJECT/evidence/<profile>-<scale>).")
    private @Nullable Path evidence;

    @Option(
            names = "--allowed-signers",
            paramLabel = "FILE",
            description = "Whose key speaks for whom, as ssh-keygen reads it (default: PROJECT/allowed_signers).")
    private @Nullable Path allowedSigners;

    @Option(
            names = "--max-age",
            paramLabel = "AGE",
            converter = AgeConverter.class,
            description = "How old a sign-off may be, such as 90d, 12w or 36h (default: any age).")
    private @Nullable Duration maxAge;

    @Mixin
    private final FormatOption format = new FormatOption();

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public Integer call() {
        Readiness readiness = new VerifyProject().run(new VerifyRequest(folder, evidence, allowedSigners, maxAge));
        Paint paint = Terminal.hasColour() ? Paint.ANSI : Paint.NONE;
        if (format.isJson()) {
            spec.commandLine().getOut().println(ReadinessJson.of(readiness, Version.text()));
        } else {
            spec.commandLine().getOut().print(ReadinessText.of(readiness, paint));
        }
        return (readiness.isReady() ? ExitCode.PASSED : ExitCode.FAILED).number();
    }
}
