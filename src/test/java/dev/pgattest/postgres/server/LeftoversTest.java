package dev.pgattest.postgres.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.postgres.OwnServer;
import dev.pgattest.postgres.ServerVersion;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ends processes that own a cluster in every way there is. */
class LeftoversTest {

    @TempDir
    Path temporary;

    private final List<String> notices = new ArrayList<>();

    @Test
    void a_signal_to_the_process_leaves_nothing() throws Exception {
        Child child = startChild(Retention.REMOVE);
        ProcessHandle server = child.server();

        child.process().destroy();

        assertThat(child.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(Postmaster.runs(server)).isFalse();
        assertThat(child.folder()).doesNotExist();
    }

    @Test
    void what_a_kill_leaves_the_next_start_removes_and_says_so() throws Exception {
        Child child = startChild(Retention.REMOVE);
        ProcessHandle server = child.server();
        kill(child);
        assertThat(Postmaster.runs(server)).isTrue();

        Cluster.start(request()).close();

        assertThat(Postmaster.runs(server)).isFalse();
        assertThat(child.folder()).doesNotExist();
        assertThat(notices)
                .containsExactly("removed a server that an interrupted run left behind (it was still running): "
                        + child.folder());
    }

    @Test
    void a_kept_server_survives_its_process_until_it_stops_running() throws Exception {
        Child child = startChild(Retention.KEEP);
        ProcessHandle server = child.server();
        kill(child);

        Leftovers.remove(clusters(), notices::add);
        assertThat(Postmaster.runs(server)).isTrue();
        assertThat(notices).isEmpty();
        assertThat(Cluster.kept(temporary)).extracting(KeptCluster::folder).containsExactly(child.folder());

        new Postmaster(server).stop();
        Leftovers.remove(clusters(), notices::add);
        assertThat(child.folder()).doesNotExist();
        assertThat(notices).hasSize(1);
    }

    @Test
    void the_cluster_of_a_process_that_runs_is_left_alone() throws Exception {
        Child child = startChild(Retention.REMOVE);

        Leftovers.remove(clusters(), notices::add);

        assertThat(Postmaster.runs(child.server())).isTrue();
        assertThat(notices).isEmpty();
        child.process().destroy();
        assertThat(child.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void another_process_with_the_id_of_the_owner_is_not_mistaken_for_it() throws IOException {
        ClusterFolder folder = ClusterFolder.create(clusters(), Account.choose());
        ClusterOwner self = ClusterOwner.ofThisProcess(request(), new Programs(temporary, version()));
        self.write(folder.path());
        assertThat(folder.isAbandoned()).isFalse();

        withStart(self, "2001-01-01T00:00:00Z").write(folder.path());

        assertThat(folder.isAbandoned()).isTrue();
    }

    @Test
    void an_owner_in_another_container_cannot_be_judged_and_is_left_alone() throws IOException {
        ClusterFolder folder = ClusterFolder.create(clusters(), Account.choose());
        new ClusterOwner(1, "2001-01-01T00:00:00Z", "pid:[1]", OwnServer.LOCAL, "18.6", "p", Map.of(), 1, false)
                .write(folder.path());

        assertThat(folder.isAbandoned()).isFalse();
    }

    @Test
    void a_process_that_took_the_id_of_the_server_is_never_stopped() throws Exception {
        Process bystander = new ProcessBuilder("sleep", "600").start();
        ClusterFolder folder = ClusterFolder.create(clusters(), Account.choose());
        Files.writeString(folder.data().resolve("postmaster.pid"), bystander.pid() + "\n" + folder.data() + "\n");
        withStart(ClusterOwner.ofThisProcess(request(), new Programs(temporary, version())), "2001-01-01T00:00:00Z")
                .write(folder.path());

        Leftovers.remove(clusters(), notices::add);

        assertThat(folder.path()).doesNotExist();
        assertThat(bystander.isAlive()).isTrue();
        bystander.destroyForcibly();
    }

    private record Child(Process process, Path folder) {
        ProcessHandle server() {
            return new ClusterFolder(folder).postmaster().orElseThrow().process();
        }
    }

    private Child startChild(Retention retention) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ClusterProgram.class.getName(),
                        OwnServer.EMBEDDED.name(),
                        retention.name(),
                        temporary.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            return new Child(process, Path.of(Objects.requireNonNull(output.readLine(), "the child failed")));
        }
    }

    private static void kill(Child child) throws InterruptedException {
        child.process().destroyForcibly();
        assertThat(child.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    private Path clusters() {
        return OwnFolder.ofClusters(temporary);
    }

    private ClusterRequest request() {
        return ClusterRequest.of(OwnServer.EMBEDDED, "test").under(temporary).reportingTo(notices::add);
    }

    private static ServerVersion version() {
        return ServerVersion.parse("18.6");
    }

    private static ClusterOwner withStart(ClusterOwner owner, String start) {
        return new ClusterOwner(
                owner.process(),
                start,
                owner.space(),
                owner.server(),
                owner.version(),
                owner.project(),
                owner.settings(),
                owner.port(),
                owner.kept());
    }
}
