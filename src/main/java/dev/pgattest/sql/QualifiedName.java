package dev.pgattest.sql;

import dev.pgattest.sql.SqlToken.Kind;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The name of an object, in a schema or wherever the search path finds it.
 *
 * @param schema the schema's name as the catalog has it; null when none is named
 * @param name the object's name as the catalog has it
 */
public record QualifiedName(@Nullable String schema, String name) {

    public QualifiedName {
        if (name.isEmpty() || (schema != null && schema.isEmpty())) {
            throw new IllegalArgumentException("a name is empty: schema " + schema + ", name \"" + name + "\"");
        }
    }

    /**
     * A name as project files write it: {@code table} or {@code schema.table} exactly as the catalog has it, upper and lower case
     * included; in SQL's double quotes when a part contains a dot. Empty when the text is no name.
     */
    public static Optional<QualifiedName> exact(String text) {
        if (text.indexOf('"') >= 0) {
            return parse(text);
        }
        int dot = text.indexOf('.');
        String schema = dot < 0 ? null : text.substring(0, dot);
        String name = text.substring(dot + 1);
        boolean wrong = name.isEmpty() || name.indexOf('.') >= 0 || (schema != null && schema.isEmpty());
        return wrong ? Optional.empty() : Optional.of(new QualifiedName(schema, name));
    }

    /**
     * Reads {@code name} or {@code schema.name}. A name without quotes is folded to lower case, as the server does; a keyword needs no
     * quotes here. Empty when the text is something else.
     */
    public static Optional<QualifiedName> parse(String text) {
        String sql = text.strip();
        SqlTokens tokens = SqlLexer.tokens(sql);
        List<SqlToken> parts = tokens.list();
        if (tokens.unterminated() != null || (parts.size() != 1 && parts.size() != 3)) {
            return Optional.empty();
        }
        Optional<String> first = name(sql, parts.get(0));
        if (parts.size() == 1) {
            return first.map(name -> new QualifiedName(null, name));
        }
        return parts.get(1).text(sql).equals(".")
                ? first.flatMap(schema -> name(sql, parts.get(2)).map(name -> new QualifiedName(schema, name)))
                : Optional.empty();
    }

    private static Optional<String> name(String sql, SqlToken token) {
        String text = token.text(sql);
        if (token.kind() == Kind.WORD) {
            return Optional.of(lowerCase(text));
        }
        // Names with Unicode escapes (U&"...") are for the server to read.
        if (token.kind() != Kind.QUOTED_IDENTIFIER || text.charAt(0) != '"' || text.length() == 2) {
            return Optional.empty();
        }
        return Optional.of(text.substring(1, text.length() - 1).replace("\"\"", "\""));
    }

    /** The server folds the letters A to Z only when its encoding is UTF-8. */
    private static String lowerCase(String word) {
        StringBuilder folded = new StringBuilder(word);
        for (int index = 0; index < word.length(); index++) {
            char character = word.charAt(index);
            if (character >= 'A' && character <= 'Z') {
                folded.setCharAt(index, (char) (character + ('a' - 'A')));
            }
        }
        return folded.toString();
    }

    /** The name as SQL must write it. */
    public String sql() {
        return schema == null ? Identifier.quote(name) : Identifier.quote(schema) + "." + Identifier.quote(name);
    }
}
