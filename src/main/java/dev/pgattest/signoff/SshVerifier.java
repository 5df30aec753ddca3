package dev.pgattest.signoff;

import dev.pgattest.Sha256;
import dev.pgattest.signoff.SshReader.SshFormatException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;

/** Checks raw signatures of SSH keys with the algorithms of the Java platform. */
final class SshVerifier {

    /** What OpenSSH and browsers have long refused to go below. */
    private static final int FEWEST_RSA_BITS = 2048;

    /** SubjectPublicKeyInfo of an Ed25519 key without its last 32 bytes (RFC 8410, section 4). */
    private static final byte[] ED25519_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final int ED25519_BYTES = 32;

    private static final Map<String, Curve> CURVES = Map.of(
            "nistp256", new Curve("secp256r1", 32, "SHA256withECDSAinP1363Format"),
            "nistp384", new Curve("secp384r1", 48, "SHA384withECDSAinP1363Format"),
            "nistp521", new Curve("secp521r1", 66, "SHA512withECDSAinP1363Format"));

    /** A curve with Java's names and the bytes of a coordinate. */
    private record Curve(String name, int bytes, String algorithm) {}

    private SshVerifier() {}

    /** Refuses keys that no signature could be checked with. */
    static void requireUsable(SshPublicKey key) {
        try {
            publicKey(key);
        } catch (GeneralSecurityException e) {
            throw new SshFormatException("it is no key of the type " + key.type());
        }
    }

    /**
     * Whether the holder of the key signed the data.
     *
     * @param blob the signature with the name of its algorithm, as SSH writes it
     */
    static boolean verifies(SshPublicKey key, byte[] blob, byte[] data) {
        SshReader reader = new SshReader(blob);
        String algorithm = reader.text();
        byte[] raw = reader.string();
        byte[] signed = data;
        if (key.type().startsWith("sk-")) {
            signed = bySecurityKey(key, reader.bytes(1 + Integer.BYTES), data);
        }
        reader.requireEnd();
        try {
            Signature signature = Signature.getInstance(javaName(key, algorithm));
            signature.initVerify(publicKey(key));
            signature.update(signed);
            return signature.verify(isEcdsa(key) ? fixedWidth(raw, curve(key).bytes()) : raw);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static String javaName(SshPublicKey key, String algorithm) {
        if (key.type().equals("ssh-rsa")) {
            return switch (algorithm) {
                case "rsa-sha2-256" -> "SHA256withRSA";
                case "rsa-sha2-512" -> "SHA512withRSA";
                default -> throw new SshFormatException("the algorithm " + algorithm + " is not accepted for RSA keys");
            };
        }
        if (!algorithm.equals(key.type())) {
            throw new SshFormatException(
                    "the algorithm " + algorithm + " does not fit a key of the type " + key.type());
        }
        return isEcdsa(key) ? curve(key).algorithm() : "Ed25519";
    }

    /** What a security key signs: the application, its flags and its counter, and the digest of the data. */
    private static byte[] bySecurityKey(SshPublicKey key, byte[] flagsAndCounter, byte[] data) {
        SshReader reader = new SshReader(key.blob());
        reader.text();
        if (isEcdsa(key)) {
            reader.text();
        }
        reader.string();
        byte[] application = Sha256.digest().digest(reader.string());
        byte[] digest = Sha256.digest().digest(data);
        return ByteBuffer.allocate(application.length + flagsAndCounter.length + digest.length)
                .put(application)
                .put(flagsAndCounter)
                .put(digest)
                .array();
    }

    private static PublicKey publicKey(SshPublicKey key) throws GeneralSecurityException {
        SshReader reader = new SshReader(key.blob());
        reader.text();
        PublicKey read =
                isEcdsa(key) ? ecdsa(key, reader) : key.type().equals("ssh-rsa") ? rsa(reader) : ed25519(reader);
        if (key.type().startsWith("sk-")) {
            reader.string();
        }
        reader.requireEnd();
        return read;
    }

    private static PublicKey ed25519(SshReader reader) throws GeneralSecurityException {
        byte[] point = reader.string();
        if (point.length != ED25519_BYTES) {
            throw new SshFormatException("it has " + point.length + " bytes, not " + ED25519_BYTES);
        }
        byte[] encoded = Arrays.copyOf(ED25519_PREFIX, ED25519_PREFIX.length + ED25519_BYTES);
        System.arraycopy(point, 0, encoded, ED25519_PREFIX.length, ED25519_BYTES);
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    }

    private static PublicKey rsa(SshReader reader) throws GeneralSecurityException {
        BigInteger exponent = reader.number();
        BigInteger modulus = reader.number();
        if (modulus.bitLength() < FEWEST_RSA_BITS) {
            throw new SshFormatException(
                    "an RSA key of " + modulus.bitLength() + " bits is too short, it needs " + FEWEST_RSA_BITS);
        }
        return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
    }

    private static PublicKey ecdsa(SshPublicKey key, SshReader reader) throws GeneralSecurityException {
        Curve curve = curve(key);
        if (!key.type().contains(reader.text())) {
            throw new SshFormatException("its curve is not that of its type");
        }
        byte[] point = reader.string();
        if (point.length != 1 + 2 * curve.bytes() || point[0] != 4) {
            throw new SshFormatException("its point is not in the uncompressed form");
        }
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec(curve.name()));
        BigInteger x = new BigInteger(1, Arrays.copyOfRange(point, 1, 1 + curve.bytes()));
        BigInteger y = new BigInteger(1, Arrays.copyOfRange(point, 1 + curve.bytes(), point.length));
        return KeyFactory.getInstance("EC")
                .generatePublic(
                        new ECPublicKeySpec(new ECPoint(x, y), parameters.getParameterSpec(ECParameterSpec.class)));
    }

    /** SSH writes two numbers of any length, Java reads them in the width of the curve. */
    private static byte[] fixedWidth(byte[] raw, int width) throws GeneralSecurityException {
        SshReader reader = new SshReader(raw);
        ByteBuffer both = ByteBuffer.allocate(2 * width);
        for (int i = 0; i < 2; i++) {
            BigInteger number = reader.number();
            if (number.signum() <= 0 || number.bitLength() > width * Byte.SIZE) {
                throw new GeneralSecurityException("not a number of the curve");
            }
            byte[] bytes = number.toByteArray();
            int from = Math.max(0, bytes.length - width);
            both.position(i * width + width - (bytes.length - from));
            both.put(bytes, from, bytes.length - from);
        }
        reader.requireEnd();
        return both.array();
    }

    private static boolean isEcdsa(SshPublicKey key) {
        return key.type().contains("ecdsa");
    }

    private static Curve curve(SshPublicKey key) {
        return CURVES.entrySet().stream()
                .filter(curve -> key.type().contains(curve.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new SshFormatException("it has an unknown curve"));
    }
}
