package dev.pgattest.sql;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A text and its tokens.
 *
 * @param sql the text
 * @param list every character of the text in one token, in order; empty for an empty text
 * @param unterminated what is opened and never closed, at the offset where it is opened; it reaches to the end of the text, so
 *     there is at most one. Null when everything is closed
 */
public record SqlTokens(
        String sql, List<SqlToken> list, @Nullable SyntaxError unterminated) {

    public SqlTokens {
        list = List.copyOf(list);
    }

    /** What is opened and never closed. */
    public Optional<SyntaxError> error() {
        return Optional.ofNullable(unterminated);
    }
}
