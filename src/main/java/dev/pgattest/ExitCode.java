package dev.pgattest;

/** How a command ends; the same numbers for every command. */
public enum ExitCode {
    /** Everything asked for was done and passed. */
    PASSED(0),
    /** The gate failed, or there are findings of error severity. */
    FAILED(1),
    /** The usage or the input is wrong; nothing was written. */
    BAD_INPUT(2),
    /** The environment failed: a server, the disk, an interruption. */
    ENVIRONMENT(3),
    /** Not enough evidence for a verdict. */
    INCONCLUSIVE(4);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    /** The process exit status. */
    public int number() {
        return number;
    }
}
