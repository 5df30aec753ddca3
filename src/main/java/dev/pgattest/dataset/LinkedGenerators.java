package dev.pgattest.dataset;

import java.util.Arrays;

/** Generators that look at another row or another column. */
@SuppressWarnings("ArrayRecordComponent") // the records are functions with their data: nobody compares them
final class LinkedGenerators {

    private LinkedGenerators() {}

    /** The value of a column in the parent row, made once for all its children, which are neighbours. */
    record FromParent(Generator column, int place) implements Generator {

        private static final class Memory {
            private long cellOf = -1;
            private long numberOf = -1;
            private long number;
            private final TupleBuffer cell = new TupleBuffer(64);
        }

        @Override
        public void write(RowCursor cursor, TupleBuffer out) {
            Memory memory = memory(cursor);
            long parentRow = cursor.parentRow();
            if (memory.cellOf != parentRow) {
                memory.cell.clear();
                column.write(cursor.parent(), memory.cell);
                memory.cellOf = parentRow;
            }
            out.writeBytes(memory.cell.array(), 0, memory.cell.length());
        }

        @Override
        public boolean isAbsent(RowCursor cursor) {
            return column.isAbsent(cursor.parent());
        }

        @Override
        public long number(RowCursor cursor) {
            Memory memory = memory(cursor);
            long parentRow = cursor.parentRow();
            if (memory.numberOf != parentRow) {
                memory.number = column.number(cursor.parent());
                memory.numberOf = parentRow;
            }
            return memory.number;
        }

        private Memory memory(RowCursor cursor) {
            Memory memory = (Memory) cursor.memory(place);
            if (memory == null) {
                memory = new Memory();
                cursor.remember(place, memory);
            }
            return memory;
        }
    }

    /** The value of a column in a chosen row of another table. */
    record FromReference(Generator column, RowPicker picker, long seed, int place) implements Generator {
        @Override
        public void write(RowCursor cursor, TupleBuffer out) {
            column.write(target(cursor), out);
        }

        @Override
        public boolean isAbsent(RowCursor cursor) {
            return column.isAbsent(target(cursor));
        }

        @Override
        public long number(RowCursor cursor) {
            return column.number(target(cursor));
        }

        private RowCursor target(RowCursor cursor) {
            return cursor.other(place, picker.pick(Mix64.at(seed, cursor.row())));
        }
    }

    /** Whether a row is one of those that have a value. */
    interface Condition {
        /** Whether the cursor's row is. */
        boolean holds(RowCursor cursor);
    }

    /** A value only in the rows of a condition. */
    record OnlyWhen(Generator present, CellForm form, Condition condition) implements Generator {
        @Override
        public void write(RowCursor cursor, TupleBuffer out) {
            if (condition.holds(cursor)) {
                present.write(cursor, out);
            } else {
                form.absent(out);
            }
        }

        @Override
        public boolean isAbsent(RowCursor cursor) {
            return !condition.holds(cursor) || present.isAbsent(cursor);
        }

        @Override
        public long number(RowCursor cursor) {
            return present.number(cursor);
        }
    }

    /** Where a column has one of a few cells. */
    record HasCell(Generator column, byte[][] cells) implements Condition {
        @Override
        public boolean holds(RowCursor cursor) {
            TupleBuffer scratch = cursor.scratch();
            int start = scratch.length();
            column.write(cursor, scratch);
            int end = scratch.length();
            boolean found = false;
            for (byte[] cell : cells) {
                found |= Arrays.equals(scratch.array(), start, end, cell, 0, cell.length);
            }
            scratch.truncate(start);
            return found;
        }
    }

    /** Where a choice falls on certain of its cells, which needs no cell to be written. */
    record Chooses(SimpleGenerators.Choice choice, boolean[] accepted) implements Condition {

        static Chooses oneOf(SimpleGenerators.Choice choice, byte[][] cells) {
            boolean[] accepted = new boolean[choice.cells().size()];
            for (int i = 0; i < accepted.length; i++) {
                byte[] chosen = choice.cells().cell(i);
                accepted[i] = Arrays.stream(cells).anyMatch(cell -> Arrays.equals(cell, chosen));
            }
            return new Chooses(choice, accepted);
        }

        @Override
        public boolean holds(RowCursor cursor) {
            return accepted[choice.indexAt(cursor.row())];
        }
    }
}
