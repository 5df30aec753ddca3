package dev.pgattest.pipeline;

import dev.pgattest.PgattestException;
import dev.pgattest.postgres.BenchmarkDatabase;
import dev.pgattest.postgres.Connections;
import dev.pgattest.postgres.server.Cluster;
import dev.pgattest.postgres.server.KeptCluster;
import java.util.List;

/** The servers that {@code --keep} left running. */
public final class KeptServers {

    private static final String NO_BENCHMARK = "postgres";

    private KeptServers() {}

    /**
     * A kept server.
     *
     * @param project folder of the project that it was made for
     * @param version version of PostgreSQL
     * @param howToConnect a shell command for each of its benchmark databases; at least one
     */
    public record KeptServer(String project, String version, List<String> howToConnect) {

        public KeptServer {
            howToConnect = List.copyOf(howToConnect);
        }
    }

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
        return new KeptServer(
                cluster.project(),
                cluster.version(),
                databases(cluster).stream().map(cluster::howToConnect).toList());
    }

    /** A server that does not answer is still listed, with the database that every server has. */
    private static List<String> databases(KeptCluster cluster) {
        try {
            List<String> names = BenchmarkDatabase.names(new Connections(cluster.settings()));
            return names.isEmpty() ? List.of(NO_BENCHMARK) : names;
        } catch (PgattestException e) {
            return List.of(NO_BENCHMARK);
        }
    }
}
