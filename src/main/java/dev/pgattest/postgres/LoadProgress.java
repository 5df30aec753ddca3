package dev.pgattest.postgres;

/** Is told how a load goes on; called from several threads. */
public interface LoadProgress {

    /** Tells no one. */
    LoadProgress SILENT = new LoadProgress() {};

    /** The load will copy this many rows. */
    default void rowsExpected(long rows) {}

    /** So many more rows were sent. */
    default void rowsLoaded(long rows) {}

    /** The copying is over and another part of the load begins. */
    default void phase(String name) {}
}
