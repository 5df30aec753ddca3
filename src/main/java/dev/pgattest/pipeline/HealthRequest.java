package dev.pgattest.pipeline;

import dev.pgattest.PgattestException;
import dev.pgattest.health.BloatReading;
import dev.pgattest.health.HealthRules;
import dev.pgattest.postgres.ConnectionSettings;
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
     * A request as a user writes it.
     *
     * @param server connection string of the database
     * @param replicas connection strings of the same database on other servers
     * @throws PgattestException of bad input when one of them is none of a running server
     */
    public static HealthRequest of(
            String server, List<String> replicas, BloatReading bloat, HealthRules.Settings settings) {
        return new HealthRequest(
                running("--server", server),
                replicas.stream().map(replica -> running("--replica", replica)).toList(),
                bloat,
                settings);
    }

    private static ConnectionSettings running(String option, String text) {
        if (ServerChoice.parse(text, LibpqEnvironment.ofProcess()) instanceof ServerChoice.Running running) {
            return running.settings();
        }
        throw PgattestException.badInput(
                option + " is " + text.strip() + ", a new and empty server",
                "name a database that is in use, such as postgresql://monitor@db.example:5432/shop");
    }
}
