package dev.pgattest.signoff;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads values in the wire format of SSH (RFC 4251, section 5). */
final class SshReader {

    private final ByteBuffer bytes;

    SshReader(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    byte[] bytes(int count) {
        if (count < 0 || count > bytes.remaining()) {
            throw new SshFormatException("it ends too early");
        }
        byte[] read = new byte[count];
        bytes.get(read);
        return read;
    }

    int uint32() {
        return ByteBuffer.wrap(bytes(Integer.BYTES)).getInt();
    }

    byte[] string() {
        return bytes(uint32());
    }

    String text() {
        return new String(string(), StandardCharsets.UTF_8);
    }

    BigInteger number() {
        byte[] read = string();
        return read.length == 0 ? BigInteger.ZERO : new BigInteger(read);
    }

    void requireEnd() {
        if (bytes.hasRemaining()) {
            throw new SshFormatException("something follows its end");
        }
    }

    /** Bytes that are not what SSH writes; those who parse turn it into a problem. */
    static final class SshFormatException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        SshFormatException(String message) {
            super(message);
        }
    }
}
