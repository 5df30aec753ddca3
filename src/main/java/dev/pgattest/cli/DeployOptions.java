package dev.pgattest.cli;

import dev.pgattest.PgattestException;
import dev.pgattest.deploy.PlanSettings;
import dev.pgattest.pipeline.DeployRequest;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which project is deployed to which database, and how patiently. */
final class DeployOptions implements OfProject {

    /** What PostgreSQL lets the setting be. */
    private static final int MOST_WORKERS = 1024;

    @Parameters(paramLabel = "PROJECT", description = "Folder with pgattest.yaml.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path folder;

    @Option(
            names = "--server",
            paramLabel = "URL",
            required = true,
            description = "Connection string of the database to change, such as postgresql://me@db.example/shop.")
    private String server = "";

    @Option(
            names = "--reference",
            paramLabel = "SERVER",
            defaultValue = "embedded",
            description = "Where the states are made with empty tables, to see what they are: embedded, local or the"
                    + " connection string of a server on which databases may be created (default: ${DEFAULT-VALUE}).")
    private String reference = "embedded";

    @Option(
            names = "--from",
            paramLabel = "STATE",
            description = "State that the database is in (default: what its journal says, or its catalog).")
    private @Nullable String from;

    @Option(
            names = "--lock-timeout",
            paramLabel = "DURATION",
            defaultValue = "500ms",
            converter = DurationConverter.class,
            description = "Longest wait for a lock that others queue behind; then the step is tried again (default:"
                    + " ${DEFAULT-VALUE}).")
    private Duration lockTimeout = PlanSettings.DEFAULT.shortLock();

    @Option(
            names = "--build-lock-timeout",
            paramLabel = "DURATION",
            defaultValue = "10min",
            converter = DurationConverter.class,
            description =
                    "Longest wait of a concurrent build or drop for older transactions (default: ${DEFAULT-VALUE}).")
    private Duration buildLockTimeout = PlanSettings.DEFAULT.buildLock();

    @Option(
            names = "--deadline",
            paramLabel = "DURATION",
            defaultValue = "12h",
            converter = DurationConverter.class,
            description = "Longest time of one build, after which it is cancelled (default: ${DEFAULT-VALUE}).")
    private Duration deadline = PlanSettings.DEFAULT.deadline();

    @Option(
            names = "--attempts",
            paramLabel = "NUMBER",
            defaultValue = "30",
            description = "How often a step is tried that cannot get its locks (default: ${DEFAULT-VALUE}).")
    private int attempts = PlanSettings.DEFAULT.attempts();

    @Option(
            names = "--build-workers",
            paramLabel = "NUMBER",
            defaultValue = "0",
            description =
                    "Parallel workers that a build, or a query of a state's script, may have besides its own process. They make it"
                            + " shorter and take processors from those who read and write meanwhile (default: ${DEFAULT-VALUE}).")
    private int workers = PlanSettings.DEFAULT.workers();

    @Override
    public Path folder() {
        return folder;
    }

    /** The connection string. */
    String server() {
        return server;
    }

    /** The request to go to a state. */
    DeployRequest request(@Nullable String to) {
        if (attempts < 1) {
            throw PgattestException.badInput("--attempts is " + attempts, "give a number of at least 1");
        }
        if (workers < 0 || workers > MOST_WORKERS) {
            throw PgattestException.badInput(
                    "--build-workers is " + workers, "give a number from 0 to " + MOST_WORKERS);
        }
        if (lockTimeout.isZero() || buildLockTimeout.isZero()) {
            throw PgattestException.badInput(
                    "a lock timeout is 0", "give a duration such as 2s; 0 would mean to wait forever");
        }
        return DeployRequest.parse(
                folder,
                server,
                reference,
                new DeployRequest.States(to, from),
                new PlanSettings(lockTimeout, buildLockTimeout, deadline, attempts, workers));
    }
}
