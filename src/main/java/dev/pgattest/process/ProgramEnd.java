package dev.pgattest.process;

import dev.pgattest.PgattestException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * How a program ended and what it printed.
 *
 * @param status exit status, 0 for success
 * @param output standard output, and standard error too where the builder sends it there
 * @param errors standard error where the builder keeps it apart; else empty
 */
public record ProgramEnd(int status, String output, String errors) {

    private static final long LONGEST_SECONDS = 120;
    private static final File NOTHING = new File("/dev/null");

    /**
     * Runs a program to its end, at most two minutes. It has nothing to read.
     *
     * @throws IOException when it cannot be started or does not end in time
     * @throws PgattestException of the environment when this thread is interrupted; the program is ended then
     */
    public static ProgramEnd of(ProcessBuilder builder) throws IOException {
        Path output = Files.createTempFile("pgattest-output-", ".txt");
        Path errors = Files.createTempFile("pgattest-errors-", ".txt");
        try {
            builder.redirectInput(NOTHING).redirectOutput(output.toFile());
            if (!builder.redirectErrorStream()) {
                builder.redirectError(errors.toFile());
            }
            Process process = builder.start();
            if (!awaitEnd(process)) {
                process.destroyForcibly();
                throw new IOException(builder.command().get(0) + " did not end within " + LONGEST_SECONDS + " s");
            }
            return new ProgramEnd(process.exitValue(), text(output), text(errors));
        } finally {
            Files.deleteIfExists(output);
            Files.deleteIfExists(errors);
        }
    }

    /** Whatever bytes a program prints are no reason to fail. */
    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    private static boolean awaitEnd(Process process) {
        try {
            return process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw PgattestException.environment("interrupted", "run the command again", e);
        }
    }
}
