package dev.pgattest.postgres.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The main process of the server that runs on a data folder.
 *
 * @param process the process
 */
record Postmaster(ProcessHandle process) {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int STATUS_LINE = 7;

    /** The server of a data folder; empty when none runs, even when another process has its id by now. */
    static Optional<Postmaster> of(Path data) {
        return firstLine(data)
                .flatMap(ProcessHandle::of)
                .filter(Postmaster::runs)
                .filter(process -> serves(process, data))
                .map(Postmaster::new);
    }

    /** Whether the server of a data folder says that it accepts connections. */
    static boolean isReady(Path data) {
        List<String> lines = lines(data);
        return lines.size() > STATUS_LINE && lines.get(STATUS_LINE).strip().equals("ready");
    }

    /** Whether a process runs; one that has ended and that nobody has waited for has no program any more. */
    static boolean runs(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
    }

    /** Stops the server at once, without a checkpoint: its data is about to be deleted. */
    void stop() {
        signal("QUIT");
        if (!awaitEnd()) {
            process.destroyForcibly();
            awaitEnd();
        }
    }

    private void signal(String name) {
        // Through the shell because not every system has a program for what is built into every shell.
        Commands.succeeds(List.of("sh", "-c", "kill -" + name + " \"$1\"", "sh", String.valueOf(process.pid())));
    }

    private boolean awaitEnd() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (runs(process)) {
            if (System.nanoTime() > end) {
                return false;
            }
            Pause.milliseconds(10);
        }
        return true;
    }

    private static boolean serves(ProcessHandle process, Path data) {
        boolean isPostgres = process.info()
                .command()
                .filter(command -> command.endsWith("/postgres"))
                .isPresent();
        return isPostgres
                && process.info()
                        .arguments()
                        .filter(arguments -> Arrays.asList(arguments).contains(data.toString()))
                        .isPresent();
    }

    private static Optional<Long> firstLine(Path data) {
        return lines(data).stream()
                .findFirst()
                .map(String::strip)
                .filter(line -> line.matches("[0-9]{1,10}"))
                .map(Long::valueOf);
    }

    private static List<String> lines(Path data) {
        try {
            return Files.readAllLines(data.resolve("postmaster.pid"));
        } catch (IOException e) {
            return List.of();
        }
    }
}
