package dev.pgattest.postgres.server;

import dev.pgattest.PgattestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folder of one cluster: {@code data}, {@code log}, {@code postgresql.conf}, {@code owner}, and {@code pgpass} when it
 * is kept. Its name has the id of the process that made it, which tells whose it is before {@code owner} is written.
 *
 * @param path where it is
 */
record ClusterFolder(Path path) {

    private static final Pattern NAME = Pattern.compile("cluster-(\\d{1,10})-.+");
    private static final int TAIL = 20;

    /** A new folder below the folder of this user's clusters. */
    static ClusterFolder create(Path clusters, Account account) throws IOException {
        Path path = Files.createTempDirectory(
                clusters,
                "cluster-" + ProcessHandle.current().pid() + "-",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        if (account.user().isPresent()) {
            OwnFolder.openToPrograms(path);
        }
        Path data = Files.createDirectory(
                path.resolve("data"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        account.give(data);
        return new ClusterFolder(path);
    }

    /** Every cluster's folder of this user, sorted. */
    static List<ClusterFolder> all(Path clusters) {
        try (Stream<Path> entries = Files.list(clusters)) {
            return entries.filter(entry ->
                            NAME.matcher(String.valueOf(entry.getFileName())).matches())
                    .sorted()
                    .map(ClusterFolder::new)
                    .toList();
        } catch (IOException e) {
            throw PgattestException.environment("cannot list " + clusters, "make it readable", e);
        }
    }

    Path data() {
        return path.resolve("data");
    }

    Path log() {
        return path.resolve("log");
    }

    Path configuration() {
        return path.resolve("postgresql.conf");
    }

    Path passwordFile() {
        return path.resolve("pgpass");
    }

    /** Who made it; empty before that is written. */
    Optional<ClusterOwner> owner() {
        return ClusterOwner.read(path);
    }

    /** The server that runs on it. */
    Optional<Postmaster> postmaster() {
        return Postmaster.of(data());
    }

    /** Whether nobody will need it any more: neither a running process nor a user who asked to keep its server. */
    boolean isAbandoned() {
        Optional<ClusterOwner> owner = owner();
        if (owner.isEmpty()) {
            Matcher name = NAME.matcher(String.valueOf(path.getFileName()));
            return name.matches()
                    && ProcessHandle.of(Long.parseLong(name.group(1)))
                            .filter(Postmaster::runs)
                            .isEmpty();
        }
        return !owner.get().mayRun() && !(owner.get().kept() && postmaster().isPresent());
    }

    /** Stops the server, if one runs, and deletes the folder. */
    void remove() throws IOException {
        postmaster().ifPresent(Postmaster::stop);
        FileTree.delete(path);
    }

    /** The lines of the server's log, empty when there is none. */
    List<String> logLines() {
        try {
            return Files.exists(log()) ? Files.readAllLines(log()) : List.of();
        } catch (IOException e) {
            return List.of("(the log cannot be read: " + e.getMessage() + ")");
        }
    }

    /** The last lines of the server's log. */
    String logTail() {
        List<String> lines = logLines();
        return String.join("\n  ", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
    }
}
