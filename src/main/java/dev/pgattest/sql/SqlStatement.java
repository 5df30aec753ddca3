package dev.pgattest.sql;

import dev.pgattest.Place;

/**
 * A statement of a script.
 *
 * @param text from its first word to its last, without the semicolon and without blanks and comments around it
 * @param start index of its first character in the script
 * @param place the same as line and column
 */
public record SqlStatement(String text, int start, Place place) {

    /** Index after its last character in the script. */
    public int end() {
        return start + text.length();
    }
}
