package dev.pgattest.files;

import dev.pgattest.PgattestException;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Signs with {@code ssh-keygen}, which knows how to reach private keys: in files, in an agent, in a security key. */
public final class SshKeygen {

    /** Those that ssh itself tries, strongest first. */
    private static final List<String> USUAL_KEYS =
            List.of("id_ed25519", "id_ed25519_sk", "id_ecdsa", "id_ecdsa_sk", "id_rsa");

    private SshKeygen() {}

    /** The first of the keys that ssh uses by itself, in {@code ~/.ssh}; empty when the user has none. */
    public static Optional<Path> usualKey() {
        Path folder = Path.of(System.getProperty("user.home"), ".ssh");
        return USUAL_KEYS.stream()
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /**
     * The armoured signature over a text. A question for a passphrase, or for a touch, is put on the terminal.
     *
     * @param key file of the private key, or of the public one when an agent has the private one
     * @throws PgattestException of bad input when there is no such file, of the environment when ssh-keygen is missing or refuses
     */
    public static String sign(Path key, String namespace, String text) {
        if (!Files.isRegularFile(key)) {
            throw PgattestException.badInput(
                    "there is no key '" + key + "'",
                    "name the file of your key with --key, or make one: ssh-keygen -t ed25519");
        }
        try {
            Path folder = Files.createTempDirectory("pgattest-sign-");
            Path file = folder.resolve("statement.txt");
            Path signature = folder.resolve("statement.txt.sig");
            try {
                Files.writeString(file, text);
                run(key, namespace, file);
                return Files.readString(signature);
            } finally {
                Files.deleteIfExists(signature);
                Files.deleteIfExists(file);
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            throw PgattestException.environment(
                    "ssh-keygen cannot be run: " + e.getMessage(), "install OpenSSH (openssh-client)", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw PgattestException.environment("interrupted while ssh-keygen ran", "run the command again", e);
        }
    }

    /** Its standard input and error stay the user's, because that is where it asks. */
    private static void run(Path key, String namespace, Path file) throws IOException, InterruptedException {
        String absolute = key.toAbsolutePath().toString();
        Process process = new ProcessBuilder(
                        "ssh-keygen", "-q", "-Y", "sign", "-n", namespace, "-f", absolute, file.toString())
                .redirectInput(Redirect.INHERIT)
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.INHERIT)
                .start();
        int code = process.waitFor();
        if (code != 0) {
            throw PgattestException.environment(
                    "ssh-keygen did not sign with '" + key + "' (it ended with " + code + ")",
                    "what it said stands above; it needs a private key, or a public one whose private key is in ssh-agent");
        }
    }
}
