package dev.pgattest.pipeline;

/** Is told how a command goes on, so that someone can watch. Rows are told from several threads. */
public interface Progress {

    /** Tells no one. */
    Progress SILENT = new Progress() {};

    /** Something begins; the text says what. */
    default void step(String text) {}

    /** Something that the user should know, and that stays on the screen. */
    default void note(String text) {}

    /** So many rows are about to be loaded. */
    default void rowsExpected(long rows) {}

    /** So many more rows were sent. */
    default void rowsLoaded(long rows) {}

    /** All rows were sent, or loading them failed. */
    default void rowsEnded() {}
}
