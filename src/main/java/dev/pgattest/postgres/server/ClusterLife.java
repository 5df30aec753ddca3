package dev.pgattest.postgres.server;

import dev.pgattest.PgattestException;
import dev.pgattest.ProcessEnd;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The folder and the current process of a cluster from before its first file to after its last, whoever ends it: the
 * program, a failure, or the shutdown hook in the middle of a start.
 */
final class ClusterLife implements AutoCloseable {

    private static final Set<ClusterLife> OPEN = ConcurrentHashMap.newKeySet();

    static {
        ProcessEnd.add(ClusterLife::closeAll);
    }

    private final ClusterFolder folder;
    private @Nullable Process process;
    private boolean ended;

    private ClusterLife(ClusterFolder folder) {
        this.folder = folder;
    }

    /** Makes the folder. */
    static ClusterLife begin(Path clusters, Account account) {
        try {
            ClusterLife life = new ClusterLife(ClusterFolder.create(clusters, account));
            OPEN.add(life);
            return life;
        } catch (IOException e) {
            throw PgattestException.environment(
                    "cannot make a folder in " + clusters + ": " + e,
                    "free space there, or set another temporary folder with -Djava.io.tmpdir",
                    e);
        }
    }

    ClusterFolder folder() {
        return folder;
    }

    /** Starts a process, unless the end has come already. */
    synchronized Process launch(ProcessBuilder builder) throws IOException {
        if (ended) {
            throw PgattestException.environment("interrupted while the server started", "run the command again");
        }
        Process started = builder.start();
        process = started;
        return started;
    }

    /** Leaves the server and its folder to the user. */
    void handOver() {
        OPEN.remove(this);
    }

    /** Stops what runs and deletes the folder; a second time it does nothing. */
    @Override
    public synchronized void close() {
        if (ended) {
            return;
        }
        ended = true;
        OPEN.remove(this);
        try {
            folder.postmaster().ifPresent(Postmaster::stop);
            if (process != null) {
                end(process);
            }
            folder.remove();
        } catch (IOException e) {
            throw PgattestException.environment(
                    "cannot delete " + folder.path() + ": " + e.getMessage(),
                    "delete it yourself; no server runs on it any more",
                    e);
        }
    }

    private static void closeAll() {
        for (ClusterLife life : OPEN) {
            try {
                life.close();
            } catch (PgattestException e) {
                // Nobody can be told any more; the next run finds the folder, removes it and says so.
            }
        }
    }

    /** Ends initdb, or a server that has not written its process id yet. */
    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw Pause.interrupted(e);
        }
    }
}
