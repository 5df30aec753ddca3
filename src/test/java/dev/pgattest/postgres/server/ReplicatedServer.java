package dev.pgattest.postgres.server;

import dev.pgattest.postgres.ConnectionSettings;
import dev.pgattest.postgres.Connections;
import dev.pgattest.postgres.HostPort;
import dev.pgattest.postgres.Secret;
import dev.pgattest.postgres.Session;
import dev.pgattest.testing.TestCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A primary and a physical replica that streams from it. The copy is made by the server's functions for backups: the embedded binaries
 * have no {@code pg_basebackup}.
 */
public final class ReplicatedServer implements AutoCloseable {

    /** The name by which the primary knows the replica. */
    public static final String REPLICA = "replica_one";

    private static final Map<String, String> SETTINGS = Map.of(
            "wal_level", "replica",
            "max_wal_senders", "4",
            "synchronous_commit", "on",
            "max_prepared_transactions", "4",
            "wal_receiver_status_interval", "1");

    private static final int FIRST_WITH_NEW_NAMES = 15;

    private final Cluster primary = Cluster.start(
            ClusterRequest.of(TestCluster.programs(), "replicated").withSettings(SETTINGS));
    private final ClusterLife life;
    private final Connections replica;

    /** Starts both. */
    public ReplicatedServer() {
        Account account = Account.choose();
        life = ClusterLife.begin(OwnFolder.ofClusters(Path.of(System.getProperty("java.io.tmpdir"))), account);
        int port = FreePort.find();
        try {
            copy(account);
            start(account, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        replica = new Connections(
                ConnectionSettings.of(new HostPort("127.0.0.1", port), "postgres", Cluster.SUPERUSER, password()));
    }

    private Secret password() {
        return Objects.requireNonNull(primary.settings().password());
    }

    /** Connections of the primary's superuser to the database {@code postgres}. */
    public Connections primary() {
        return primary.connections();
    }

    /** The same on the replica. */
    public Connections replica() {
        return replica;
    }

    /** Waits until the replica has what the primary has. */
    public void await() {
        try (Session session = primary().open()) {
            String written = text(session, "select pg_current_wal_insert_lsn()");
            while (!text(session, "select bool_or(replay_lsn >= '" + written + "')::text from pg_stat_replication")
                    .equals("true")) {
                Pause.milliseconds(5);
            }
        }
    }

    private static String text(Session session, String sql) {
        return String.valueOf(session.query(sql, row -> row.getString(1)).get(0));
    }

    private void copy(Account account) throws IOException {
        try (Session session = primary().open()) {
            boolean newNames = session.serverVersion().major() >= FIRST_WITH_NEW_NAMES;
            text(
                    session,
                    newNames ? "select pg_backup_start('copy', true)" : "select pg_start_backup('copy', true, false)");
            copyFiles(account);
            String label = text(
                    session,
                    newNames
                            ? "select labelfile from pg_backup_stop(false)"
                            : "select labelfile from pg_stop_backup(false, false)");
            write("backup_label", label, account);
        }
        write("standby.signal", "", account);
    }

    private void write(String name, String text, Account account) throws IOException {
        account.give(Files.writeString(life.folder().data().resolve(name), text));
    }

    /** A file that goes while it is looked at is made again from the log. */
    private void copyFiles(Account account) throws IOException {
        Path from = new ClusterFolder(primary.description().folder()).data();
        Path to = life.folder().data();
        List<Path> paths;
        try (Stream<Path> found = Files.walk(from)) {
            paths = found.filter(path -> !path.equals(from)).toList();
        }
        for (Path path : paths) {
            Path relative = from.relativize(path);
            Path target = to.resolve(relative);
            if (Files.isDirectory(path)) {
                Files.createDirectory(target);
            } else if (!relative.startsWith("pg_wal") && !relative.toString().startsWith("postmaster.")) {
                Files.copy(path, target, StandardCopyOption.COPY_ATTRIBUTES);
            } else {
                continue;
            }
            account.give(target);
        }
    }

    private void start(Account account, int port) throws IOException {
        Map<String, String> settings = new HashMap<>(SETTINGS);
        settings.put(
                "primary_conninfo",
                "host=127.0.0.1 port=" + primary.description().port() + " user=" + Cluster.SUPERUSER + " password="
                        + password().value() + " application_name=" + REPLICA);
        ClusterFolder folder = life.folder();
        Files.writeString(folder.configuration(), ClusterSettings.file(folder.data(), port, settings));
        String postgres = Postmaster.of(new ClusterFolder(primary.description().folder()).data())
                .flatMap(main -> main.process().info().command())
                .orElseThrow();
        Process process = life.launch(Commands.prepared(Commands.prefixed(
                        account.prefix(),
                        List.of(
                                postgres,
                                "-D",
                                folder.data().toString(),
                                "-c",
                                "config_file=" + folder.configuration())))
                .redirectOutput(folder.log().toFile()));
        while (!Postmaster.isReady(folder.data())) {
            if (!process.isAlive()) {
                throw new IOException("the replica did not start: " + folder.logTail());
            }
            Pause.milliseconds(5);
        }
    }

    @Override
    public void close() {
        life.close();
        primary.close();
    }
}
