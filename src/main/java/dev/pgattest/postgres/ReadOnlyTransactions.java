package dev.pgattest.postgres;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * Reads a live database without hurting anybody: each piece of work is a read-only transaction of its own, so that no snapshot is held
 * for long, and gives up soon when it has to wait. All settings end with the transaction: behind a connection pooler, a setting of the
 * session would stay for whoever gets the connection next.
 *
 * @param session where to read; no transaction is open
 * @param longestStatement after which a statement gives up
 */
public record ReadOnlyTransactions(Session session, Duration longestStatement) {

    /** Long enough for the locks that vacuum takes now and then, short enough to hold nobody up who waits behind it. */
    private static final Duration LONGEST_WAIT = Duration.ofMillis(500);

    /** Definitions then name everything but the system's objects in full, whatever the role's own path is. */
    private static final String PLAIN_PATH = "; set local search_path = pg_catalog";

    /** What {@code work} reads, within one transaction. */
    <T> T read(Supplier<T> work) {
        return within(PLAIN_PATH, work);
    }

    /** The same with names resolved and written by the role's own search path. */
    public <T> T readByOwnPath(Supplier<T> work) {
        return within("", work);
    }

    private <T> T within(String path, Supplier<T> work) {
        session.execute("begin transaction isolation level read committed read only; set local statement_timeout = "
                + longestStatement.toMillis() + "; set local lock_timeout = " + LONGEST_WAIT.toMillis()
                // The planner's costs of catalog queries are high enough to compile them, which takes longer than to
                // run them.
                + "; set local jit = off; set local max_parallel_workers_per_gather = 0"
                + "; set local default_transaction_read_only = on"
                + path);
        try {
            T result = work.get();
            session.execute("commit");
            return result;
        } catch (RuntimeException e) {
            end(e);
            throw e;
        }
    }

    private void end(RuntimeException failure) {
        try {
            session.execute("rollback");
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }
}
