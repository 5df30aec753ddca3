package dev.pgattest.dataset;

/** Generators that need nothing but the row number. */
@SuppressWarnings("ArrayRecordComponent") // the records are functions with their data: nobody compares them
final class SimpleGenerators {

    private static final long VERSION_4 = 0x4000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private SimpleGenerators() {}

    /**
     * Version-4 uuids that never repeat: the 64 bits of a bijection of the row number are all in the value, spread around the version and
     * variant bits; the other 58 are a second hash.
     */
    record UniqueUuid(CellForm form, long seed, long otherSeed) implements Generator {
        @Override
        public void write(RowCursor cursor, TupleBuffer out) {
            long unique = Mix64.at(seed, cursor.row());
            long other = Mix64.at(otherSeed, cursor.row());
            long high = (unique & 0xFFFF_FFFF_FFFF_0000L) | VERSION_4 | (other & 0xFFF);
            long low = VARIANT | ((unique & 0xFFFF) << 46) | (other >>> 18);
            form.uuid(high, low, out);
        }
    }

    /** A prefix and the 16 hexadecimal digits of a bijection of the row number. */
    record UniqueText(CellForm form, long seed, byte[] prefix) implements Generator {
        @Override
        public void write(RowCursor cursor, TupleBuffer out) {
            int mark = form.beginText(out);
            out.writeBytes(prefix);
            out.writeHex(Mix64.at(seed, cursor.row()));
            form.endText(mark, out);
        }
    }

    /** The row number from 1. */
    static final class RowNumber extends Generator.OfNumber {
        RowNumber(CellForm form) {
            super(form);
        }

        @Override
        public long number(RowCursor cursor) {
            return cursor.row() + 1;
        }
    }

    /** Any number of a range. */
    static final class Uniform extends Generator.OfNumber {
        private final long seed;
        private final long min;
        private final long choices;

        Uniform(CellForm form, long seed, long min, long max) {
            super(form);
            this.seed = seed;
            this.min = min;
            this.choices = max - min + 1;
        }

        @Override
        public long number(RowCursor cursor) {
            return min + Mix64.bounded(Mix64.at(seed, cursor.row()), choices);
        }
    }

    /** One of a few cells that were written beforehand. */
    static final class Choice implements Generator {
        private final long seed;
        private final WeightedIndex index;
        private final CellTable cells;
        private final long[] numbers;

        /** {@code numbers} holds the values of the cells where these are numbers, and is empty otherwise. */
        Choice(long seed, WeightedIndex index, byte[][] cells, long[] numbers) {
            this.seed = seed;
            this.index = index;
            this.cells = new CellTable(cells);
            this.numbers = numbers;
        }

        @Override
        public void write(RowCursor cursor, TupleBuffer out) {
            cells.write(indexAt(cursor.row()), out);
        }

        @Override
        public long number(RowCursor cursor) {
            return numbers[indexAt(cursor.row())];
        }

        /** Which of the cells a row has. */
        int indexAt(long row) {
            return index.pick(Mix64.at(seed, row));
        }

        CellTable cells() {
            return cells;
        }
    }

    /** The same few cells in turn. */
    record Cycle(CellTable cells, long[] numbers) implements Generator {
        @Override
        public void write(RowCursor cursor, TupleBuffer out) {
            cells.write(cells.size() == 1 ? 0 : (int) (cursor.row() % cells.size()), out);
        }

        @Override
        public long number(RowCursor cursor) {
            return numbers[(int) (cursor.row() % numbers.length)];
        }
    }

    /** Text with the row number, from 1, between its pieces. */
    record Template(CellForm form, byte[][] pieces) implements Generator {
        @Override
        public void write(RowCursor cursor, TupleBuffer out) {
            int mark = form.beginText(out);
            out.writeBytes(pieces[0]);
            for (int i = 1; i < pieces.length; i++) {
                out.writeDecimal(cursor.row() + 1);
                out.writeBytes(pieces[i]);
            }
            form.endText(mark, out);
        }
    }

    /** No value in a part of the rows. */
    record Sometimes(Generator present, CellForm form, long seed, long absentBelow) implements Generator {
        @Override
        public void write(RowCursor cursor, TupleBuffer out) {
            if (left(cursor)) {
                form.absent(out);
            } else {
                present.write(cursor, out);
            }
        }

        @Override
        public boolean isAbsent(RowCursor cursor) {
            return left(cursor) || present.isAbsent(cursor);
        }

        @Override
        public long number(RowCursor cursor) {
            return present.number(cursor);
        }

        private boolean left(RowCursor cursor) {
            return (Mix64.at(seed, cursor.row()) >>> 1) < absentBelow;
        }
    }
}
