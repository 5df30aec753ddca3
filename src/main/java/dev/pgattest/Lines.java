package dev.pgattest;

import java.util.Arrays;

/** Where the lines of a text begin, so that many places in it are found without counting from its beginning each time. */
public final class Lines {

    private final String text;
    private final int[] starts;

    private Lines(String text, int[] starts) {
        this.text = text;
        this.starts = starts;
    }

    /** Counts the lines of a text once. */
    public static Lines of(String text) {
        int[] starts = new int[64];
        int count = 1;
        for (int feed = text.indexOf('\n'); feed >= 0; feed = text.indexOf('\n', feed + 1)) {
            if (count == starts.length) {
                starts = Arrays.copyOf(starts, 2 * count);
            }
            starts[count++] = feed + 1;
        }
        return new Lines(text, Arrays.copyOf(starts, count));
    }

    /** The text whose lines these are. */
    public String text() {
        return text;
    }

    /**
     * The same as {@link Place#of}.
     *
     * @throws IndexOutOfBoundsException when the offset is outside the text
     */
    public Place place(int offset) {
        int found = Arrays.binarySearch(starts, offset);
        int line = found >= 0 ? found : -found - 2;
        return new Place(line + 1, text.codePointCount(starts[line], offset) + 1);
    }
}
