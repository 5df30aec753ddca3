package dev.pgattest.sql;

/** String constants, as SQL writes them. Values are bound wherever the server allows it; this is for where it does not. */
public final class Literal {

    private Literal() {}

    /**
     * A string constant of exactly this text, whatever {@code standard_conforming_strings} is.
     *
     * @throws IllegalArgumentException when the text holds U+0000, which no string of PostgreSQL can
     */
    public static String quote(String text) {
        int nul = text.indexOf('\0');
        if (nul >= 0) {
            throw new IllegalArgumentException("a string cannot hold U+0000, which is at index " + nul);
        }
        String doubled = text.replace("'", "''");
        return doubled.indexOf('\\') < 0 ? "'" + doubled + "'" : "E'" + doubled.replace("\\", "\\\\") + "'";
    }
}
