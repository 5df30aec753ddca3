package dev.pgattest.postgres;

import dev.pgattest.ExitCode;
import dev.pgattest.PgattestException;
import java.util.List;
import java.util.Set;

/** A statement that the server or the driver refused. */
public final class SqlFailure extends PgattestException {

    private static final long serialVersionUID = 1L;

    /** Classes of SQLSTATE: connection, resources, intervention, system, internal. */
    private static final Set<String> TROUBLE = Set.of("08", "53", "57", "58", "XX");

    private final transient Report report;

    SqlFailure(Report report, String message, String remedy, Throwable cause) {
        super(ExitCode.ENVIRONMENT, message, remedy, List.of(), cause);
        this.report = report;
    }

    /**
     * What the server reported.
     *
     * @param sqlState the five-character SQLSTATE, {@code unknown} when the driver gave none
     * @param position 1-based position of the character in the statement that is wrong; 0 when the server names none
     * @param message what is wrong, without the statement
     * @param within whether it went wrong within a routine that the statement ran, such as a trigger
     */
    record Report(String sqlState, int position, String message, boolean within) {}

    /** The five-character SQLSTATE, {@code unknown} when the driver gave none. */
    public String sqlState() {
        return report.sqlState();
    }

    /** The 1-based position of the character in the statement that is wrong; 0 when the server names none. */
    public int position() {
        return report.position();
    }

    /** What the server says is wrong, without the statement. */
    public String serverMessage() {
        return report.message();
    }

    /** Whether it went wrong within a routine that the statement ran, such as a trigger. */
    boolean isWithinRoutine() {
        return report.within();
    }

    /** Whether the server or the connection is in trouble, rather than the statement wrong. */
    public boolean isTrouble() {
        return report.sqlState().equals("unknown")
                || TROUBLE.contains(report.sqlState().substring(0, 2));
    }
}
