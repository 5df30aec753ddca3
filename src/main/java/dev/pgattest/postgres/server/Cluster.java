package dev.pgattest.postgres.server;

import dev.pgattest.PgattestException;
import dev.pgattest.Problem;
import dev.pgattest.postgres.ConnectionSettings;
import dev.pgattest.postgres.Connections;
import dev.pgattest.postgres.HostPort;
import dev.pgattest.postgres.LibpqEnvironment;
import dev.pgattest.postgres.OwnServer;
import dev.pgattest.postgres.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * A running PostgreSQL server of our own. It listens on 127.0.0.1 alone and asks for a random password. Unless it is kept,
 * closing it, the end of the Java process and a signal to it stop the server and delete its folder; what a kill leaves
 * behind, the next start removes.
 */
public final class Cluster implements AutoCloseable {

    /** The superuser of every cluster. */
    public static final String SUPERUSER = "postgres";

    private final KeptCluster description;
    private final ConnectionSettings settings;
    private final Runnable end;

    private Cluster(KeptCluster description, ConnectionSettings settings, Runnable end) {
        this.description = description;
        this.settings = settings;
        this.end = end;
    }

    /**
     * Starts a cluster, or takes a kept one of the same project, version and settings.
     *
     * @throws PgattestException of bad input for settings that PostgreSQL does not accept; of the environment when there is
     *     no PostgreSQL, or it does not start, with the end of its log
     */
    public static Cluster start(ClusterRequest request) {
        return start(request, FreePort::find);
    }

    static Cluster start(ClusterRequest request, IntSupplier ports) {
        List<Problem> problems = ClusterSettings.problems(request.settings());
        if (!problems.isEmpty()) {
            throw PgattestException.badInput(problems);
        }
        Path clusters = OwnFolder.ofClusters(request.temporaryFolder());
        Leftovers.remove(clusters, request.notices());
        Account account = Account.choose();
        Programs programs = programs(request, account, clusters);
        Optional<KeptCluster> kept = findKept(clusters, request, programs);
        if (kept.isPresent()) {
            request.notices().accept("using the kept server in " + kept.get().folder());
            return new Cluster(kept.get(), kept.get().settings(), () -> {});
        }
        return startNew(request, new Launch(account, programs, ports), clusters);
    }

    /** The kept clusters of this user below the system's temporary folder, sorted by folder. */
    public static List<KeptCluster> kept() {
        return kept(Path.of(System.getProperty("java.io.tmpdir")));
    }

    static List<KeptCluster> kept(Path temporaryFolder) {
        return ClusterFolder.all(OwnFolder.ofClusters(temporaryFolder)).stream()
                .filter(folder -> folder.postmaster().isPresent())
                .flatMap(folder ->
                        folder.owner().stream().filter(ClusterOwner::kept).map(owner -> KeptCluster.of(folder, owner)))
                .toList();
    }

    /** How its superuser connects. */
    public ConnectionSettings settings() {
        return settings;
    }

    /** Connections of its superuser to the database {@code postgres}. */
    public Connections connections() {
        return new Connections(settings);
    }

    /** What it is and where; also how to connect and how to remove it, for a kept one. */
    public KeptCluster description() {
        return description;
    }

    @Override
    public void close() {
        end.run();
    }

    private static Cluster startNew(ClusterRequest request, Launch launch, Path clusters) {
        ClusterLife life = ClusterLife.begin(clusters, launch.account());
        try {
            Secret password = FreshPassword.create();
            int port = launch.start(life, request, password);
            ClusterOwner owner =
                    ClusterOwner.ofThisProcess(request, launch.programs()).ready(port, request.retention());
            owner.write(life.folder().path());
            boolean keep = request.retention() == Retention.KEEP;
            if (keep) {
                life.handOver();
            }
            ConnectionSettings settings =
                    ConnectionSettings.of(new HostPort("127.0.0.1", port), "postgres", SUPERUSER, password);
            return new Cluster(KeptCluster.of(life.folder(), owner), settings, keep ? () -> {} : life::close);
        } catch (IOException e) {
            life.close();
            throw PgattestException.environment(
                    "cannot make a cluster in " + life.folder().path() + ": " + e,
                    "free space there, or set another temporary folder with -Djava.io.tmpdir",
                    e);
        } catch (RuntimeException e) {
            life.close();
            throw e;
        }
    }

    private static Optional<KeptCluster> findKept(Path clusters, ClusterRequest request, Programs programs) {
        for (ClusterFolder folder : ClusterFolder.all(clusters)) {
            Optional<ClusterOwner> owner = folder.owner().filter(ClusterOwner::kept);
            if (owner.isEmpty() || folder.postmaster().isEmpty()) {
                continue;
            }
            if (owner.get().fits(request, programs)) {
                return Optional.of(KeptCluster.of(folder, owner.get()));
            }
            if (owner.get().project().equals(request.project())) {
                request.notices()
                        .accept("not using the kept server in " + folder.path()
                                + ": it has another version or other settings");
            }
        }
        return Optional.empty();
    }

    private static Programs programs(ClusterRequest request, Account account, Path clusters) {
        Map<String, String> variables = System.getenv();
        if (request.server() == OwnServer.LOCAL) {
            return InstalledPrograms.find(variables);
        }
        LibpqEnvironment environment = LibpqEnvironment.ofProcess();
        // Another user cannot look into our home.
        Path cache = account.user().isPresent()
                ? clusters.resolve("programs")
                : EmbeddedPrograms.userCache(variables.get("XDG_CACHE_HOME"), environment.home());
        return new EmbeddedPrograms(cache, request.notices()).programs();
    }
}
