package dev.pgattest.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pgattest.postgres.ConnectionSettings;
import dev.pgattest.postgres.Connections;
import dev.pgattest.postgres.Migrations;
import dev.pgattest.postgres.Session;
import dev.pgattest.postgres.SqlFailure;
import dev.pgattest.postgres.server.ReplicatedServer;
import dev.pgattest.testing.Psql;
import dev.pgattest.testing.ShopProject;
import dev.pgattest.testing.TestCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What {@code deploy} and {@code health} make of a physical replica. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeployReplicaTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private static Path folder;

    private final ReplicatedServer servers = new ReplicatedServer();

    @SuppressWarnings("NullAway.Init") // set before all tests
    private Path project;

    @BeforeAll
    void makeProject() throws IOException {
        project = new ShopProject().named("replicated").writeTo(folder);
        Migrations.run(servers.primary().settings(), project.resolve("migrations"), "migrations");
        run("insert into owners select n from generate_series(1, 10) n;"
                + "insert into orders select n, 1 + n % 10 from generate_series(1, 50000) n");
        servers.await();
    }

    @AfterAll
    void stop() {
        servers.close();
    }

    private void run(String sql) {
        try (Session session = servers.primary().open()) {
            session.execute(sql);
        }
    }

    private static void onReplica(Connections replica, String sql) {
        try (Session session = replica.open()) {
            session.execute(sql);
        }
    }

    private static String url(Connections server) {
        ConnectionSettings settings = server.settings();
        return "postgresql://postgres:"
                + Objects.requireNonNull(settings.password()).value() + "@"
                + settings.hosts().get(0) + "/" + settings.database();
    }

    private ProgramRun deploy(String verb, Connections server, String... more) {
        List<String> arguments = new ArrayList<>(List.of("deploy", verb, project.toString(), "--server", url(server)));
        if (!verb.equals("status")) {
            arguments.addAll(List.of("--reference", TestCluster.url()));
        }
        arguments.addAll(List.of(more));
        return ProgramRun.of(arguments.toArray(String[]::new));
    }

    @Test
    void nothing_is_deployed_to_a_standby() {
        for (ProgramRun refused : List.of(
                deploy("plan", servers.replica()),
                deploy("verify", servers.replica()),
                deploy("apply", servers.replica(), "--yes"),
                deploy("rollback", servers.replica(), "--yes"))) {
            assertThat(refused.exitCode()).as(refused.err()).isEqualTo(2);
            assertThat(refused.err())
                    .contains("is a standby, which nothing can be deployed to")
                    .contains("name the primary");
        }
        assertThat(deploy("status", servers.replica()).exitCode()).isZero();
    }

    @Test
    void a_script_of_a_playbook_stops_on_a_standby() {
        Path playbook = folder.resolve("playbook");
        assertThat(deploy("playbook", servers.replica(), "--out", playbook.toString())
                        .exitCode())
                .isEqualTo(2);
        assertThat(playbook).doesNotExist();
        assertThat(deploy("playbook", servers.primary(), "--out", playbook.toString())
                        .exitCode())
                .isZero();
        Psql.End end = Psql.to(servers.replica())
                .run(
                        "-v",
                        "allow=drop-index",
                        "-f",
                        playbook.resolve("apply.sql").toString());
        assertThat(end.status()).isEqualTo(3);
        assertThat(end.output()).contains("the server is a standby").contains("connect to the primary");
    }

    @Test
    void the_preflight_sees_the_replica_and_stops_at_its_lag() {
        onReplica(servers.replica(), "select pg_wal_replay_pause()");
        awaitLag();
        ProgramRun refused = deploy("apply", servers.primary(), "--yes", "--replica-lag", "10ms");
        assertThat(refused.exitCode()).as(refused.err()).isEqualTo(1);
        assertThat(refused.err())
                .containsPattern("block replica replica_one: async, \\d+ bytes behind and \\d+ ms")
                .contains("the database is not ready: replica replica_one");

        ProgramRun applied = deploy("apply", servers.primary(), "--yes", "--replica-lag", "1h");
        assertThat(applied.exitCode()).as(applied.err()).isZero();
        assertThat(applied.err()).containsPattern("ok    replica replica_one: async, \\d+ bytes behind and \\d+ ms");
        onReplica(servers.replica(), "select pg_wal_replay_resume()");
        servers.await();
        assertThat(deploy("status", servers.replica()).out()).contains(": plain -> indexed, done");

        ProgramRun back = deploy("rollback", servers.primary(), "--yes", "--allow", "drop-index");
        assertThat(back.exitCode()).as(back.err()).isZero();
    }

    /** The replica tells how far it is at every flush, so something is written until the primary knows of a lag. */
    private void awaitLag() {
        try (Session session = servers.primary().open()) {
            session.execute("create table written (n int)");
            while (!session.query(
                            "select coalesce(bool_or(replay_lag > interval '50 ms'), false) from pg_stat_replication",
                            row -> row.getBoolean(1))
                    .get(0)) {
                session.execute("insert into written values (1)");
            }
            session.execute("drop table written");
        }
    }

    private static ProgramRun health(Connections server, Connections replica, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("health", "--server", url(server), "--replica", url(replica), "--min-statistics-age", "0d"));
        arguments.addAll(List.of(more));
        return ProgramRun.of(arguments.toArray(String[]::new));
    }

    @Test
    void health_counts_the_scans_of_a_replica() {
        run("create table looked_at (id bigint, note text);"
                + "insert into looked_at select n, repeat('x', 100) from generate_series(1, 50000) n;"
                + "create index only_on_replica on looked_at (id); create index used_nowhere on looked_at (note)");
        run("vacuum analyze looked_at");
        servers.await();
        onReplica(servers.replica(), "set enable_seqscan = off; select note from looked_at where id = 7");
        String scans = "select idx_scan > 0 from pg_stat_user_indexes where indexrelname = 'only_on_replica'";
        try (Session look = servers.replica().open()) {
            while (!look.query(scans, row -> row.getBoolean(1)).get(0)) {
                Thread.onSpinWait();
            }
        }
        assertThat(ProgramRun.of("health", "--server", url(servers.primary()), "--min-statistics-age", "0d")
                        .out())
                .contains("unused-index]: public.only_on_replica", "unused-index]: public.used_nowhere");

        ProgramRun both = health(servers.primary(), servers.replica());
        assertThat(both.out())
                .contains("unused-index]: public.used_nowhere")
                .contains(servers.replica().settings().address())
                .doesNotContain("public.only_on_replica");
        ProgramRun turned = health(servers.replica(), servers.primary());
        assertThat(turned.out()).contains("unused-index]: public.used_nowhere").doesNotContain("only_on_replica");
    }

    @Test
    void health_says_which_replica_it_cannot_reach_and_what_is_none() {
        String nobody = "postgresql://postgres@127.0.0.1:1/postgres";
        ProgramRun unreachable = ProgramRun.of("health", "--server", url(servers.primary()), "--replica", nobody);
        assertThat(unreachable.exitCode()).isEqualTo(3);
        assertThat(unreachable.err()).contains("cannot connect to " + nobody);

        ProgramRun other = ProgramRun.of("health", "--server", url(servers.primary()), "--replica", TestCluster.url());
        assertThat(other.exitCode()).isEqualTo(2);
        assertThat(other.err()).contains("is not another server of");
    }

    private static String refusal(Session session, String sql) {
        return Objects.requireNonNull(catchThrowableOfType(SqlFailure.class, () -> session.execute(sql)), sql)
                .sqlState();
    }

    @Test
    void fact_16_a_standby_builds_nothing() {
        try (Session replica = servers.replica().open()) {
            assertThat(refusal(replica, "create index concurrently i on orders (owner)"))
                    .isEqualTo("25006");
        }
    }

    @Test
    void fact_7_a_prepared_transaction_blocks_builds_of_the_tables_that_it_wrote_to() {
        run("create table prepared (n int); create table other (n int)");
        run("begin; insert into prepared values (1); prepare transaction 'lost'");
        try (Session builder = servers.primary().open()) {
            builder.execute("set lock_timeout = '100ms'");
            assertThat(refusal(builder, "create index concurrently i on prepared (n)"))
                    .isEqualTo("55P03");
            builder.execute("create index concurrently j on other (n)");
            builder.execute("rollback prepared 'lost'");
        }
        run("drop table prepared, other");
    }

    @Test
    void the_preflight_tells_prepared_transactions_of_the_tables_from_others() {
        run("create table elsewhere (n int)");
        run("begin; insert into orders values (200001, 1); prepare transaction 'in the way'");
        run("begin; insert into elsewhere values (1); prepare transaction 'elsewhere'");
        ProgramRun run = deploy(
                "apply",
                servers.primary(),
                "--yes",
                "--build-lock-timeout",
                "100ms",
                "--attempts",
                "1",
                "--wait",
                "0s");
        run("rollback prepared 'in the way'");
        run("rollback prepared 'elsewhere'");
        assertThat(run.exitCode()).as(run.err()).isEqualTo(3);
        assertThat(run.err())
                .contains("warn  prepared transaction: 'in the way' since ")
                .contains("ok    prepared transaction: 'elsewhere' has no lock of the tables")
                .contains("could not get its locks in 1 attempts");
        run("drop table elsewhere");
        assertThat(deploy("rollback", servers.primary(), "--yes").exitCode()).isZero();
    }
}
