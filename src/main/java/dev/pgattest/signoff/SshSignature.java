package dev.pgattest.signoff;

import dev.pgattest.Problem;
import dev.pgattest.Result;
import dev.pgattest.signoff.SshReader.SshFormatException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** A signature in the format of {@code ssh-keygen -Y sign} (PROTOCOL.sshsig of OpenSSH), which git uses too. */
public final class SshSignature {

    private static final byte[] MAGIC = "SSHSIG".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 1;
    private static final String BEGIN = "-----BEGIN SSH SIGNATURE-----";
    private static final String END = "-----END SSH SIGNATURE-----";

    /** Far above the signature of the longest key. */
    private static final int LONGEST_TEXT = 100_000;

    private static final Map<String, String> DIGESTS = Map.of("sha256", "SHA-256", "sha512", "SHA-512");

    private final SshPublicKey key;
    private final String namespace;
    private final byte[] reserved;
    private final String hash;
    private final byte[] raw;

    private SshSignature(SshReader reader) {
        if (!Arrays.equals(reader.bytes(MAGIC.length), MAGIC)) {
            throw new SshFormatException("it does not begin with SSHSIG");
        }
        int version = reader.uint32();
        if (version != VERSION) {
            throw new SshFormatException("its version is " + version + ", not " + VERSION);
        }
        this.key = SshPublicKey.of(reader.string());
        this.namespace = reader.text();
        this.reserved = reader.string();
        this.hash = reader.text();
        this.raw = reader.string();
        reader.requireEnd();
        if (!DIGESTS.containsKey(hash)) {
            throw new SshFormatException("its digest is neither sha256 nor sha512");
        }
        SshVerifier.requireUsable(key);
    }

    /** Reads the armoured text; the problem has no place. */
    public static Result<SshSignature> parse(String text) {
        String stripped = text.strip();
        if (text.length() > LONGEST_TEXT || !stripped.startsWith(BEGIN) || !stripped.endsWith(END)) {
            return unreadable("it is not framed by `" + BEGIN + "` and `" + END + "`");
        }
        try {
            String body = stripped.substring(BEGIN.length(), stripped.length() - END.length());
            byte[] bytes = Base64.getDecoder().decode(body.replaceAll("[\\r\\n]", ""));
            return Result.of(new SshSignature(new SshReader(bytes)));
        } catch (SshFormatException | IllegalArgumentException | StringIndexOutOfBoundsException e) {
            return unreadable(String.valueOf(e.getMessage()));
        }
    }

    private static Result<SshSignature> unreadable(String why) {
        return Result.rejected(Problem.ofInput("the signature cannot be read: " + why, "sign again"));
    }

    /** The key that it claims to be of. */
    public SshPublicKey key() {
        return key;
    }

    /** What it was made for; a signature for one purpose means nothing for another. */
    public String namespace() {
        return namespace;
    }

    /** Whether the holder of {@link #key} signed exactly this message in this namespace. */
    public boolean verifies(byte[] message) {
        byte[] digest = digest(message);
        byte[] purpose = namespace.getBytes(StandardCharsets.UTF_8);
        byte[] algorithm = hash.getBytes(StandardCharsets.UTF_8);
        int lengths = 4 * Integer.BYTES;
        ByteBuffer signed = ByteBuffer.allocate(
                MAGIC.length + purpose.length + reserved.length + algorithm.length + digest.length + lengths);
        signed.put(MAGIC);
        for (byte[] part : List.of(purpose, reserved, algorithm, digest)) {
            signed.putInt(part.length).put(part);
        }
        try {
            return SshVerifier.verifies(key, raw, signed.array());
        } catch (SshFormatException e) {
            return false;
        }
    }

    private byte[] digest(byte[] message) {
        try {
            return MessageDigest.getInstance(DIGESTS.get(hash)).digest(message);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + hash, e);
        }
    }
}
