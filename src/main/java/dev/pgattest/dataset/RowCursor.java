package dev.pgattest.dataset;

import org.jspecify.annotations.Nullable;

/**
 * A place in a table while rows are written: the row, its parent, and rows of other tables that it refers to, each found when asked
 * for. Also the memory of what neighbouring rows share. One for each thread and use.
 */
final class RowCursor {

    private static final long NOWHERE = -1;

    private final TableLayout table;
    private final @Nullable RowCursor[] others;
    private final @Nullable Object[] memories;
    private final TupleBuffer scratch;

    private long row = NOWHERE;
    private long parentRow = NOWHERE;
    private int childIndex;
    private int siblings;
    private @Nullable RowCursor parent;
    private long block = NOWHERE;
    private int[] blockStarts = {};
    private int member;

    RowCursor(TableLayout table, TupleBuffer scratch) {
        this.table = table;
        this.others = new RowCursor[table.others().size()];
        this.memories = new Object[table.memories()];
        this.scratch = scratch;
    }

    RowCursor moveTo(long newRow) {
        if (row != newRow) {
            row = newRow;
            parentRow = NOWHERE;
        }
        return this;
    }

    long row() {
        return row;
    }

    /** The row number of the parent. */
    long parentRow() {
        if (parentRow == NOWHERE) {
            table.origin().locateParent(this);
        }
        return parentRow;
    }

    /** Which child of its parent this row is, from 0. */
    int childIndex() {
        parentRow();
        return childIndex;
    }

    /** How many children the parent has. */
    int siblings() {
        parentRow();
        return siblings;
    }

    RowCursor parent() {
        if (parent == null) {
            parent = new RowCursor(table.parent(), scratch);
        }
        return parent.moveTo(parentRow());
    }

    /** The cursor of the referenced table that got this place, at {@code otherRow}. */
    RowCursor other(int place, long otherRow) {
        RowCursor other = others[place];
        if (other == null) {
            other = new RowCursor(table.others().get(place), scratch);
            others[place] = other;
        }
        return other.moveTo(otherRow);
    }

    @Nullable
    Object memory(int place) {
        return memories[place];
    }

    void remember(int place, Object memory) {
        memories[place] = memory;
    }

    /** Room for a value that is only looked at; written after what is there and taken away again. */
    TupleBuffer scratch() {
        return scratch;
    }

    void setParent(long newParentRow, int newChildIndex, int newSiblings) {
        parentRow = newParentRow;
        childIndex = newChildIndex;
        siblings = newSiblings;
    }

    long block() {
        return block;
    }

    int[] blockStarts() {
        return blockStarts;
    }

    /** Which parent of the block was found last. */
    int member() {
        return member;
    }

    void setMember(int newMember) {
        member = newMember;
    }

    void setBlock(long newBlock, int[] starts) {
        block = newBlock;
        blockStarts = starts;
    }
}
