package dev.pgattest.cli;

import dev.pgattest.ExitCode;
import dev.pgattest.pipeline.SignEvidence;
import dev.pgattest.pipeline.SignRequest;
import dev.pgattest.signoff.SignOff;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code pgattest sign}. */
@Command(
        name = "sign",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Signs the evidence of a project as an owner of its queries, with an SSH key, as git signs commits.",
            "Approves only evidence that is of today's files and whose gate passes. The statement and its signature are written to "
                    + "sign-offs/ beside the evidence, to be committed; ssh-keygen has to be installed."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  pgattest sign systems/skeldir --as B2.6",
            "  pgattest sign systems/skeldir --as B0.4 --key ~/.ssh/id_ed25519.pub --decision rejected"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:signed",
            "2:there is nothing that could be signed, all reasons are listed",
            "3:ssh-keygen is missing or refused"
        })
final class SignCommand implements Callable<Integer>, OfProject {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "PROJECT", description = "Folder with pgattest.yaml.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path folder;

    @Option(names = "--as", paramLabel = "OWNER", required = true, description = "Owner as the workload names it.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String owner;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description =
                    "Your private key, or a public one whose private key is in ssh-agent (default: the first of those in "
                            + "~/.ssh that ssh uses).")
    private @Nullable Path key;

    @Option(
            names = "--evidence",
            paramLabel = "FOLDER",
            description = "Folder of the evidence (default: where prove puts it, PROJECT/evidence/<profile>-<scale>).")
    private @Nullable Path evidence;

    @Option(
            names = "--decision",
            paramLabel = "DECISION",
            converter = DecisionConverter.class,
            defaultValue = "approved",
            description =
                    "approved or rejected; a rejection fails verify until it is replaced (default: ${DEFAULT-VALUE}).")
    private SignOff.Decision decision = SignOff.Decision.APPROVED;

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public Integer call() {
        SignEvidence.Signed signed = new SignEvidence().run(new SignRequest(folder, evidence, owner, key, decision));
        PrintWriter err = spec.commandLine().getErr();
        spec.commandLine()
                .getOut()
                .println(signed.signOff().decision().word() + " by " + owner + " with "
                        + signed.key().fingerprint() + ": " + shown(signed.file()));
        signed.lineToAdd().ifPresent(line -> {
            err.println("warning: allowed_signers does not let this key sign for '" + owner + "' yet");
            err.println("  help: after a review, add the line: " + line);
        });
        return ExitCode.PASSED.number();
    }

    /** The file as the user names the project. */
    private Path shown(Path file) {
        Path absolute = folder.toAbsolutePath().normalize();
        return file.startsWith(absolute) ? folder.resolve(absolute.relativize(file)) : file;
    }

    /** Reads a decision in lower case, as everything that users write. */
    static final class DecisionConverter implements ITypeConverter<SignOff.Decision> {

        @Override
        public SignOff.Decision convert(String text) {
            for (SignOff.Decision decision : SignOff.Decision.values()) {
                if (decision.word().equals(text.toLowerCase(Locale.ROOT))) {
                    return decision;
                }
            }
            throw new TypeConversionException("'" + text + "' is neither approved nor rejected");
        }
    }
}
