package dev.pgattest;

/**
 * A place in a text as editors count it.
 *
 * @param line 1-based; lines end with a line feed
 * @param column 1-based, in characters (Unicode code points; a tab is one)
 */
public record Place(int line, int column) {

    /** Where a text starts. */
    public static final Place START = new Place(1, 1);

    public Place {
        if (line < 1 || column < 1) {
            throw new IllegalArgumentException("line and column are 1-based: " + line + ":" + column);
        }
    }

    /**
     * The place of the character at an offset.
     *
     * @param offset index into {@code text}, from 0 to its length (the place after the last character)
     * @throws IndexOutOfBoundsException when the offset is outside the text
     */
    public static Place of(String text, int offset) {
        int line = 1;
        int lineStart = 0;
        for (int index = text.indexOf('\n'); index >= 0 && index < offset; index = text.indexOf('\n', index + 1)) {
            line++;
            lineStart = index + 1;
        }
        return new Place(line, text.codePointCount(lineStart, offset) + 1);
    }
}
