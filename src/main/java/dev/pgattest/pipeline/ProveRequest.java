package dev.pgattest.pipeline;

import dev.pgattest.growth.GrowthFactors;
import dev.pgattest.postgres.LibpqEnvironment;
import dev.pgattest.postgres.ServerChoice;
import java.math.BigDecimal;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What to prove, where and how.
 *
 * @param project folder of the project
 * @param target server and database
 * @param size how much data
 * @param gate state that decides; null for the project's
 * @param output where results go
 * @param growth sizes to measure besides; null for none
 * @param against earlier evidence to compare with; null for none
 * @param load how to measure under load; null not to
 */
public record ProveRequest(
        Path project,
        Target target,
        Size size,
        @Nullable String gate,
        Output output,
        @Nullable GrowthFactors growth,
        @Nullable Against against,
        @Nullable LoadChoice load) {

    /** A request that measures one size and compares with nothing. */
    public ProveRequest(Path project, Target target, Size size, @Nullable String gate, Output output) {
        this(project, target, size, gate, output, null, null, null);
    }

    /** The same, measured at these sizes too. */
    public ProveRequest atSizes(@Nullable GrowthFactors factors) {
        return new ProveRequest(project, target, size, gate, output, factors, against, load);
    }

    /** The same, compared with earlier evidence. */
    public ProveRequest comparedWith(@Nullable Against earlier) {
        return new ProveRequest(project, target, size, gate, output, growth, earlier, load);
    }

    /** The same, measured under load too. */
    public ProveRequest underLoad(@Nullable LoadChoice choice) {
        return new ProveRequest(project, target, size, gate, output, growth, against, choice);
    }

    /**
     * Earlier evidence.
     *
     * @param evidence its file, or the folder that it lies in
     * @param tolerance share by which buffers may grow, 0 or more
     * @param update whether it is replaced when the gate passes
     */
    public record Against(Path evidence, double tolerance, boolean update) {}

    /**
     * Server and database.
     *
     * @param server which server
     * @param database name of the benchmark database; null for one named after the project
     * @param adopt whether a database of that name that pgattest did not create may be dropped and made anew
     * @param keep whether server and database stay
     */
    public record Target(ServerChoice server, @Nullable String database, boolean adopt, boolean keep) {

        /**
         * A target as the command line names it.
         *
         * @throws dev.pgattest.PgattestException of bad input when the server's text is none of {@code embedded}, {@code local}
         *     and a connection string
         */
        public static Target parse(String server, @Nullable String database, boolean adopt, boolean keep) {
            return new Target(ServerChoice.parse(server, LibpqEnvironment.ofProcess()), database, adopt, keep);
        }
    }

    /**
     * How much data, and how many connections load it.
     *
     * @param scale share of the profile's rows; null for the profile's default
     * @param members how many members to keep; null for all
     * @param connections connections that load and build, at least 1
     */
    public record Size(@Nullable BigDecimal scale, @Nullable Long members, int connections) {}

    /**
     * Where results go.
     *
     * @param folder folder of the evidence; null for {@code PROJECT/evidence/<profile>-<scale>}
     * @param junit file of the JUnit XML; null for none
     */
    public record Output(@Nullable Path folder, @Nullable Path junit) {

        /** For commands that write no file. */
        public static final Output NONE = new Output(null, null);
    }
}
