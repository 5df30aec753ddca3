package dev.pgattest.postgres.server;

import dev.pgattest.PgattestException;
import dev.pgattest.Problem;
import dev.pgattest.postgres.Secret;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * How a cluster comes up: {@code initdb}, then {@code postgres} on a free port, then waiting until it is ready.
 *
 * @param account under which user
 * @param programs with which programs
 * @param ports where free ports come from
 */
record Launch(Account account, Programs programs, IntSupplier ports) {

    private static final int PORT_ATTEMPTS = 5;
    private static final int FIRST_WITH_CHECKSUMS = 18;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final List<String> NO_PORT =
            List.of("could not bind", "could not create any TCP/IP sockets", "Address already in use");

    /** Makes the data folder and starts the server; returns its port. */
    int start(ClusterLife life, ClusterRequest request, Secret password) throws IOException {
        ClusterOwner.ofThisProcess(request, programs).write(life.folder().path());
        initialize(life, password);
        for (int attempt = 1; ; attempt++) {
            int port = ports.getAsInt();
            if (serve(life, request, port)) {
                if (request.retention() == Retention.KEEP) {
                    writePrivate(life.folder().passwordFile(), passwordLine(port, password));
                }
                return port;
            }
            if (attempt == PORT_ATTEMPTS) {
                throw PgattestException.environment(
                        "PostgreSQL found no free port of 127.0.0.1 in " + PORT_ATTEMPTS + " attempts, the last was "
                                + port,
                        "close programs that listen there");
            }
        }
    }

    private void initialize(ClusterLife life, Secret password) throws IOException {
        Path passwordFile = life.folder().path().resolve("initial-password");
        writePrivate(passwordFile, password.value() + "\n");
        account.give(passwordFile);
        try {
            // C.UTF-8 sorts like C and knows letters beyond ASCII, but not every system has it.
            if (!initialized(life, passwordFile, "C.UTF-8") && !initialized(life, passwordFile, "C")) {
                throw PgattestException.environment(
                        "initdb failed:\n  " + life.folder().logTail(),
                        "look at its message; a full disk and missing shared memory are the usual causes");
            }
        } finally {
            Files.deleteIfExists(passwordFile);
        }
    }

    private boolean initialized(ClusterLife life, Path passwordFile, String locale) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                programs.initdb(),
                "--pgdata=" + life.folder().data(),
                "--username=" + Cluster.SUPERUSER,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=" + locale,
                "--no-sync",
                "--no-instructions"));
        if (programs.version().major() >= FIRST_WITH_CHECKSUMS) {
            command.add("--no-data-checksums");
        }
        Process process = launch(life, command);
        boolean done = waitFor(process);
        boolean localeMissing = life.folder().logLines().stream()
                .anyMatch(line -> line.toLowerCase(Locale.ROOT).contains("locale name"));
        if (!done && !localeMissing) {
            throw PgattestException.environment(
                    "initdb failed:\n  " + life.folder().logTail(),
                    "free space on the disk, then run the command again");
        }
        return done;
    }

    /** Whether the server is ready; false when another process has taken the port. */
    private boolean serve(ClusterLife life, ClusterRequest request, int port) throws IOException {
        ClusterFolder folder = life.folder();
        Files.writeString(folder.configuration(), ClusterSettings.file(folder.data(), port, request.settings()));
        Process process = launch(life, server(folder));
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!Postmaster.isReady(folder.data())) {
            if (!process.isAlive()) {
                return serverEnded(folder, request, port);
            }
            if (System.nanoTime() > end) {
                throw notStarted("it was not ready within " + PATIENCE.toSeconds() + " s", folder);
            }
            Pause.milliseconds(10);
        }
        return true;
    }

    /** False when the port was taken; every other failure to start is thrown. */
    private boolean serverEnded(ClusterFolder folder, ClusterRequest request, int port) throws IOException {
        List<String> log = folder.logLines();
        if (log.stream().anyMatch(line -> NO_PORT.stream().anyMatch(line::contains))) {
            return false;
        }
        SortedMap<String, Problem> complaints = ClusterSettings.complaints(log, request.settings());
        if (complaints.isEmpty()) {
            throw notStarted("it ended at once", folder);
        }
        SortedMap<String, Problem> all = new TreeMap<>(complaints);
        Map<String, String> rest = new HashMap<>(request.settings());
        // The server stops at its first kind of complaint, so it is asked again without the settings that it named.
        while (!complaints.isEmpty()) {
            rest.keySet().removeAll(complaints.keySet());
            Files.writeString(folder.configuration(), ClusterSettings.file(folder.data(), port, rest));
            List<String> check = Commands.prefixed(server(folder), List.of("-C", "port"));
            String output =
                    Commands.run(Commands.prefixed(account.prefix(), check)).output();
            complaints = ClusterSettings.complaints(output.lines().toList(), rest);
            all.putAll(complaints);
        }
        throw PgattestException.badInput(List.copyOf(all.values()));
    }

    private List<String> server(ClusterFolder folder) {
        return List.of(
                programs.postgres(), "-D", folder.data().toString(), "-c", "config_file=" + folder.configuration());
    }

    private static PgattestException notStarted(String why, ClusterFolder folder) {
        return PgattestException.environment(
                "PostgreSQL did not start: " + why + "\n  " + folder.logTail(), "look at its log above");
    }

    /** A session of its own keeps Ctrl-C in the terminal from the server: it is this process that stops it, in order. */
    private Process launch(ClusterLife life, List<String> command) throws IOException {
        List<String> own = Commands.succeeds(List.of("setsid", "true")) ? List.of("setsid") : List.of();
        List<String> whole = Commands.prefixed(account.prefix(), Commands.prefixed(own, command));
        File log = life.folder().log().toFile();
        return life.launch(Commands.prepared(whole)
                .directory(life.folder().data().toFile())
                .redirectOutput(log));
    }

    private static boolean waitFor(Process process) {
        try {
            return process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (InterruptedException e) {
            throw Pause.interrupted(e);
        }
    }

    private static String passwordLine(int port, Secret password) {
        return "127.0.0.1:" + port + ":*:" + Cluster.SUPERUSER + ":" + password.value() + "\n";
    }

    private static void writePrivate(Path file, String text) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text);
    }
}
