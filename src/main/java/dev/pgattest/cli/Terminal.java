package dev.pgattest.cli;

/** Which streams are a person's terminal. The launcher finds out: Java tells it neither a stream at a time nor alike in all versions. */
final class Terminal {

    private Terminal() {}

    /** Whether standard output is one that shows colours. */
    static boolean hasColour() {
        return Boolean.getBoolean("pgattest.terminal.out") && System.getenv("NO_COLOR") == null;
    }

    /** Whether standard error is one, so that lines can be replaced and bars drawn. */
    static boolean showsProgress() {
        return Boolean.getBoolean("pgattest.terminal.err");
    }
}
