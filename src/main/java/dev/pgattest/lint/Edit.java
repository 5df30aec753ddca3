package dev.pgattest.lint;

import java.util.Comparator;
import java.util.List;

/**
 * A replacement in a file.
 *
 * @param start index of the first character that is replaced
 * @param end index after the last one; equal to {@code start} for an insertion
 * @param text what stands there instead
 */
public record Edit(int start, int end, String text) {

    public Edit {
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("not a range: " + start + " to " + end);
        }
    }

    /** An insertion. */
    static Edit insert(int at, String text) {
        return new Edit(at, at, text);
    }

    /** The text with all edits made; of edits that overlap, only the first is. */
    public static String apply(String text, List<Edit> edits) {
        StringBuilder edited = new StringBuilder();
        int done = 0;
        for (Edit edit : edits.stream()
                .sorted(Comparator.comparingInt(Edit::start).thenComparingInt(Edit::end))
                .toList()) {
            if (edit.start() >= done) {
                edited.append(text, done, edit.start()).append(edit.text());
                done = edit.end();
            }
        }
        return edited.append(text, done, text.length()).toString();
    }
}
