package dev.pgattest.pipeline;

import dev.pgattest.PgattestException;
import dev.pgattest.health.HealthRules;
import dev.pgattest.postgres.ConnectionSettings;
import dev.pgattest.postgres.HealthCatalog.BloatReading;
import dev.pgattest.postgres.LibpqEnvironment;
import dev.pgattest.postgres.ServerChoice;
import java.util.List;

/**
 * Which database to look at and how.
 *
 * @param server the database
 * @param replicas the same database on other servers, whose use of indexes counts too
 * @param bloat how bloat is measured
 * @param settings of the rules
 */
public record HealthRequest(
        ConnectionSettings server,
        List<ConnectionSettings> replicas,
        BloatReading bloat,
        HealthRules.Settings settings) {

    public HealthRequest {
        replicas = List.copyOf(replicas);
    }

    /**
     * Reads the connection string of a database that is running already.
     *
     * @param option that has it, for messages
     * @throws PgattestException of bad input
     */
    public static ConnectionSettings running(String option, String text) {
        if (ServerChoice.parse(text, LibpqEnvironment.ofProcess()) instanceof ServerChoice.Running running) {
            return running.settings();
        }
        throw PgattestException.badInput(
                option + " is " + text.strip() + ", a new and empty server",
                "name a database that is in use, such as postgresql://monitor@db.example:5432/shop");
    }
}
