package dev.pgattest.sql;

/**
 * A piece of SQL text. The tokens of a text follow one another without a gap, from its beginning to its end.
 *
 * @param kind what it is
 * @param start index of its first character
 * @param end index after its last character
 */
public record SqlToken(Kind kind, int start, int end) {

    /** What a token is. */
    public enum Kind {
        WHITESPACE,
        /** {@code -- ...}, without the line feed. */
        LINE_COMMENT,
        /** A block comment with those nested in it. */
        BLOCK_COMMENT,
        /** A keyword or an identifier without quotes. */
        WORD,
        /** {@code "..."} or {@code U&"..."}. */
        QUOTED_IDENTIFIER,
        /** {@code '...'} with or without one of the prefixes E, B, X, N, U&amp;, and its continuation on following lines. */
        STRING,
        /** {@code $tag$ ... $tag$}. */
        DOLLAR_STRING,
        NUMBER,
        /** {@code :name}; see {@link SqlLexer} for what is one. */
        NAMED_PARAMETER,
        /** {@code $1}. */
        NUMBERED_PARAMETER,
        /** One or more of {@code ~ ! @ # ^ & | ` ? + - * / % < > =}. */
        OPERATOR,
        /** {@code \gexec} and all other commands of psql, to the end of the line. */
        META_COMMAND,
        /** The lines after {@code copy ... from stdin;} to the one that ends them, as psql and pg_dump write them. */
        COPY_DATA,
        SEMICOLON,
        OPEN_PARENTHESIS,
        CLOSE_PARENTHESIS,
        /** {@code ::}, {@code :=}, {@code ..}, {@code ,}, {@code [} and every other character. */
        PUNCTUATION;

        /** Whether the token says nothing to the server. */
        public boolean isBlank() {
            return this == WHITESPACE
                    || this == LINE_COMMENT
                    || this == BLOCK_COMMENT
                    || this == META_COMMAND
                    || this == COPY_DATA;
        }
    }

    /** The token's characters. */
    public String text(String sql) {
        return sql.substring(start, end);
    }

    /** Whether it is this keyword, in any case. */
    boolean isWord(String sql, String keyword) {
        return kind == Kind.WORD
                && end - start == keyword.length()
                && sql.regionMatches(true, start, keyword, 0, keyword.length());
    }
}
