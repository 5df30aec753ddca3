package dev.pgattest.sql;

import java.util.ArrayList;
import java.util.List;

/**
 * A text made from another one, and the way back.
 *
 * @param text the new text
 * @param pieces where its parts come from, in order, the first one at 0
 */
public record Rewritten(String text, List<Piece> pieces) {

    /**
     * A part of the new text; it ends where the next one begins.
     *
     * @param start index of its first character in the new text
     * @param originalStart index in the original of what it was made from
     * @param copied whether it stands in the original as it is here; otherwise it replaces something
     */
    public record Piece(int start, int originalStart, boolean copied) {}

    public Rewritten {
        pieces = List.copyOf(pieces);
    }

    /**
     * The index in the original of a character of the new text; that of the beginning of what was replaced when it stands in a
     * replacement.
     *
     * @param offset index into {@link #text()}, from 0 to its length
     */
    public int originalOffset(int offset) {
        int last = 0;
        while (last + 1 < pieces.size() && pieces.get(last + 1).start() <= offset) {
            last++;
        }
        Piece piece = pieces.get(last);
        return piece.copied() ? piece.originalStart() + offset - piece.start() : piece.originalStart();
    }

    /**
     * The index in the original of a position in the new text that a server reports.
     *
     * @param position in characters, from 1, as in the field P of an error message
     */
    public int originalOffsetOfPosition(int position) {
        int characters = text.codePointCount(0, text.length());
        return originalOffset(text.offsetByCodePoints(0, Math.min(Math.max(position - 1, 0), characters)));
    }

    /** Puts a text together from parts. */
    static final class Builder {
        final String original;
        private final StringBuilder text = new StringBuilder();
        private final List<Piece> pieces = new ArrayList<>();

        Builder(String original) {
            this.original = original;
        }

        void copy(SqlToken token) {
            pieces.add(new Piece(text.length(), token.start(), true));
            text.append(original, token.start(), token.end());
        }

        /** Copies a token and writes one of its characters twice wherever it stands. */
        void copyDoubling(SqlToken token, char doubled) {
            for (int index = token.start(); index < token.end(); index++) {
                SqlToken character = new SqlToken(token.kind(), index, index + 1);
                if (original.charAt(index) == doubled) {
                    replace(character, String.valueOf(new char[] {doubled, doubled}));
                } else {
                    copy(character);
                }
            }
        }

        void replace(SqlToken token, String replacement) {
            pieces.add(new Piece(text.length(), token.start(), false));
            text.append(replacement);
        }

        Rewritten build() {
            return new Rewritten(text.toString(), pieces);
        }
    }
}
