package dev.pgattest.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Keys and signatures of the real {@code ssh-keygen}, which these tests need: it comes with git, or as openssh-client. */
public final class SshKeys {

    private final Path folder;

    public SshKeys(Path folder) {
        this.folder = folder;
    }

    /** Makes a key without a passphrase; gives the file of the private one. */
    public Path generate(String name, String... type) {
        Path key = folder.resolve(name);
        List<String> arguments = new ArrayList<>(List.of("-q", "-N", "", "-C", "test", "-f", key.toString(), "-t"));
        arguments.addAll(List.of(type));
        assertThat(run(null, arguments.toArray(String[]::new)))
                .as("making a key")
                .isZero();
        return key;
    }

    /** The two words of a public key. */
    public static String publicKey(Path key) {
        try {
            return Files.readString(Path.of(key + ".pub")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A signature over a text. */
    public String sign(Path key, String namespace, String text) {
        try {
            Path file = folder.resolve("to-sign.txt");
            Files.deleteIfExists(folder.resolve("to-sign.txt.sig"));
            Files.writeString(file, text);
            assertThat(run(null, "-q", "-Y", "sign", "-n", namespace, "-f", key.toString(), file.toString()))
                    .as("signing")
                    .isZero();
            return Files.readString(folder.resolve("to-sign.txt.sig"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether {@code ssh-keygen -Y verify} accepts a signature over a file. */
    public boolean verifies(Path allowedSigners, String principal, Path signature, Path signed) {
        return run(
                        signed,
                        "-Y",
                        "verify",
                        "-n",
                        "pgattest",
                        "-f",
                        allowedSigners.toString(),
                        "-I",
                        principal,
                        "-s",
                        signature.toString())
                == 0;
    }

    private static int run(@org.jspecify.annotations.Nullable Path input, String... arguments) {
        List<String> command = new ArrayList<>(List.of("ssh-keygen"));
        command.addAll(List.of(arguments));
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            if (input != null) {
                builder.redirectInput(input.toFile());
            }
            Process process = builder.start();
            if (input == null) {
                process.getOutputStream().close();
            }
            new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("these tests need ssh-keygen; install openssh-client", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
