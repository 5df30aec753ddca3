package dev.pgattest.pipeline;

import dev.pgattest.postgres.BenchmarkDatabase;
import dev.pgattest.postgres.BenchmarkRequest;
import dev.pgattest.postgres.Connections;
import dev.pgattest.postgres.Migrations;
import dev.pgattest.postgres.OwnServer;
import dev.pgattest.postgres.server.Cluster;
import dev.pgattest.postgres.server.ClusterRequest;
import dev.pgattest.postgres.server.Retention;
import java.util.Locale;

/** The first state of a project without rows, on a server of our own that is gone when this is closed. */
final class EmptyDatabase implements AutoCloseable {

    private final Cluster cluster;
    private final BenchmarkDatabase database;

    private EmptyDatabase(Cluster cluster, BenchmarkDatabase database) {
        this.cluster = cluster;
        this.database = database;
    }

    /**
     * Starts a server and runs the migrations.
     *
     * @throws dev.pgattest.PgattestException when a migration is wrong or the server does not start
     */
    static EmptyDatabase open(LoadedProject loaded, OwnServer server, Progress progress) {
        progress.step("starting a server (" + server.name().toLowerCase(Locale.ROOT) + ")");
        ClusterRequest request = ClusterRequest.of(server, loaded.folder().toString())
                .withSettings(loaded.project().trial().serverSettings())
                .withRetention(Retention.REMOVE)
                .reportingTo(progress::note);
        Cluster cluster = Cluster.start(request);
        try {
            BenchmarkDatabase database = BenchmarkDatabase.take(
                    cluster.connections(), BenchmarkRequest.of(loaded.project().name()), progress::note);
            EmptyDatabase empty = new EmptyDatabase(cluster, database);
            progress.step("running migrations");
            String name = loaded.project().files().migrations();
            Migrations.run(empty.connections().settings(), loaded.folder().resolve(name), name);
            return empty;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    /** Connections to the database. */
    Connections connections() {
        return database.connections();
    }

    @Override
    public void close() {
        try {
            database.close();
        } finally {
            cluster.close();
        }
    }
}
