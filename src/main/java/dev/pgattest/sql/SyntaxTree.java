package dev.pgattest.sql;

import dev.pgattest.Utf8;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * PostgreSQL's raw parse tree of a text.
 *
 * @param text the text that was parsed
 * @param json the tree as libpg_query writes it: {@code version} and {@code stmts}. Places in it ({@code location},
 *     {@code stmt_location}, {@code stmt_len}) count bytes of UTF-8; {@link #offset} translates them. Fields that hold zero or
 *     nothing are left out
 */
public record SyntaxTree(String text, JsonNode json) implements ParseResult {

    /** The statements' trees ({@code SelectStmt}, {@code IndexStmt}, ...) in the order written; empty for a text without any. */
    public List<JsonNode> statements() {
        return json.path("stmts").valueStream().map(raw -> raw.path("stmt")).toList();
    }

    /**
     * The index into {@link #text()} of a place in the tree.
     *
     * @param byteLocation a {@code location} of the tree, in bytes of UTF-8
     */
    public int offset(int byteLocation) {
        int bytes = 0;
        int offset = 0;
        while (bytes < byteLocation && offset < text.length()) {
            int character = text.codePointAt(offset);
            bytes += Utf8.length(character);
            offset += Character.charCount(character);
        }
        return offset;
    }
}
