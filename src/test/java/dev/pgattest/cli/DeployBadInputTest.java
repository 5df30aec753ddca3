package dev.pgattest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.postgres.ConnectionSettings;
import dev.pgattest.postgres.Connections;
import dev.pgattest.postgres.Migrations;
import dev.pgattest.postgres.Session;
import dev.pgattest.postgres.server.CrashingServer;
import dev.pgattest.testing.ShopProject;
import dev.pgattest.testing.TestCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands against a deployment: message, exit code, and what {@code deploy status} says of it afterwards. */
class DeployBadInputTest {

    /** By its index: the journal's tables have indexes, too, which are built in the same database. */
    private static final String BUILDING = "select exists (select from pg_stat_progress_create_index"
            + " where datname = current_database() and index_relid = to_regclass('public.orders_owner'))";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Path project;

    @BeforeEach
    void makeProject() throws IOException {
        project = new ShopProject()
                .named("hindered")
                .withFile("states/apply.sql", "create unique index orders_owner on orders (owner);\n")
                .writeTo(folder);
    }

    private Connections migrated(Connections database) {
        Migrations.run(database.settings(), project.resolve("migrations"), "migrations");
        run(
                database,
                "insert into owners select n from generate_series(1, 20) n;"
                        + "insert into orders select n, n from generate_series(1, 20) n");
        return database;
    }

    private static void run(Connections database, String sql) {
        try (Session session = database.open()) {
            session.execute(sql);
        }
    }

    private ProgramRun deploy(String verb, Connections database, String... more) {
        ConnectionSettings settings = database.settings();
        String url = "postgresql://postgres:"
                + Objects.requireNonNull(settings.password()).value() + "@"
                + settings.hosts().get(0) + "/" + settings.database();
        List<String> arguments = new ArrayList<>(List.of("deploy", verb, project.toString(), "--server", url));
        if (!verb.equals("status") && !List.of(more).contains("--reference")) {
            arguments.addAll(List.of("--reference", TestCluster.url()));
        }
        arguments.addAll(List.of(more));
        return ProgramRun.of(arguments.toArray(String[]::new));
    }

    private ProgramRun apply(Connections database, String... more) {
        List<String> options = new ArrayList<>(List.of("--yes", "--allow", "unique-build"));
        options.addAll(List.of(more));
        return deploy("apply", database, options.toArray(String[]::new));
    }

    private void assertNothingHasBegun(Connections database) {
        ProgramRun status = deploy("status", database);
        assertThat(status.exitCode()).isZero();
        assertThat(status.out()).startsWith("no deployment of hindered has begun in this database");
    }

    @Test
    void a_state_that_does_not_exist() {
        Connections database = migrated(TestCluster.freshDatabase());
        ProgramRun run = apply(database, "--to", "nowhere");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("the project has no state nowhere").contains("name one of plain, indexed");
        assertNothingHasBegun(database);
    }

    @Test
    void a_table_that_is_missing() {
        Connections database = TestCluster.freshDatabase();
        ProgramRun run = apply(database);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains("the table public.orders of the index public.orders_owner does not exist")
                .contains("run the project's migrations in this database first");
        assertNothingHasBegun(database);
    }

    @Test
    void names_that_are_taken() throws IOException {
        project = new ShopProject()
                .named("hindered")
                .withFile(
                        "states/apply.sql",
                        "create index a_table on orders (owner); create index a_sequence on orders (owner, id);"
                                + "create index a_view on orders (id, owner); create index a_type on orders ((id + 1));")
                .withFile("states/undo.sql", "drop index a_table, a_sequence, a_view, a_type;")
                .writeTo(folder);
        Connections database = migrated(TestCluster.freshDatabase());
        run(
                database,
                "create table a_table (); create sequence a_sequence; create view a_view as select 1;"
                        + "create type a_type as (a int)");
        ProgramRun run = apply(database);
        assertThat(run.exitCode()).isEqualTo(2);
        for (String noun : List.of("table", "sequence", "view", "type")) {
            assertThat(run.err()).contains("the name public.a_" + noun + " is taken by a " + noun);
        }
        assertThat(run.err()).contains("an index shares the names of the tables in its schema");
        assertNothingHasBegun(database);
    }

    @Test
    void rows_that_are_equal() {
        Connections database = migrated(TestCluster.freshDatabase());
        run(database, "insert into orders select 100 + n, 1 + n % 7 from generate_series(1, 14) n");
        ProgramRun run = apply(database);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
        assertThat(run.err()).contains("cannot be built, because rows of public.orders are equal: (owner) = (");
        assertThat(run.err()
                        .lines()
                        .filter(line -> line.startsWith("error: "))
                        .findFirst()
                        .orElseThrow()
                        .split("3 rows", -1))
                .hasSize(5 + 1);
        ProgramRun status = deploy("status", database);
        assertThat(status.exitCode()).isEqualTo(1);
        assertThat(status.out())
                .contains("failed in ", "now: public.orders_owner is not there", "the last deployment is unfinished");

        run(database, "delete from orders where id > 100");
        assertThat(apply(database).exitCode()).isZero();
        assertThat(deploy("status", database).out()).endsWith("nobody is at work, nothing is unfinished\n");
    }

    @Test
    void another_deployment_that_is_at_work() {
        Connections database = migrated(TestCluster.freshDatabase());
        String first = "pgattest (process " + ProcessHandle.current().pid();
        List<ProgramRun> meanwhile = new ArrayList<>();
        ProgramRun run = whileBuilding(database, () -> apply(database), () -> {
            meanwhile.add(apply(database, "--wait", "0s"));
            meanwhile.add(deploy("status", database));
        });
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(meanwhile.get(0).exitCode()).isEqualTo(3);
        assertThat(meanwhile.get(0).err())
                .contains("another deployment is at work in the database")
                .contains(first);
        assertThat(meanwhile.get(1).exitCode()).isEqualTo(1);
        assertThat(meanwhile.get(1).out()).contains("now: public.orders_owner is being built", "at work now: " + first);
        assertThat(deploy("status", database).exitCode()).isZero();
    }

    /** Runs something while a writer holds a build up. */
    private static ProgramRun whileBuilding(Connections database, Supplier<ProgramRun> deployment, Runnable meanwhile) {
        Session writer = database.open();
        writer.execute("begin; update orders set owner = owner where id = 1");
        CompletableFuture<ProgramRun> run = CompletableFuture.supplyAsync(deployment);
        try (Session look = database.open()) {
            while (!look.query(BUILDING, row -> row.getBoolean(1)).get(0)) {
                assertThat(run).isNotDone();
            }
        }
        meanwhile.run();
        writer.close();
        return run.join();
    }

    @Test
    void a_migration_finds_the_settings_of_the_project_where_the_states_are_made() throws IOException {
        project = new ShopProject()
                .with("pgattest.yaml", "profile: small\n", "profile: small\nserver: {settings: {shop.marker: here}}\n")
                .withFile(
                        "migrations/V2__marker.sql",
                        "do $$ begin perform current_setting('shop.marker')::text; end $$;")
                .writeTo(folder);
        ProgramRun run = deploy("plan", TestCluster.freshDatabase(), "--reference", "embedded");
        assertThat(run.err()).contains("the table public.orders of the index").doesNotContain("shop.marker");
    }

    @Test
    void a_server_that_goes_away_in_the_middle_of_a_build() {
        try (CrashingServer server = new CrashingServer()) {
            Connections database = migrated(server.connections());
            ProgramRun run = whileBuilding(database, () -> apply(database), server::crash);
            assertThat(run.exitCode()).as(run.err()).isEqualTo(3);
            assertThat(run.err())
                    .contains("error: the server at " + database.settings().address());
            ProgramRun status = deploy("status", database);
            assertThat(status.exitCode()).as(status.out() + run.err()).isEqualTo(1);
            assertThat(status.out())
                    .contains("interrupted: create public.orders_owner", "now: public.orders_owner is invalid")
                    .endsWith("takes it back\n");

            ProgramRun again = apply(database);
            assertThat(again.exitCode()).as(again.err()).isZero();
            assertThat(again.err())
                    .contains("goes on with deployment 1")
                    .contains("an interrupted build left it invalid");
            assertThat(deploy("status", database).out()).contains("now: public.orders_owner is valid");
        }
    }
}
