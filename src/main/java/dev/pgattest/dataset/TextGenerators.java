package dev.pgattest.dataset;

/** Generators of characters and documents. */
@SuppressWarnings("ArrayRecordComponent") // the records are functions with their data: nobody compares them
final class TextGenerators {

    private static final int BITS_PER_LETTER = 16;

    private TextGenerators() {}

    /** Letters of an alphabet, 16 bits of a hash for each. */
    record Letters(CellForm form, TimeGenerators.Uniformly length, byte[][] alphabet, long seed) implements Generator {
        @Override
        public void write(RowCursor cursor, TupleBuffer out) {
            int mark = form.beginText(out);
            long count = length.at(cursor.row());
            long stream = Mix64.at(seed, cursor.row());
            long bits = 0;
            for (int i = 0; i < count; i++) {
                bits = i % 4 == 0 ? Mix64.at(stream, i) : bits >>> BITS_PER_LETTER;
                byte[] letter = alphabet[(int) (((bits & 0xFFFF) * alphabet.length) >>> BITS_PER_LETTER)];
                if (letter.length == 1) {
                    out.writeByte(letter[0]);
                } else {
                    out.writeBytes(letter);
                }
            }
            form.endText(mark, out);
        }
    }

    /**
     * Words with a space between, cut at the length; a space at the cut becomes a full stop, as trailing spaces are seldom what data has.
     *
     * @param words for each word its characters in the form's bytes
     */
    record Words(CellForm form, TimeGenerators.Uniformly length, byte[][][] words, long seed) implements Generator {
        @Override
        public void write(RowCursor cursor, TupleBuffer out) {
            int mark = form.beginText(out);
            long left = length.at(cursor.row());
            long stream = Mix64.at(seed, cursor.row());
            for (int i = 0; left > 0; i++) {
                byte[][] word = words[(int) Mix64.bounded(Mix64.at(stream, i), words.length)];
                int count = (int) Math.min(left, word.length);
                for (int character = 0; character < count; character++) {
                    out.writeBytes(word[character]);
                }
                left -= count;
                if (left > 0) {
                    left--;
                    out.writeByte(left == 0 ? '.' : ' ');
                }
            }
            form.endText(mark, out);
        }
    }

    /** An object; each piece holds what stands before a member's value. */
    record JsonObject(CellForm form, CellTable pieces, Generator[] members, byte[] end) implements Generator {
        @Override
        public void write(RowCursor cursor, TupleBuffer out) {
            int mark = form.beginText(out);
            for (int i = 0; i < members.length; i++) {
                pieces.write(i, out);
                members[i].write(cursor, out);
            }
            out.writeBytes(end);
            form.endText(mark, out);
        }
    }

    /** An array of the first few of its elements. */
    record JsonArray(CellForm form, TimeGenerators.Uniformly length, Generator[] elements) implements Generator {
        @Override
        public void write(RowCursor cursor, TupleBuffer out) {
            int mark = form.beginText(out);
            long count = length.at(cursor.row());
            out.writeByte('[');
            for (int i = 0; i < count; i++) {
                if (i > 0) {
                    out.writeByte(',');
                    out.writeByte(' ');
                }
                elements[i].write(cursor, out);
            }
            out.writeByte(']');
            form.endText(mark, out);
        }
    }
}
