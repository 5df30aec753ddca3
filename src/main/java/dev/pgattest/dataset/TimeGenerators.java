package dev.pgattest.dataset;

/** Generators of instants and days. */
final class TimeGenerators {

    private TimeGenerators() {}

    /**
     * Instants in row order: each row has its own slot of the day that it falls on, and a hashed place in the slot.
     *
     * @param unitsPerDay 1 for dates, otherwise the microseconds of a day
     * @param place where the instant of the row is remembered, because other columns are computed from it
     */
    record Instants(long seed, DayVolumes days, long unitsPerDay, int place) {

        private static final class Memory {
            private long row = -1;
            private long instant;

            /** The day that holds the row, from its first row up to the next day's; an empty range at the start. */
            private long firstRow;

            private long endRow;
            private long start;
            private long slot;
        }

        long of(RowCursor cursor) {
            Memory memory = (Memory) cursor.memory(place);
            if (memory == null) {
                memory = new Memory();
                cursor.remember(place, memory);
            }
            if (memory.row != cursor.row()) {
                memory.row = cursor.row();
                memory.instant = instant(cursor.row(), memory);
            }
            return memory.instant;
        }

        private long instant(long row, Memory memory) {
            if (row < memory.firstRow || row >= memory.endRow) {
                enterDayOf(row, memory);
            }
            long rows = memory.endRow - memory.firstRow;
            long index = row - memory.firstRow;
            // index * unitsPerDay / rows, without the overflow of the product.
            long offset = index * memory.slot + index * (unitsPerDay - memory.slot * rows) / rows;
            long within = memory.slot > 1 ? Mix64.bounded(Mix64.at(seed, row), memory.slot) : 0;
            return memory.start + offset + within;
        }

        private void enterDayOf(long row, Memory memory) {
            int day = days.dayOf(row);
            memory.firstRow = days.rowsBefore(day);
            memory.endRow = memory.firstRow + days.rowsOn(day);
            memory.start = (days.firstDay() + day) * unitsPerDay;
            memory.slot = unitsPerDay / days.rowsOn(day);
        }
    }

    /** The instants as a column. */
    static final class InRowOrder extends Generator.OfNumber {
        private final Instants instants;

        InRowOrder(CellForm form, Instants instants) {
            super(form);
            this.instants = instants;
        }

        @Override
        public long number(RowCursor cursor) {
            return instants.of(cursor);
        }
    }

    /** A hashed delay after another instant or day. */
    static final class Delayed extends Generator.Computed {
        private final Generator base;
        private final Uniformly delay;

        Delayed(CellForm form, Generator base, Uniformly delay) {
            super(form);
            this.base = base;
            this.delay = delay;
        }

        @Override
        public boolean isAbsent(RowCursor cursor) {
            return base.isAbsent(cursor);
        }

        @Override
        public long number(RowCursor cursor) {
            return base.number(cursor) + delay.at(cursor.row());
        }
    }

    /** A number from {@code min} to {@code max} for each row. */
    record Uniformly(long seed, long min, long max) {
        long at(long row) {
            return min + Mix64.bounded(Mix64.at(seed, row), max - min + 1);
        }
    }
}
