package dev.pgattest.dataset;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A growing array of bytes that tuples are written into, big-endian; for one thread, to be cleared and used again. */
public final class TupleBuffer {

    private static final VarHandle SHORT = view(short[].class);
    private static final VarHandle INT = view(int[].class);
    private static final VarHandle LONG = view(long[].class);

    private byte[] bytes;
    private int length;

    /** An empty buffer with room for {@code capacity} bytes before it grows. */
    public TupleBuffer(int capacity) {
        bytes = new byte[Math.max(16, capacity)];
    }

    /** The bytes written so far and, after {@link #length()}, room of no meaning; not a copy, valid until the next write. */
    public byte[] array() {
        return bytes;
    }

    /** How many bytes are written. */
    public int length() {
        return length;
    }

    /** Forgets everything written and keeps the room. */
    public void clear() {
        length = 0;
    }

    /** A copy of what is written. */
    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    void truncate(int newLength) {
        length = newLength;
    }

    void writeByte(int value) {
        ensure(1);
        bytes[length++] = (byte) value;
    }

    void writeShort(int value) {
        ensure(2);
        SHORT.set(bytes, length, (short) value);
        length += 2;
    }

    void writeInt(int value) {
        ensure(4);
        INT.set(bytes, length, value);
        length += 4;
    }

    void writeLong(long value) {
        ensure(8);
        LONG.set(bytes, length, value);
        length += 8;
    }

    /** Writes a field of eight bytes: its length and its value. */
    void writeField(long value) {
        ensure(Integer.BYTES + Long.BYTES);
        INT.set(bytes, length, Long.BYTES);
        LONG.set(bytes, length + Integer.BYTES, value);
        length += Integer.BYTES + Long.BYTES;
    }

    /** Writes a field of sixteen bytes: its length and its value. */
    void writeField(long high, long low) {
        ensure(Integer.BYTES + 2 * Long.BYTES);
        INT.set(bytes, length, 2 * Long.BYTES);
        LONG.set(bytes, length + Integer.BYTES, high);
        LONG.set(bytes, length + Integer.BYTES + Long.BYTES, low);
        length += Integer.BYTES + 2 * Long.BYTES;
    }

    /** Writes the first {@code count} bytes of the words; what the last word has beyond them is overwritten by what follows. */
    void writeWords(long[] words, int count) {
        ensure(words.length * Long.BYTES);
        for (int i = 0; i < words.length; i++) {
            LONG.set(bytes, length + i * Long.BYTES, words[i]);
        }
        length += count;
    }

    void writeBytes(byte[] source) {
        ensure(source.length);
        System.arraycopy(source, 0, bytes, length, source.length);
        length += source.length;
    }

    void writeBytes(byte[] source, int offset, int count) {
        ensure(count);
        System.arraycopy(source, offset, bytes, length, count);
        length += count;
    }

    void setInt(int offset, int value) {
        INT.set(bytes, offset, value);
    }

    void setShort(int offset, int value) {
        SHORT.set(bytes, offset, (short) value);
    }

    /** Writes a decimal number without creating an object, because documents hold many. */
    void writeDecimal(long value) {
        ensure(20);
        if (value == Long.MIN_VALUE) {
            writeAscii("-9223372036854775808");
            return;
        }
        long rest = value;
        if (rest < 0) {
            bytes[length++] = '-';
            rest = -rest;
        }
        int digits = digits(rest);
        int place = length + digits;
        while (rest > Integer.MAX_VALUE) {
            bytes[--place] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        // Most numbers are small, and 32 bits divide faster.
        int small = (int) rest;
        while (place > length) {
            int quotient = small / 10;
            bytes[--place] = (byte) ('0' + small - quotient * 10);
            small = quotient;
        }
        length += digits;
    }

    private static int digits(long value) {
        int digits = 1;
        for (long power = 10; digits < 19 && value >= power; power *= 10) {
            digits++;
        }
        return digits;
    }

    void writeAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            writeByte(text.charAt(i));
        }
    }

    /** Writes the 16 hexadecimal digits of {@code value}. */
    void writeHex(long value) {
        ensure(16);
        LONG.set(bytes, length, hexDigits(value >>> 32));
        LONG.set(bytes, length + 8, hexDigits(value & 0xFFFF_FFFFL));
        length += 16;
    }

    /** The eight hexadecimal digits of a number of 32 bits, all at once: spread to a byte each, then turned into ASCII. */
    private static long hexDigits(long value) {
        long spread = (value & 0xFFFF_0000L) << 16 | (value & 0xFFFFL);
        spread = (spread & 0x0000_FF00_0000_FF00L) << 8 | (spread & 0x0000_00FF_0000_00FFL);
        spread = (spread & 0x00F0_00F0_00F0_00F0L) << 4 | (spread & 0x000F_000F_000F_000FL);
        long letters = (spread + 0x0606_0606_0606_0606L) >>> 4 & 0x0101_0101_0101_0101L;
        return spread + 0x3030_3030_3030_3030L + letters * ('a' - '0' - 10);
    }

    /** Writes the lowest {@code digits} hexadecimal digits of {@code value}. */
    void writeHex(long value, int digits) {
        ensure(digits);
        for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
            bytes[length++] = (byte) Character.forDigit((int) (value >>> shift) & 0xF, 16);
        }
    }

    void ensure(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.multiplyExact(bytes.length, 2), Math.addExact(length, more)));
        }
    }

    private static VarHandle view(Class<?> arrayType) {
        return MethodHandles.byteArrayViewVarHandle(arrayType, ByteOrder.BIG_ENDIAN);
    }
}
