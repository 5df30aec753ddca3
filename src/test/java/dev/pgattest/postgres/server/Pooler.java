package dev.pgattest.postgres.server;

import dev.pgattest.postgres.ConnectionSettings;
import dev.pgattest.postgres.Connections;
import dev.pgattest.postgres.HostPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** PgBouncer between the tests and one server, with a configuration of its own. */
public final class Pooler implements AutoCloseable {

    private static final List<String> PLACES = List.of(
            "/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/usr/local/bin/pgbouncer", "/opt/homebrew/bin/pgbouncer");

    private final Path folder;
    private final Process process;
    private final Connections connections;

    private Pooler(Path folder, Process process, Connections connections) {
        this.folder = folder;
        this.process = process;
        this.connections = connections;
    }

    /** Whether it is installed. */
    public static boolean isInstalled() {
        return PLACES.stream().anyMatch(place -> Files.isExecutable(Path.of(place)));
    }

    /**
     * Starts one.
     *
     * @param mode {@code session}, {@code transaction} or {@code statement}
     * @param poolSize how many connections to the server it may open
     * @param database the server and the database behind it
     */
    public static Pooler start(String mode, int poolSize, Connections database) {
        ConnectionSettings settings = database.settings();
        Account account = Account.userId() == 0
                ? Account.otherUsers()
                        .filter(other -> Commands.succeeds(Commands.prefixed(other.prefix(), List.of("true"))))
                        .findFirst()
                        .orElseThrow()
                : Account.choose();
        int port = FreePort.find();
        try {
            Path folder = Files.createTempDirectory(
                    "pgattest-pooler-",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
            Path users = write(folder, "users.txt", user(settings), account);
            Path configuration =
                    write(folder, "pgbouncer.ini", configuration(mode, poolSize, port, settings, users), account);
            String program = PLACES.stream()
                    .filter(place -> Files.isExecutable(Path.of(place)))
                    .findFirst()
                    .orElseThrow();
            Process process = Commands.prepared(
                            Commands.prefixed(account.prefix(), List.of(program, configuration.toString())))
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
            awaitPort(port, process, folder);
            ConnectionSettings pooled = new ConnectionSettings(
                    List.of(new HostPort("127.0.0.1", port)),
                    settings.database(),
                    settings.user(),
                    settings.password(),
                    settings.properties(),
                    "");
            return new Pooler(folder, process, new Connections(pooled));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path write(Path folder, String name, String text, Account account) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        account.give(file);
        return file;
    }

    private static String user(ConnectionSettings settings) {
        return "\"" + settings.user() + "\" \""
                + Objects.requireNonNull(settings.password()).value() + "\"\n";
    }

    private static String configuration(String mode, int poolSize, int port, ConnectionSettings server, Path users) {
        HostPort host = server.hosts().get(0);
        return """
                [databases]
                %s = host=%s port=%d
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = scram-sha-256
                auth_file = %s
                pool_mode = %s
                default_pool_size = %d
                query_wait_timeout = 2
                ignore_startup_parameters = extra_float_digits,options
                """.formatted(server.database(), host.host(), host.port(), port, users, mode, poolSize);
    }

    private static void awaitPort(int port, Process process, Path folder) throws IOException {
        while (true) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                return;
            } catch (IOException refused) {
                if (!process.isAlive()) {
                    throw new IOException("pgbouncer did not start: " + Files.readString(folder.resolve("log")));
                }
                Pause.milliseconds(5);
            }
        }
    }

    /** Connections through it. */
    public Connections connections() {
        return connections;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor();
            List<Path> files = new ArrayList<>();
            try (Stream<Path> found = Files.list(folder)) {
                found.forEach(files::add);
            }
            files.add(folder);
            for (Path file : files) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
