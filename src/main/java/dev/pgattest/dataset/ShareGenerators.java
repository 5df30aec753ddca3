package dev.pgattest.dataset;

/** Generators that divide something of a parent among its children so that the parts sum to exactly the whole. */
final class ShareGenerators {

    /** Parts of a whole are weighed from 1 to 2^16. */
    private static final int MOST_WEIGHT = 1 << 16;

    private ShareGenerators() {}

    /**
     * The boundaries between the children of a parent, in units of the whole. Child i has the part from boundary i to i + 1; the first is 0
     * and the last {@code units}.
     */
    record Boundaries(long seed, long units, int place) {

        /** Boundaries of the parent that was asked for last: its children are neighbours. */
        private static final class Memory {
            private long parentRow = -1;
            private long[] bounds = new long[0];
        }

        long[] of(RowCursor cursor) {
            Memory memory = (Memory) cursor.memory(place);
            if (memory == null) {
                memory = new Memory();
                cursor.remember(place, memory);
            }
            if (memory.parentRow != cursor.parentRow()) {
                memory.parentRow = cursor.parentRow();
                memory.bounds = bounds(cursor.parentRow(), cursor.siblings(), memory.bounds);
            }
            return memory.bounds;
        }

        private long[] bounds(long parentRow, int children, long[] old) {
            long[] bounds = old.length > children ? old : new long[children + 1];
            long stream = Mix64.at(seed, parentRow);
            bounds[0] = 0;
            for (int i = 0; i < children; i++) {
                bounds[i + 1] = bounds[i] + 1 + Mix64.bounded(Mix64.at(stream, i), MOST_WEIGHT);
            }
            long total = bounds[children];
            for (int i = 1; i <= children; i++) {
                bounds[i] = bounds[i] * units / total;
            }
            return bounds;
        }
    }

    /** The part of the whole, in units of the type's scale. */
    static final class Ratio extends Generator.OfNumber {
        private final Boundaries boundaries;

        Ratio(CellForm form, Boundaries boundaries) {
            super(form);
            this.boundaries = boundaries;
        }

        @Override
        public long number(RowCursor cursor) {
            long[] bounds = boundaries.of(cursor);
            return bounds[cursor.childIndex() + 1] - bounds[cursor.childIndex()];
        }
    }

    /** The part of the parent's amount between the same boundaries. */
    static final class Split extends Generator.Computed {
        private final Boundaries boundaries;
        private final Generator amount;
        private final long units;

        Split(CellForm form, Boundaries boundaries, Generator amount) {
            super(form);
            this.boundaries = boundaries;
            this.amount = amount;
            this.units = boundaries.units();
        }

        @Override
        public boolean isAbsent(RowCursor cursor) {
            return amount.isAbsent(cursor);
        }

        @Override
        public long number(RowCursor cursor) {
            long[] bounds = boundaries.of(cursor);
            long whole = amount.number(cursor);
            return portion(whole, bounds[cursor.childIndex() + 1]) - portion(whole, bounds[cursor.childIndex()]);
        }

        /** {@code whole * part / units} rounded down, without the overflow of the product. */
        private long portion(long whole, long part) {
            if (whole >= 0 && whole < units) {
                return whole * part / units;
            }
            long quotient = Math.floorDiv(whole, units);
            return quotient * part + (whole - quotient * units) * part / units;
        }
    }
}
