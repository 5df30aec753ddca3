package dev.pgattest.postgres.server;

import dev.pgattest.PgattestException;

/** Waiting between two looks at something that another process does. */
final class Pause {

    private Pause() {}

    /** Waits; an interruption is thrown and stays marked on the thread. */
    static void milliseconds(long duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** The exception for an interrupted wait; the thread stays marked as interrupted. */
    static PgattestException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return PgattestException.environment("interrupted", "run the command again", cause);
    }
}
