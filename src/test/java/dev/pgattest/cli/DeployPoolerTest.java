package dev.pgattest.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgattest.postgres.ConnectionSettings;
import dev.pgattest.postgres.Connections;
import dev.pgattest.postgres.Migrations;
import dev.pgattest.postgres.Session;
import dev.pgattest.postgres.server.Pooler;
import dev.pgattest.testing.ShopProject;
import dev.pgattest.testing.TestCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code deploy} behind PgBouncer. {@code make test} installs it; without it these tests are skipped, and say so. */
class DeployPoolerTest {

    private final Connections database = TestCluster.freshDatabase();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Path project;

    @BeforeEach
    void makeProject() throws IOException {
        assumeTrue(Pooler.isInstalled(), "pgbouncer is not installed: apt-get install pgbouncer");
        project = new ShopProject().named("pooled").writeTo(folder);
        Migrations.run(database.settings(), project.resolve("migrations"), "migrations");
    }

    private static String url(Connections connections) {
        ConnectionSettings settings = connections.settings();
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

    private void assertRefused(ProgramRun run) {
        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertThat(run.err())
                .contains("gives its processes to other clients between two transactions")
                .contains("connect to the server itself, or to a pool in session mode");
    }

    private void assertNothingIsLeft() {
        try (Session look = database.open()) {
            assertThat(look.query(
                            "select count(*) from pg_locks where locktype = 'advisory' and database ="
                                    + " (select oid from pg_database where datname = current_database())",
                            row -> row.getLong(1)))
                    .containsExactly(0L);
            assertThat(look.query("select to_regnamespace('pgattest')::text", row -> row.getString(1)))
                    .containsOnlyNulls();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 20})
    void a_pool_in_transaction_mode_is_refused_before_it_has_got_a_lock_or_a_setting(int poolSize) {
        try (Pooler pooler = Pooler.start("transaction", poolSize, database)) {
            for (String verb : List.of("plan", "apply", "rollback", "verify", "status")) {
                assertRefused(deploy(verb, pooler.connections()));
            }
            try (Session application = pooler.connections().open()) {
                assertThat(application.query("show search_path", row -> row.getString(1)))
                        .containsExactly("\"$user\", public");
            }
            assertNothingIsLeft();
        }
    }

    @Test
    void a_pool_in_transaction_mode_is_refused_while_others_use_it() {
        AtomicBoolean ended = new AtomicBoolean();
        List<CompletableFuture<Void>> load = new ArrayList<>();
        try (Pooler pooler = Pooler.start("transaction", 2, database)) {
            for (int client = 0; client < 3; client++) {
                load.add(CompletableFuture.runAsync(() -> work(pooler.connections(), ended)));
            }
            for (int run = 0; run < 5; run++) {
                assertRefused(deploy("status", pooler.connections()));
            }
            ended.set(true);
            load.forEach(CompletableFuture::join);
        }
        assertNothingIsLeft();
    }

    /** Statements that are not prepared: this mode would lose them. */
    private static void work(Connections pooled, AtomicBoolean ended) {
        try (Session session = pooled.open()) {
            while (!ended.get()) {
                session.execute("select count(*) from orders");
            }
        }
    }

    @Test
    void a_pool_in_statement_mode_is_refused() {
        try (Pooler pooler = Pooler.start("statement", 5, database)) {
            assertRefused(deploy("apply", pooler.connections(), "--yes"));
            assertNothingIsLeft();
        }
    }

    @Test
    void a_pool_in_session_mode_is_as_good_as_none() {
        try (Pooler pooler = Pooler.start("session", 10, database)) {
            ProgramRun applied = deploy("apply", pooler.connections(), "--yes");
            assertThat(applied.exitCode()).as(applied.err()).isZero();
            assertThat(applied.err()).contains("ok    pooler: one that leaves each session its server process");
            assertThat(deploy("verify", pooler.connections()).exitCode()).isZero();
            assertThat(deploy("status", pooler.connections()).exitCode()).isZero();
            ProgramRun back = deploy("rollback", pooler.connections(), "--yes", "--allow", "drop-index");
            assertThat(back.exitCode()).as(back.err()).isZero();
        }
    }

    @Test
    void a_pool_that_has_no_second_connection_is_too_small() {
        try (Pooler pooler = Pooler.start("session", 1, database)) {
            ProgramRun run = deploy("apply", pooler.connections(), "--yes");
            assertThat(run.exitCode()).as(run.err()).isEqualTo(3);
            assertThat(run.err()).contains("no second connection within 10 s").contains("allow at least three at once");
            assertNothingIsLeft();
        }
    }
}
