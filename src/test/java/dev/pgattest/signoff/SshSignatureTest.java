package dev.pgattest.signoff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.Problem;
import dev.pgattest.Sha256;
import dev.pgattest.testing.SshKeys;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signatures in {@code src/test/resources/signoff} were made by ssh-keygen 9.2; others are made while the tests run. */
class SshSignatureTest {

    private static final Path STORED = Path.of("src/test/resources/signoff");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"ed25519", "ecdsa256", "ecdsa384", "ecdsa521", "rsa2048"})
    void accepts_stored_signatures_and_no_other_text(String name) throws IOException {
        byte[] statement = Files.readAllBytes(STORED.resolve("statement.txt"));
        SshSignature signature = SshSignature.parse(Files.readString(STORED.resolve(name + ".sig")))
                .orThrow();

        assertThat(signature.verifies(statement)).isTrue();
        assertThat(signature.namespace()).isEqualTo("pgattest");
        for (int i = 0; i < statement.length; i++) {
            statement[i] ^= 1;
            assertThat(signature.verifies(statement)).isFalse();
            statement[i] ^= 1;
        }
    }

    @ParameterizedTest
    @CsvSource({"ed25519,", "ecdsa,256", "ecdsa,384", "ecdsa,521", "rsa,2048"})
    void accepts_what_ssh_keygen_signs_now(String type, String bits) {
        SshKeys keys = new SshKeys(folder);
        Path key = bits == null ? keys.generate("key", type) : keys.generate("key", type, "-b", bits);
        // Short and long numbers of ECDSA come by chance: several texts meet both.
        for (int i = 0; i < 8; i++) {
            String text = "text " + i + "\n";
            SshSignature signature =
                    SshSignature.parse(keys.sign(key, "any space", text)).orThrow();
            assertThat(signature.verifies(text.getBytes(StandardCharsets.UTF_8)))
                    .isTrue();
            assertThat(signature.namespace()).isEqualTo("any space");
            assertThat(SshKeys.publicKey(key)).contains(signature.key().base64());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ed25519", "ecdsa256", "rsa2048"})
    void survives_any_changed_byte_and_any_cut_and_accepts_none(String name) throws IOException {
        byte[] statement = Files.readAllBytes(STORED.resolve("statement.txt"));
        byte[] right = decoded(Files.readString(STORED.resolve(name + ".sig")));
        for (int i = 0; i < right.length; i++) {
            byte[] changed = right.clone();
            changed[i] ^= 0x41;
            assertThat(isAccepted(changed, statement)).as("byte %s", i).isFalse();
            assertThat(isAccepted(Arrays.copyOf(right, i), statement))
                    .as("cut at %s", i)
                    .isFalse();
        }
        assertThat(isAccepted(Arrays.copyOf(right, right.length + 1), statement))
                .isFalse();
    }

    @Test
    void accepts_what_a_security_key_signs() throws GeneralSecurityException {
        byte[] message = "message".getBytes(StandardCharsets.UTF_8);
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] encoded = pair.getPublic().getEncoded();
        byte[] point = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
        String type = "sk-ssh-ed25519@openssh.com";
        byte[] key = joined(string(type), string(point), string("ssh:"));
        byte[] signed = joined(
                "SSHSIG".getBytes(StandardCharsets.UTF_8),
                string("pgattest"),
                string(""),
                string("sha256"),
                string(Sha256.digest().digest(message)));
        byte[] flagsAndCounter = {1, 0, 0, 0, 7};
        Signature signer = Signature.getInstance("Ed25519");
        signer.initSign(pair.getPrivate());
        signer.update(joined(
                Sha256.digest().digest("ssh:".getBytes(StandardCharsets.UTF_8)),
                flagsAndCounter,
                Sha256.digest().digest(signed)));
        byte[] raw = joined(string(type), string(signer.sign()), flagsAndCounter);
        byte[] signature = joined(
                "SSHSIG".getBytes(StandardCharsets.UTF_8),
                new byte[] {0, 0, 0, 1},
                string(key),
                string("pgattest"),
                string(""),
                string("sha256"),
                string(raw));

        assertThat(isAccepted(signature, message)).isTrue();
        signature[signature.length - 1] ^= 1;
        assertThat(isAccepted(signature, message)).as("another counter").isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no signature",
                "-----BEGIN SSH SIGNATURE-----",
                "-----BEGIN SSH SIGNATURE----------END SSH SIGNATURE-----",
                "-----BEGIN SSH SIGNATURE-----\n*\n-----END SSH SIGNATURE-----",
                "-----BEGIN SSH SIGNATURE-----\nU1NIU0lHAAAAAg==\n-----END SSH SIGNATURE-----",
                "-----BEGIN PGP SIGNATURE-----\nAAAA\n-----END PGP SIGNATURE-----"
            })
    void says_why_a_text_is_no_signature(String text) {
        List<Problem> problems = SshSignature.parse(text).problems();

        assertThat(problems).hasSize(1);
        assertThat(problems.get(0).message()).startsWith("the signature cannot be read: ");
    }

    @Test
    void refuses_the_digest_sha_1_and_short_rsa_keys() {
        SshKeys keys = new SshKeys(folder);
        Path key = keys.generate("short", "rsa", "-b", "1024");

        assertThat(SshSignature.parse(keys.sign(key, "pgattest", "x")).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("an RSA key of 1024 bits is too short"));
    }

    private static boolean isAccepted(byte[] signature, byte[] message) {
        String text = "-----BEGIN SSH SIGNATURE-----\n"
                + Base64.getMimeEncoder(70, new byte[] {'\n'}).encodeToString(signature)
                + "\n-----END SSH SIGNATURE-----\n";
        var parsed = SshSignature.parse(text);
        return parsed.problems().isEmpty() && parsed.orThrow().verifies(message);
    }

    private static byte[] decoded(String armoured) {
        return Base64.getMimeDecoder().decode(armoured.replaceAll("-----[A-Z ]+-----", ""));
    }

    private static byte[] string(String text) {
        return string(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] string(byte[] bytes) {
        return ByteBuffer.allocate(4 + bytes.length)
                .putInt(bytes.length)
                .put(bytes)
                .array();
    }

    private static byte[] joined(byte[]... parts) {
        ByteBuffer all = ByteBuffer.allocate(
                Arrays.stream(parts).mapToInt(part -> part.length).sum());
        Arrays.stream(parts).forEach(all::put);
        return all.array();
    }
}
