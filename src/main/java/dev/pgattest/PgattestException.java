package dev.pgattest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The root of the exceptions that pgattest throws on purpose; it carries how the command ends and what the user should do. */
public class PgattestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;
    private final String remedy;
    private final transient List<Problem> problems;

    /** For exceptions that carry more than this one. */
    protected PgattestException(
            ExitCode exitCode, String message, String remedy, List<Problem> problems, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
        this.remedy = remedy;
        this.problems = List.copyOf(problems);
    }

    /** The input is wrong; every problem is listed. */
    public static PgattestException badInput(List<Problem> problems) {
        String message = problems.size() == 1 ? problems.get(0).message() : problems.size() + " problems in the input";
        return new PgattestException(ExitCode.BAD_INPUT, message, "", problems, null);
    }

    /** The input is wrong in one way that is not in a file. */
    public static PgattestException badInput(String message, String remedy) {
        return badInput(List.of(Problem.ofInput(message, remedy)));
    }

    /** The environment failed: a server, the disk, an interruption. */
    public static PgattestException environment(String message, String remedy) {
        return new PgattestException(ExitCode.ENVIRONMENT, message, remedy, List.of(), null);
    }

    /** The environment failed because of {@code cause}. */
    public static PgattestException environment(String message, String remedy, Throwable cause) {
        return new PgattestException(ExitCode.ENVIRONMENT, message, remedy, List.of(), cause);
    }

    /** How the command ends. */
    public ExitCode exitCode() {
        return exitCode;
    }

    /** What the user should do; empty when the problems say it. */
    public String remedy() {
        return remedy;
    }

    /** The problems of a {@link ExitCode#BAD_INPUT} failure, in the order found; empty otherwise. */
    public List<Problem> problems() {
        return problems;
    }
}
