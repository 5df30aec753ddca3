package dev.pgattest.lint;

import dev.pgattest.Lines;
import dev.pgattest.Place;
import dev.pgattest.Severity;
import java.util.Comparator;
import java.util.List;

/**
 * Something that a rule found.
 *
 * @param rule the rule's id
 * @param severity as the project's settings have it
 * @param file path as the user named it
 * @param range where
 * @param message what happens and to what, in one sentence or two
 * @param remedy what to do, or the SQL to write instead; may have several lines
 * @param fix edits of the file that make the finding go away; empty when it takes a person
 */
public record Finding(
        String rule, Severity severity, String file, Range range, String message, String remedy, List<Edit> fix)
        implements Comparable<Finding> {

    private static final Comparator<Finding> ORDER = Comparator.comparing(Finding::file)
            .thenComparingInt(finding -> finding.range().start())
            .thenComparing(Finding::rule)
            .thenComparing(Finding::message);

    /**
     * Characters of a file.
     *
     * @param start index of the first one
     * @param end index after the last one
     * @param from line and column of the first one
     * @param to line and column after the last one
     */
    public record Range(int start, int end, Place from, Place to) {

        /** The range of a text from one index to another. */
        static Range of(Lines lines, int start, int end) {
            int last = Math.max(start, Math.min(end, lines.text().length()));
            return new Range(start, last, lines.place(start), lines.place(last));
        }
    }

    public Finding {
        fix = List.copyOf(fix);
    }

    @Override
    public int compareTo(Finding other) {
        return ORDER.compare(this, other);
    }
}
