package dev.pgattest;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** UTF-8, the encoding of all files and that in which PostgreSQL counts. */
public final class Utf8 {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private Utf8() {}

    /** The text of {@code bytes}, without a byte order mark, or the place of the first byte that is not UTF-8. */
    public static Result<String> decode(String file, byte[] bytes) {
        CharBuffer text = CharBuffer.allocate(bytes.length);
        ByteBuffer input = ByteBuffer.wrap(bytes);
        CoderResult end = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(input, text, true);
        text.flip();
        if (end.isError()) {
            Place place = Place.of(text.toString(), text.length());
            String found = String.format(Locale.ROOT, "0x%02X", bytes[input.position()]);
            return Result.rejected(new Problem(
                    file,
                    place.line(),
                    place.column(),
                    "the byte " + found + " is not UTF-8",
                    "save the file with the encoding UTF-8"));
        }
        String decoded = text.toString();
        return Result.of(decoded.startsWith(BYTE_ORDER_MARK) ? decoded.substring(1) : decoded);
    }

    /** Bytes of a text; a lone surrogate counts as the single {@code ?} that it is encoded as. */
    public static int length(String text) {
        return text.codePoints().map(Utf8::length).sum();
    }

    /** Bytes of one code point. */
    public static int length(int codePoint) {
        if (codePoint < 0x80 || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE)) {
            return 1;
        }
        if (codePoint < 0x800) {
            return 2;
        }
        return codePoint < 0x10000 ? 3 : 4;
    }
}
