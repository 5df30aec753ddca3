package dev.pgattest.postgres;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** PostgreSQL's text format of arrays, https://www.postgresql.org/docs/current/arrays.html#ARRAYS-IO. */
final class ArrayText {

    private ArrayText() {}

    /** A one-dimensional array of values in text format; null is SQL's NULL. */
    static String of(List<@Nullable String> values) {
        StringBuilder text = new StringBuilder("{");
        for (@Nullable String value : values) {
            text.append(text.length() == 1 ? "" : ",");
            if (value == null) {
                text.append("NULL");
            } else {
                appendQuoted(text, value);
            }
        }
        return text.append('}').toString();
    }

    private static void appendQuoted(StringBuilder text, String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\');
            }
            text.append(c);
        }
        text.append('"');
    }
}
