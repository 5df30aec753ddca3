package dev.pgattest.postgres.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pgattest.ExitCode;
import dev.pgattest.PgattestException;
import dev.pgattest.Problem;
import dev.pgattest.postgres.Connections;
import dev.pgattest.postgres.OwnServer;
import dev.pgattest.postgres.Secret;
import dev.pgattest.postgres.Session;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterTest {

    @TempDir
    Path temporary;

    private final List<String> notices = new ArrayList<>();

    @Test
    void a_cluster_that_is_closed_leaves_neither_process_nor_folder() throws IOException {
        ProcessHandle server;
        try (Cluster cluster = Cluster.start(request());
                Session session = cluster.connections().open()) {
            Path folder = cluster.description().folder();
            server = new ClusterFolder(folder).postmaster().orElseThrow().process();
            assertThat(session.query("show listen_addresses", row -> row.getString(1)))
                    .containsExactly("127.0.0.1");
            assertThat(session.query("show data_checksums", row -> row.getString(1)))
                    .containsExactly("off");
            assertThat(folder)
                    .isDirectoryContaining(file -> file.endsWith("owner"))
                    .isDirectoryNotContaining(
                            file -> file.getFileName().toString().contains("pass"));
            assertThat(server.info().commandLine().orElseThrow())
                    .doesNotContain(Objects.requireNonNull(cluster.settings().password())
                            .value());
        }
        assertThat(Postmaster.runs(server)).isFalse();
        assertThat(clusters()).isEmpty();
        assertThat(notices).isEmpty();
    }

    @Test
    void a_connection_without_the_password_is_refused() {
        try (Cluster cluster = Cluster.start(request())) {
            var noPassword = cluster.settings().withUser(Cluster.SUPERUSER, new Secret("guess"));
            PgattestException failure = failure(() -> new Connections(noPassword).open());
            assertThat(failure).hasMessageContaining("28P01");
        }
    }

    @Test
    void the_projects_settings_override_ours_whatever_characters_they_have() {
        Map<String, String> settings =
                Map.of("work_mem", "9MB", "Shared_Buffers", "24MB", "fsync", "on", "pgattest.note", "it's \\ odd");
        try (Cluster cluster = Cluster.start(request().withSettings(settings));
                Session session = cluster.connections().open()) {
            assertThat(session.query(
                            "select current_setting(name) from unnest(?::text[]) name",
                            row -> row.getString(1),
                            "{work_mem,shared_buffers,fsync,pgattest.note,autovacuum}"))
                    .containsExactly("9MB", "24MB", "on", "it's \\ odd", "off");
        }
    }

    @Test
    void settings_that_the_server_does_not_know_are_listed_with_its_own_message() throws IOException {
        PgattestException failure = failure(() -> Cluster.start(
                request().withSettings(Map.of("work_mem", "lots", "shared_bufers", "1GB", "random_page_cost", "1.1"))));

        assertThat(failure.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(failure.problems())
                .extracting(Problem::message)
                .containsExactly(
                        "PostgreSQL does not accept the server setting shared_bufers = 1GB: unrecognized configuration"
                                + " parameter \"shared_bufers\"",
                        "PostgreSQL does not accept the server setting work_mem = lots: invalid value for parameter"
                                + " \"work_mem\": \"lots\"");
        assertThat(clusters()).isEmpty();
    }

    @Test
    void settings_that_are_ours_or_not_names_are_refused_before_anything_starts() throws IOException {
        PgattestException failure = failure(() -> Cluster.start(
                request().withSettings(Map.of("port", "1", "a\nb", "1", "Listen_Addresses", "*", "work_mem", "1\n2"))));

        assertThat(failure.problems()).hasSize(4);
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void a_server_that_cannot_start_is_reported_with_its_log_and_removed() throws IOException {
        PgattestException failure =
                failure(() -> Cluster.start(request().withSettings(Map.of("shared_preload_libraries", "not_there"))));

        assertThat(failure.exitCode()).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(failure).hasMessageContaining("could not access file \"not_there\"");
        assertThat(clusters()).isEmpty();
    }

    @Test
    void a_port_that_somebody_takes_first_is_replaced_by_another() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            int free = FreePort.find();
            Iterator<Integer> ports =
                    List.of(taken.getLocalPort(), taken.getLocalPort(), free).iterator();
            try (Cluster cluster = Cluster.start(request(), ports::next);
                    Session session = cluster.connections().open()) {
                assertThat(session.query("show port", row -> row.getInt(1))).containsExactly(free);
            }
        }
    }

    @Test
    void a_kept_cluster_is_found_and_used_again_by_the_same_project_until_it_is_removed() throws IOException {
        ClusterRequest keeping = request().withRetention(Retention.KEEP);
        try (Cluster first = Cluster.start(keeping);
                Session session = first.connections().open()) {
            session.execute("create table here ()");
        }
        KeptCluster kept = Cluster.kept(temporary).get(0);
        try (Cluster again = Cluster.start(request());
                Session session = again.connections().open()) {
            session.execute("select * from here");
            assertThat(again.description()).isEqualTo(kept);
        }
        assertThat(kept.howToConnect("postgres"))
                .contains("-p " + kept.port())
                .contains("PGPASSFILE=")
                .endsWith(" -d postgres");
        assertThat(kept.howToConnect("my o'wn")).endsWith(" -d 'my o'\\''wn'");
        assertThat(notices).containsExactly("using the kept server in " + kept.folder());
        kept.remove();
        assertThat(Cluster.kept(temporary)).isEmpty();
        assertThat(clusters()).isEmpty();
    }

    @Test
    void an_installed_server_works_like_the_embedded_one() throws IOException {
        Assumptions.assumeTrue(installed(), "no PostgreSQL is installed here");
        try (Cluster cluster =
                        Cluster.start(ClusterRequest.of(OwnServer.LOCAL, "test").under(temporary));
                Session session = cluster.connections().open()) {
            assertThat(session.serverVersion().text())
                    .isEqualTo(cluster.description().version());
            assertThat(session.query("show fsync", row -> row.getString(1))).containsExactly("off");
        }
        assertThat(clusters()).isEmpty();
    }

    @Test
    void another_user_of_the_system_can_run_the_server_for_root() throws IOException {
        Assumptions.assumeTrue(Account.userId() == 0, "only root can switch users");
        Assumptions.assumeTrue(installed(), "no PostgreSQL is installed here");
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
        List<Account> accounts = Account.otherUsers()
                .filter(account -> Commands.succeeds(Commands.prefixed(account.prefix(), List.of("true"))))
                .toList();
        assertThat(accounts).isNotEmpty();
        for (Account account : accounts) {
            Launch launch = new Launch(account, InstalledPrograms.find(System.getenv()), FreePort::find);
            try (ClusterLife life = ClusterLife.begin(OwnFolder.ofClusters(temporary), account)) {
                launch.start(life, request(), FreshPassword.create());
                assertThat(life.folder()
                                .postmaster()
                                .orElseThrow()
                                .process()
                                .info()
                                .user())
                        .isEqualTo(account.user());
            }
            assertThat(clusters()).isEmpty();
        }
    }

    private static boolean installed() {
        try {
            InstalledPrograms.find(System.getenv());
            return true;
        } catch (PgattestException e) {
            return false;
        }
    }

    private ClusterRequest request() {
        return ClusterRequest.of(OwnServer.EMBEDDED, "test").under(temporary).reportingTo(notices::add);
    }

    private List<Path> clusters() throws IOException {
        try (var folders = Files.list(OwnFolder.ofClusters(temporary))) {
            return folders.toList();
        }
    }

    private static PgattestException failure(ThrowingCallable call) {
        return Objects.requireNonNull(catchThrowableOfType(PgattestException.class, call));
    }
}
