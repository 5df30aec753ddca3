package dev.pgattest.dataset;

/** Makes the values of one column; immutable, so that threads share it. */
interface Generator {

    /** Writes the cell of the cursor's row. */
    void write(RowCursor cursor, TupleBuffer out);

    /** Whether the row has no value. */
    default boolean isAbsent(RowCursor cursor) {
        return false;
    }

    /** The value as a number, for columns that are computed from it; see {@link ColumnType#number}. */
    default long number(RowCursor cursor) {
        throw new IllegalStateException(getClass().getSimpleName() + " has no number");
    }

    /** A generator of values that are held as one number. */
    abstract class OfNumber implements Generator {
        private final CellForm form;

        OfNumber(CellForm form) {
            this.form = form;
        }

        @Override
        public abstract long number(RowCursor cursor);

        @Override
        public void write(RowCursor cursor, TupleBuffer out) {
            form.number(number(cursor), out);
        }
    }

    /** A generator of values computed from another's; without a value where that one has none. */
    abstract class Computed extends OfNumber {
        private final CellForm form;

        Computed(CellForm form) {
            super(form);
            this.form = form;
        }

        @Override
        public abstract boolean isAbsent(RowCursor cursor);

        @Override
        public void write(RowCursor cursor, TupleBuffer out) {
            if (isAbsent(cursor)) {
                form.absent(out);
            } else {
                super.write(cursor, out);
            }
        }
    }
}
