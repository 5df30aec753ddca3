package dev.pgattest.dataset;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * PostgreSQL's binary COPY format: a header, tuples, a trailer. Source: the section "Binary Format" of the page on COPY in PostgreSQL's
 * manual.
 */
public final class BinaryCopy {

    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0};
    private static final int HEADER_BYTES = SIGNATURE.length + 2 * Integer.BYTES;
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final int TRAILER = -1;
    private static final int INCOMPLETE = -1;

    private BinaryCopy() {}

    /** The bytes before the first tuple: signature, no flags, no extension. */
    public static byte[] header() {
        return Arrays.copyOf(SIGNATURE, HEADER_BYTES);
    }

    /** The bytes after the last tuple. */
    public static byte[] trailer() {
        return new byte[] {(byte) 0xFF, (byte) 0xFF};
    }

    /** The offset after the tuple that begins at {@code start}, or -1 when the {@code length} bytes don't hold all of it. */
    static int tupleEnd(byte[] bytes, int start, int length) {
        if (length - start < Short.BYTES) {
            return INCOMPLETE;
        }
        int fields = (short) SHORT.get(bytes, start);
        int end = start + Short.BYTES;
        for (int field = 0; field < fields; field++) {
            if (length - end < Integer.BYTES) {
                return INCOMPLETE;
            }
            int size = (int) INT.get(bytes, end);
            end += Integer.BYTES;
            if (size > length - end) {
                return INCOMPLETE;
            }
            end += Math.max(0, size);
        }
        return end;
    }

    /** Takes the tuples of a stream. */
    @FunctionalInterface
    public interface TupleConsumer {
        /** The tuple is {@code length} bytes from {@code offset}; they are valid only during the call. */
        void accept(byte[] bytes, int offset, int length);
    }

    /** Splits a stream, given piece by piece and cut anywhere, into tuples. */
    public static final class TupleReader {

        private final TupleConsumer consumer;
        private byte[] pending = new byte[1 << 16];
        private int length;
        private boolean headerRead;
        private boolean trailerRead;

        /** A reader at the start of a stream. */
        public TupleReader(TupleConsumer consumer) {
            this.consumer = consumer;
        }

        /**
         * Takes the next piece and hands on every tuple that it completes.
         *
         * @throws IllegalArgumentException when the stream does not begin with the header of the format
         */
        public void accept(byte[] bytes) {
            if (pending.length - length < bytes.length) {
                pending = Arrays.copyOf(pending, Math.max(2 * pending.length, length + bytes.length));
            }
            System.arraycopy(bytes, 0, pending, length, bytes.length);
            length += bytes.length;
            int start = headerRead ? 0 : readHeader();
            while (headerRead && !trailerRead && length - start >= Short.BYTES) {
                if ((short) SHORT.get(pending, start) == TRAILER) {
                    trailerRead = true;
                    break;
                }
                int end = tupleEnd(pending, start, length);
                if (end == INCOMPLETE) {
                    break;
                }
                consumer.accept(pending, start, end - start);
                start = end;
            }
            System.arraycopy(pending, start, pending, 0, length - start);
            length -= start;
        }

        /**
         * Says that the stream has ended.
         *
         * @throws IllegalStateException when it ended before the trailer
         */
        public void finish() {
            if (!trailerRead) {
                throw new IllegalStateException("the binary COPY stream ended before its trailer");
            }
        }

        private int readHeader() {
            if (length < HEADER_BYTES) {
                return 0;
            }
            if (!Arrays.equals(pending, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length)) {
                throw new IllegalArgumentException("the stream is not in PostgreSQL's binary COPY format");
            }
            int extension = (int) INT.get(pending, HEADER_BYTES - Integer.BYTES);
            if (length < HEADER_BYTES + extension) {
                return 0;
            }
            headerRead = true;
            return HEADER_BYTES + extension;
        }
    }
}
