package dev.pgattest.pipeline;

import dev.pgattest.postgres.server.Cluster;
import dev.pgattest.postgres.server.KeptCluster;
import java.util.List;

/** The servers that {@code --keep} left running. */
public final class KeptServers {

    private KeptServers() {}

    /**
     * A kept server.
     *
     * @param project folder of the project that it was made for
     * @param version version of PostgreSQL
     * @param howToConnect a shell command that connects to it
     */
    public record KeptServer(String project, String version, String howToConnect) {}

    /** The kept servers of this user. */
    public static List<KeptServer> list() {
        return Cluster.kept().stream().map(KeptServers::described).toList();
    }

    /** Stops and deletes all of them; returns what they were. */
    public static List<KeptServer> remove() {
        List<KeptCluster> kept = Cluster.kept();
        List<KeptServer> removed = kept.stream().map(KeptServers::described).toList();
        kept.forEach(KeptCluster::remove);
        return removed;
    }

    private static KeptServer described(KeptCluster cluster) {
        return new KeptServer(cluster.project(), cluster.version(), cluster.howToConnect("postgres"));
    }
}
