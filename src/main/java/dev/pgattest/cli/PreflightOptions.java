package dev.pgattest.cli;

import dev.pgattest.deploy.PreflightLimits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is asked of a database before it is changed. */
final class PreflightOptions {

    @Option(
            names = "--free-space",
            paramLabel = "SIZE",
            converter = SizeConverter.class,
            description = "Space that is free on the server's disk, such as 20GB, to compare with what will be built.")
    private @Nullable Long freeSpace;

    @Option(
            names = "--replica-lag",
            paramLabel = "DURATION",
            defaultValue = "1min",
            converter = DurationConverter.class,
            description = "How far a replica may be behind before anything is changed (default: ${DEFAULT-VALUE}).")
    private Duration replicaLag = PreflightLimits.DEFAULT.replicaLag();

    PreflightLimits limits() {
        return new PreflightLimits(freeSpace, replicaLag);
    }
}
