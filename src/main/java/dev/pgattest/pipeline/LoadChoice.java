package dev.pgattest.pipeline;

import dev.pgattest.PgattestException;
import dev.pgattest.load.RateFactors;
import java.time.Duration;

/**
 * How to measure under load.
 *
 * @param length of a run, without its warm-up
 * @param factors of the declared rates
 * @param rare what becomes of queries that are too rare for a verdict
 * @param mostConnections that all queries have together
 */
public record LoadChoice(Duration length, RateFactors factors, Rare rare, int mostConnections) {

    /** Slices of a run, from which bounds are resampled. */
    public static final int ROUNDS = 20;

    /** What the connections of all queries come to, unless somebody says otherwise: a server has a hundred unless it is told otherwise. */
    public static final int MOST_CONNECTIONS = 90;

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofHours(12);

    /** What becomes of queries that are too rare for a verdict. */
    public enum Rare {
        /** They run as often as a verdict needs. */
        RAISED,
        /** They run as often as declared. */
        AS_DECLARED
    }

    public LoadChoice {
        if (length.compareTo(SHORTEST) < 0 || length.compareTo(LONGEST) > 0) {
            throw PgattestException.badInput("--load is " + length.toMillis() + " ms", "give from 1s to 12h");
        }
        if (mostConnections < 1 || mostConnections > 1000) {
            throw PgattestException.badInput(
                    "--connections is " + mostConnections, "give a number from 1 to 1000, below the server's limit");
        }
    }

    /** Length of a slice of a run. */
    Duration round() {
        return length.dividedBy(ROUNDS);
    }

    /** Load before a run, which is not recorded: caches fill and statements are compiled. */
    Duration warmup() {
        Duration tenth = length.dividedBy(10);
        return tenth.compareTo(Duration.ofSeconds(5)) < 0 ? tenth : Duration.ofSeconds(5);
    }
}
