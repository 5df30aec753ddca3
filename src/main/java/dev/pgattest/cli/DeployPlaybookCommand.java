package dev.pgattest.cli;

import dev.pgattest.ExitCode;
import dev.pgattest.PgattestException;
import dev.pgattest.pipeline.MakePlaybook;
import dev.pgattest.pipeline.PlaybookRequest;
import dev.pgattest.pipeline.PlaybookRequest.Subject;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pgattest deploy playbook}. */
@Command(
        name = "playbook",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Writes the operator's document of a deployment, its plan, and scripts for psql that carry the same guards.",
            "The scripts take the lock and write the journal of deploy apply, so either can go on with what the other has begun."
                    + " Only reads the database."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  pgattest deploy playbook systems/skeldir --server service=live --out playbook",
            "  pgattest deploy playbook systems/skeldir --server service=live --plan plan.json --out playbook",
            "  psql -X -v allow=script,drop-index -f playbook/apply.sql service=live"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the playbook is written",
            "2:the project or the database does not allow a plan, or the plan is stale; nothing is written",
            "3:a server failed"
        })
final class DeployPlaybookCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private final DeployOptions options = new DeployOptions();

    @Mixin
    private final PreflightOptions preflight = new PreflightOptions();

    @Option(names = "--to", paramLabel = "STATE", description = "State to go to (default: the project's gate).")
    private @Nullable String to;

    @Option(
            names = "--plan",
            paramLabel = "FILE",
            description = "Of this plan of deploy plan --out, while it still fits.")
    private @Nullable Path plan;

    @Option(names = "--rollback", description = "Of taking the last deployment back.")
    private boolean rollback;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            required = true,
            description =
                    "Folder to write playbook.md, plan.json, apply.sql and rollback.sql to; files of these names are replaced.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path out;

    @Override
    public Integer call() {
        requireOne();
        ConsoleProgress progress = new ConsoleProgress(spec.commandLine().getErr());
        Subject subject = PlaybookRequest.subject(plan, rollback ? new Subject.Rollback() : new Subject.Deployment());
        MakePlaybook.Texts texts =
                new MakePlaybook(new PlaybookRequest(options.request(to), subject, preflight.limits()), progress).run();
        texts.writeTo(out);
        progress.clear();
        texts.files().keySet().forEach(name -> spec.commandLine().getOut().println(out.resolve(name)));
        spec.commandLine().getOut().flush();
        return ExitCode.PASSED.number();
    }

    private void requireOne() {
        if (plan != null && to != null) {
            throw PgattestException.badInput("--to and --plan are given", "leave out --to: the plan names its state");
        }
        if (rollback && (plan != null || to != null)) {
            throw PgattestException.badInput(
                    "--rollback is given with " + (plan != null ? "--plan" : "--to"),
                    "leave it out: a rollback goes back to where the last deployment began");
        }
    }
}
