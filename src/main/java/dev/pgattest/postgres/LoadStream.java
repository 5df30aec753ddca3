package dev.pgattest.postgres;

import java.util.List;

/**
 * Executions that arrive at random times, each on one of a few connections that are theirs alone.
 *
 * @param name name of the query
 * @param perSecond mean number of arrivals a second, more than 0
 * @param connections executions that can run at the same time, at least 1; later ones wait
 * @param draws statements with drawn parameters, at least one, taken in turn; they differ in their values only, or in what they
 *     set in the session
 * @param ending what becomes of what they write
 */
public record LoadStream(String name, double perSecond, int connections, List<CaseStatement> draws, Ending ending) {

    /** What becomes of what an execution writes. */
    public enum Ending {
        /** It is rolled back, after its time was taken. */
        ROLLBACK,
        /** It is committed. */
        COMMIT
    }

    public LoadStream {
        draws = List.copyOf(draws);
        if (draws.isEmpty() || connections < 1) {
            throw new IllegalArgumentException(name + " needs a statement and a connection");
        }
    }
}
