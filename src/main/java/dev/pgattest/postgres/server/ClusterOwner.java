package dev.pgattest.postgres.server;

import dev.pgattest.postgres.OwnServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Who started a cluster and what it is: the file {@code owner} in its folder.
 *
 * @param process id of the Java process that started it
 * @param started when that process started, so that another process with its id is not mistaken for it
 * @param space the space that process ids belong to (a container has its own); empty where there is only one
 * @param server where its programs come from
 * @param version the version of its programs
 * @param project what it belongs to
 * @param settings the project's settings that it runs with
 * @param port where it listens on 127.0.0.1; 0 until it is ready
 * @param kept whether it outlives the process that started it
 */
record ClusterOwner(
        long process,
        String started,
        String space,
        OwnServer server,
        String version,
        String project,
        Map<String, String> settings,
        int port,
        boolean kept) {

    private static final String FILE = "owner";
    private static final JsonMapper JSON = new JsonMapper();
    /** The start of a process is computed from the clock of the machine, which may be set meanwhile. */
    private static final Duration TOLERANCE = Duration.ofSeconds(3);

    ClusterOwner {
        settings = new TreeMap<>(settings);
    }

    /** This process as the owner of a cluster that is not ready yet. */
    static ClusterOwner ofThisProcess(ClusterRequest request, Programs programs) {
        ProcessHandle self = ProcessHandle.current();
        return new ClusterOwner(
                self.pid(),
                startOf(self),
                currentSpace(),
                request.server(),
                programs.version().text(),
                request.project(),
                request.settings(),
                0,
                false);
    }

    /** The same, ready. */
    ClusterOwner ready(int readyPort, Retention retention) {
        return new ClusterOwner(
                process, started, space, server, version, project, settings, readyPort, retention == Retention.KEEP);
    }

    /** Reads the file of a cluster's folder; empty when there is none that can be read. */
    static Optional<ClusterOwner> read(Path folder) {
        try {
            return Optional.of(JSON.readValue(Files.readString(folder.resolve(FILE)), ClusterOwner.class));
        } catch (IOException | JacksonException e) {
            return Optional.empty();
        }
    }

    /** Writes the file, whole or not at all. */
    void write(Path folder) throws IOException {
        Path partial = folder.resolve(FILE + ".new");
        Files.writeString(partial, JSON.writeValueAsString(this) + "\n");
        Files.move(partial, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Whether the owner runs, or may run where this process cannot see it. */
    boolean mayRun() {
        if (!space.equals(currentSpace())) {
            return true;
        }
        return ProcessHandle.of(process)
                .filter(Postmaster::runs)
                .filter(handle -> sameStart(startOf(handle)))
                .isPresent();
    }

    /** Whether a later run that asks for this can use the cluster. */
    boolean fits(ClusterRequest request, Programs programs) {
        return kept
                && space.equals(currentSpace())
                && server == request.server()
                && version.equals(programs.version().text())
                && project.equals(request.project())
                && settings.equals(new TreeMap<>(request.settings()));
    }

    private boolean sameStart(String other) {
        if (started.isEmpty() || other.isEmpty()) {
            return true;
        }
        return Duration.between(Instant.parse(started), Instant.parse(other))
                        .abs()
                        .compareTo(TOLERANCE)
                < 0;
    }

    private static String startOf(ProcessHandle handle) {
        return handle.info().startInstant().map(Instant::toString).orElse("");
    }

    private static String currentSpace() {
        Path link = Path.of("/proc/self/ns/pid");
        try {
            return Files.isSymbolicLink(link) ? Files.readSymbolicLink(link).toString() : "";
        } catch (IOException e) {
            return "";
        }
    }
}
