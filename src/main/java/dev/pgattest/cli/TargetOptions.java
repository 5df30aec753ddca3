package dev.pgattest.cli;

import dev.pgattest.PgattestException;
import dev.pgattest.pipeline.ProveRequest;
import java.math.BigDecimal;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** What says on which project, on which server, in which database and with how much data a command works. */
final class TargetOptions implements ProjectOptions {

    /** Each takes a connection, and servers allow a hundred by default. */
    private static final int MOST_THREADS = 64;

    /** No dataset is that many times as large or as small as its profile. */
    private static final int MOST_DIGITS = 12;

    @Parameters(paramLabel = "PROJECT", description = "Folder with pgattest.yaml.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path folder;

    @Option(
            names = "--server",
            paramLabel = "SERVER",
            defaultValue = "embedded",
            description =
                    "embedded (PostgreSQL 18, comes with pgattest), local (installed binaries, a cluster of our own) or a connection "
                            + "string of a running server (default: ${DEFAULT-VALUE}).")
    private String server = "embedded";

    @Option(
            names = "--database",
            paramLabel = "NAME",
            description = "Benchmark database to create and use (default: pgattest_<project>).")
    private @Nullable String database;

    @Option(
            names = "--use-existing-database",
            description =
                    "Work in the database that --database names although pgattest did not create it. It must be empty.")
    private boolean useExisting;

    @Option(names = "--keep", description = "Keep server and database at the end and say how to connect.")
    private boolean keep;

    @Option(
            names = "--scale",
            paramLabel = "SHARE",
            converter = ScaleConverter.class,
            description = "Share of the profile's rows, more than 0 (default: the profile's own).")
    private @Nullable BigDecimal scale;

    @Option(
            names = "--tenants",
            paramLabel = "NUMBER",
            description = "Keep only so many of the profile's members (tenants), each at full size.")
    private @Nullable Long members;

    @Option(
            names = "--threads",
            paramLabel = "NUMBER",
            defaultValue = "2",
            description = "Connections that load and build at once (default: ${DEFAULT-VALUE}).")
    private int threads = 2;

    @Override
    public Path folder() {
        return folder;
    }

    /** The request of a command that has no gate and writes no file. */
    ProveRequest request() {
        return request(null, ProveRequest.Output.NONE);
    }

    ProveRequest request(@Nullable String gate, ProveRequest.Output output) {
        return new ProveRequest(folder, target(), size(), gate, output);
    }

    private ProveRequest.Target target() {
        if (useExisting && database == null) {
            throw PgattestException.badInput(
                    "--use-existing-database needs --database", "name the database with --database NAME");
        }
        return ProveRequest.Target.parse(server, database, useExisting, keep);
    }

    private ProveRequest.Size size() {
        if (threads < 1 || threads > MOST_THREADS) {
            throw PgattestException.badInput("--threads is " + threads, "give a number from 1 to " + MOST_THREADS);
        }
        return new ProveRequest.Size(scale, members, threads);
    }

    /** Reads a scale; more digits than any dataset needs are a mistake that would fill the screen. */
    static final class ScaleConverter implements ITypeConverter<BigDecimal> {

        @Override
        public BigDecimal convert(String text) {
            try {
                BigDecimal scale = new BigDecimal(text.strip());
                if (Math.abs(scale.scale()) <= MOST_DIGITS && scale.precision() <= MOST_DIGITS) {
                    return scale;
                }
            } catch (NumberFormatException e) {
                throw new TypeConversionException("'" + text + "' is not a number; write for example 0.02");
            }
            throw new TypeConversionException("'" + text + "' has too many digits; write for example 0.02");
        }
    }
}
