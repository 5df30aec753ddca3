package dev.pgattest.dataset;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A few cells made beforehand and held as words: most are so short that a store for every eight bytes is faster than a copy. */
final class CellTable {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final byte[][] cells;
    private final long[][] words;

    CellTable(byte[][] cells) {
        this.cells = cells;
        this.words = Arrays.stream(cells).map(CellTable::words).toArray(long[][]::new);
    }

    int size() {
        return cells.length;
    }

    byte[] cell(int index) {
        return cells[index];
    }

    void write(int index, TupleBuffer out) {
        out.writeWords(words[index], cells[index].length);
    }

    private static long[] words(byte[] cell) {
        int count = (cell.length + Long.BYTES - 1) / Long.BYTES;
        byte[] padded = Arrays.copyOf(cell, count * Long.BYTES);
        long[] words = new long[count];
        for (int i = 0; i < count; i++) {
            words[i] = (long) LONG.get(padded, i * Long.BYTES);
        }
        return words;
    }
}
