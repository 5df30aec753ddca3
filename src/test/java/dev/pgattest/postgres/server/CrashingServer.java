package dev.pgattest.postgres.server;

import dev.pgattest.postgres.Connections;
import dev.pgattest.testing.TestCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A server of its own that can be shut down at once, as by a crash, and started again on the same data. */
public final class CrashingServer implements AutoCloseable {

    private final Cluster cluster = Cluster.start(
            ClusterRequest.of(TestCluster.programs(), "crashing").withSettings(Map.of("synchronous_commit", "on")));

    /** Connections of its superuser to the database {@code postgres}. */
    public Connections connections() {
        return cluster.connections();
    }

    /** Shuts it down as {@code pg_ctl stop --mode immediate} does, starts it again and waits until it has recovered. */
    public void crash() {
        Path data = new ClusterFolder(cluster.description().folder()).data();
        ProcessHandle process = Postmaster.of(data).orElseThrow().process();
        List<String> command = new ArrayList<>();
        command.add(process.info().command().orElseThrow());
        command.addAll(List.of(process.info().arguments().orElseThrow()));
        new Postmaster(process).stop();
        try {
            // Left by an immediate shutdown; the next server would believe it for a moment.
            Files.deleteIfExists(data.resolve("postmaster.pid"));
            Commands.prepared(Commands.prefixed(Account.choose().prefix(), command))
                    .directory(data.toFile())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        while (!Postmaster.isReady(data)) {
            Pause.milliseconds(5);
        }
    }

    @Override
    public void close() {
        cluster.close();
    }
}
