package dev.pgattest.sql;

import dev.pgattest.sql.SqlToken.Kind;

/** Watches tokens go by for {@code copy ... from stdin}, whose rows stand behind its semicolon in the scripts of psql and pg_dump. */
final class CopyFromStdin {

    private static final String END_OF_DATA = "\\.";

    private final String sql;
    private boolean first = true;
    private boolean copies;
    private boolean fromStdin;

    CopyFromStdin(String sql) {
        this.sql = sql;
    }

    /** Whether rows follow this token. */
    boolean isEndedBy(SqlToken token) {
        if (token.kind().isBlank()) {
            return false;
        }
        if (token.kind() == Kind.SEMICOLON) {
            boolean ended = copies && fromStdin;
            first = true;
            copies = false;
            fromStdin = false;
            return ended;
        }
        copies = first ? token.isWord(sql, "copy") : copies;
        fromStdin |= token.isWord(sql, "stdin");
        first = false;
        return false;
    }

    /** Index after the line that ends the rows, or the end of the text; {@code from} itself when no line follows. */
    int endOfData(int from) {
        int lineFeed = sql.indexOf('\n', from);
        if (lineFeed < 0 || !sql.substring(from, lineFeed).isBlank()) {
            return from;
        }
        int line = lineFeed + 1;
        while (line < sql.length()) {
            int next = sql.indexOf('\n', line);
            int end = next < 0 ? sql.length() : next;
            if (sql.substring(line, end).strip().equals(END_OF_DATA)) {
                return end;
            }
            line = end + 1;
        }
        return from;
    }
}
