package dev.pgattest.sql;

/**
 * Why a text is not SQL that can be used.
 *
 * @param message what is wrong, in PostgreSQL's words where PostgreSQL's grammar found it
 * @param remedy what to write instead
 * @param offset where, as an index into the text that was given, from 0 to its length
 */
public record SyntaxError(String message, String remedy, int offset)
        implements ParseResult, NamedSqlResult, PlpgsqlResult {

    /** The same in a text that has more characters before this one. */
    public SyntaxError movedBy(int characters) {
        return new SyntaxError(message, remedy, offset + characters);
    }
}
