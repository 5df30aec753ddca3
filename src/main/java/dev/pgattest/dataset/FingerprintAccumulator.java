package dev.pgattest.dataset;

import dev.pgattest.Sha256;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Sums rows up to a fingerprint that depends neither on their order nor on how they were divided: the SHA-256 of each tuple is added as
 * four unsigned 64-bit lanes, and the fingerprint is the SHA-256 of the row count and the four sums, all big-endian. For one thread;
 * {@link #merge} joins those of several.
 */
public final class FingerprintAccumulator {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int LANES = 4;
    private static final int BATCH_ROWS = 256;

    private final MessageDigest digest = Sha256.digest();
    private final byte[] hash = new byte[LANES * Long.BYTES];
    private final long[] sums = new long[LANES];
    private long rows;

    /** Adds one tuple, as binary COPY has it: field count, then length and bytes of each field. */
    public void add(byte[] bytes, int offset, int length) {
        digest.update(bytes, offset, length);
        try {
            digest.digest(hash, 0, hash.length);
        } catch (DigestException e) {
            throw new IllegalStateException("a SHA-256 fits into " + hash.length + " bytes", e);
        }
        for (int lane = 0; lane < LANES; lane++) {
            sums[lane] += (long) LONG.get(hash, lane * Long.BYTES);
        }
        rows++;
    }

    /** Makes and adds the rows of a table from {@code fromRow} up to, not including, {@code toRow}. */
    public void addRows(TableData table, long fromRow, long toRow) {
        TupleBuffer out = new TupleBuffer(BATCH_ROWS * 256);
        for (long row = fromRow; row < toRow; row += BATCH_ROWS) {
            out.clear();
            table.writeTuples(row, Math.min(toRow, row + BATCH_ROWS), out);
            int start = 0;
            while (start < out.length()) {
                int end = BinaryCopy.tupleEnd(out.array(), start, out.length());
                add(out.array(), start, end - start);
                start = end;
            }
        }
    }

    /** Adds what another has seen. */
    public void merge(FingerprintAccumulator other) {
        for (int lane = 0; lane < LANES; lane++) {
            sums[lane] += other.sums[lane];
        }
        rows += other.rows;
    }

    /** How many rows were added. */
    public long rows() {
        return rows;
    }

    /** The fingerprint of all rows added so far; more may be added. */
    public Fingerprint fingerprint(String table) {
        ByteBuffer summary = ByteBuffer.allocate((1 + LANES) * Long.BYTES).putLong(rows);
        for (long sum : sums) {
            summary.putLong(sum);
        }
        return new Fingerprint(HexFormat.of().formatHex(Sha256.digest().digest(summary.array())), rows, table);
    }
}
