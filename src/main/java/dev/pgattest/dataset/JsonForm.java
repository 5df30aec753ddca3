package dev.pgattest.dataset;

import java.util.Locale;

/**
 * A value inside a JSON document, as {@code to_json} converts it and in the spelling that {@code jsonb} prints, so that a document
 * read back has the bytes that were written.
 */
final class JsonForm extends TextForm {

    private static final byte[] NULL = utf8("null");

    /** Numbers, booleans and documents stand as they are; everything else is a JSON string. */
    private final boolean quoted;

    JsonForm(ColumnType type) {
        super(type, "T", "+00:00");
        quoted = type.isTime() || type.isText() || type.kind() == ColumnType.Kind.UUID;
    }

    @Override
    void number(long value, TupleBuffer out) {
        quote(out);
        super.number(value, out);
        quote(out);
    }

    @Override
    void uuid(long high, long low, TupleBuffer out) {
        quote(out);
        super.uuid(high, low, out);
        quote(out);
    }

    @Override
    int beginText(TupleBuffer out) {
        quote(out);
        return 0;
    }

    @Override
    void endText(int mark, TupleBuffer out) {
        quote(out);
    }

    @Override
    byte[] piece(String text) {
        return utf8(quoted ? escaped(text) : text);
    }

    @Override
    void absent(TupleBuffer out) {
        out.writeBytes(NULL);
    }

    @Override
    String truth(long value) {
        return value == 0 ? "false" : "true";
    }

    /** The characters of a JSON string as PostgreSQL's {@code escape_json} writes them. */
    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            switch (character) {
                case '"' -> escaped.append("\\\"");
                case '\\' -> escaped.append("\\\\");
                case '\b' -> escaped.append("\\b");
                case '\f' -> escaped.append("\\f");
                case '\n' -> escaped.append("\\n");
                case '\r' -> escaped.append("\\r");
                case '\t' -> escaped.append("\\t");
                default -> {
                    if (character < ' ') {
                        escaped.append(String.format(Locale.ROOT, "\\u%04x", (int) character));
                    } else {
                        escaped.append(character);
                    }
                }
            }
        }
        return escaped.toString();
    }

    private void quote(TupleBuffer out) {
        if (quoted) {
            out.writeByte('"');
        }
    }
}
