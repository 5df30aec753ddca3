package dev.pgattest.signoff;

import dev.pgattest.Problem;
import dev.pgattest.Result;
import dev.pgattest.Sha256;
import dev.pgattest.signoff.SshReader.SshFormatException;
import java.util.Base64;
import java.util.List;

/**
 * A public key as SSH writes it (RFC 4253, section 6.6; RFC 5656; RFC 8709; PROTOCOL.u2f of OpenSSH).
 *
 * @param type such as {@code ssh-ed25519}
 * @param base64 the whole key, canonical, so that equal keys have equal texts
 */
public record SshPublicKey(String type, String base64) {

    /** The types that {@link SshVerifier} knows; those that begin with {@code sk-} live in a security key. */
    static final List<String> TYPES = List.of(
            "ssh-ed25519",
            "ecdsa-sha2-nistp256",
            "ecdsa-sha2-nistp384",
            "ecdsa-sha2-nistp521",
            "ssh-rsa",
            "sk-ssh-ed25519@openssh.com",
            "sk-ecdsa-sha2-nistp256@openssh.com");

    /** The key in the bytes of a signature. */
    static SshPublicKey of(byte[] blob) {
        String type = new SshReader(blob).text();
        if (!TYPES.contains(type)) {
            throw new SshFormatException("its key has the type " + printable(type) + ", which is not supported");
        }
        return new SshPublicKey(type, Base64.getEncoder().encodeToString(blob));
    }

    /**
     * The key of a line such as {@code ssh-ed25519 AAAA...}; the problem has no place.
     *
     * @param type the word before the key, which must be the type that is written in it
     */
    static Result<SshPublicKey> parse(String type, String base64) {
        String known = "use a key that `ssh-keygen -t ed25519` makes; known types: " + String.join(", ", TYPES);
        if (!TYPES.contains(type)) {
            return Result.rejected(Problem.ofInput("a key of the type " + type + " is not supported", known));
        }
        try {
            SshPublicKey key = of(Base64.getDecoder().decode(base64));
            SshVerifier.requireUsable(key);
            return key.type().equals(type)
                    ? Result.of(key)
                    : Result.rejected(Problem.ofInput(
                            "the key says " + key.type() + ", the word before it " + type,
                            "copy the line of the .pub file again"));
        } catch (SshFormatException | IllegalArgumentException e) {
            return Result.rejected(Problem.ofInput(
                    "the key cannot be read: " + e.getMessage(), "copy the line of the .pub file again"));
        }
    }

    byte[] blob() {
        return Base64.getDecoder().decode(base64);
    }

    /** As {@code ssh-keygen -l} prints it: {@code SHA256:...}. */
    public String fingerprint() {
        return "SHA256:"
                + Base64.getEncoder()
                        .withoutPadding()
                        .encodeToString(Sha256.digest().digest(blob()));
    }

    private static String printable(String text) {
        return text.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
