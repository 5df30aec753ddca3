package dev.pgattest;

import java.util.Comparator;

/**
 * Something wrong with the user's input: a value to collect and list, never thrown one at a time.
 *
 * @param file path as the user knows it, relative to the project folder where there is one; empty when the problem is not in a file
 * @param line 1-based line, 0 when unknown
 * @param column 1-based column in characters, 0 when unknown
 * @param message what is wrong, with the value that was found
 * @param remedy what to write or do instead; empty when there is nothing to add
 */
public record Problem(String file, int line, int column, String message, String remedy) implements Comparable<Problem> {

    private static final Comparator<Problem> ORDER = Comparator.comparing(Problem::file)
            .thenComparingInt(Problem::line)
            .thenComparingInt(Problem::column)
            .thenComparing(Problem::message);

    public Problem {
        if (line < 0 || column < 0) {
            throw new IllegalArgumentException(
                    "line and column are 1-based, or 0 when unknown: " + line + ":" + column);
        }
    }

    /** A problem with a whole file. */
    public static Problem ofFile(String file, String message, String remedy) {
        return new Problem(file, 0, 0, message, remedy);
    }

    /** A problem with the command line or another input that is not a file. */
    public static Problem ofInput(String message, String remedy) {
        return new Problem("", 0, 0, message, remedy);
    }

    /** {@code file:line:column}, shortened to what is known; empty when the problem is not in a file. */
    public String place() {
        if (file.isEmpty() || line == 0) {
            return file;
        }
        return column == 0 ? file + ":" + line : file + ":" + line + ":" + column;
    }

    @Override
    public int compareTo(Problem other) {
        return ORDER.compare(this, other);
    }
}
