package dev.pgattest.pipeline;

import dev.pgattest.PgattestException;
import dev.pgattest.deploy.PlanSettings;
import dev.pgattest.postgres.ConnectionSettings;
import dev.pgattest.postgres.Connections;
import dev.pgattest.postgres.LibpqEnvironment;
import dev.pgattest.postgres.ServerChoice;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What to deploy where.
 *
 * @param project folder of the project
 * @param database the database to change
 * @param reference server on which the states are made with empty tables, to see what they are
 * @param states which state to go to, and from which
 * @param settings how patient to be
 */
public record DeployRequest(
        Path project, ConnectionSettings database, ServerChoice reference, States states, PlanSettings settings) {

    /**
     * Which state to go to, and from which.
     *
     * @param to null for the project's gate
     * @param from null for what journal and catalog say
     */
    public record States(@Nullable String to, @Nullable String from) {

        Optional<String> target() {
            return Optional.ofNullable(to);
        }

        Optional<String> origin() {
            return Optional.ofNullable(from);
        }
    }

    /**
     * A request as the command line names it.
     *
     * @throws PgattestException of bad input when a server's text is wrong
     */
    public static DeployRequest parse(
            Path project, String server, String reference, States states, PlanSettings settings) {
        LibpqEnvironment environment = LibpqEnvironment.ofProcess();
        return new DeployRequest(
                project, database(server), ServerChoice.parse(reference, environment), states, settings);
    }

    /**
     * The database that a connection string names.
     *
     * @throws PgattestException of bad input when it names none
     */
    public static ConnectionSettings database(String server) {
        if (ServerChoice.parse(server, LibpqEnvironment.ofProcess()) instanceof ServerChoice.Running running) {
            return running.settings();
        }
        throw PgattestException.badInput(
                "--server is " + server + ", which is no database that anything could be deployed to",
                "write a URL such as postgresql://user@host:5432/database, or service=name");
    }

    /** Name of the database. */
    public String databaseName() {
        return database.database();
    }

    /** Connections to the database. */
    public Connections connections() {
        return new Connections(database);
    }
}
