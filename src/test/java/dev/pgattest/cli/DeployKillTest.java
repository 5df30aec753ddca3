package dev.pgattest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.deploy.DeploymentRecord.Actor;
import dev.pgattest.deploy.DeploymentRecord.Waits;
import dev.pgattest.postgres.Connections;
import dev.pgattest.postgres.DeploymentJournal;
import dev.pgattest.postgres.Migrations;
import dev.pgattest.postgres.SchemaFingerprint;
import dev.pgattest.postgres.Session;
import dev.pgattest.testing.ShopProject;
import dev.pgattest.testing.TestCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program itself is killed with SIGKILL, and run again. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeployKillTest {

    private static final String APPLY = """
            create index concurrently orders_owner on orders (owner) include (status);
            drop index concurrently orders_status;
            create index concurrently orders_status on orders (status, id);
            create table totals (owner bigint primary key, orders bigint not null);
            insert into totals select owner, count(*) from orders group by owner;
            """;

    private static final String UNDO = """
            drop table totals;
            drop index concurrently orders_status;
            create index concurrently orders_status on orders (status);
            drop index concurrently orders_owner;
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private static Path folder;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private Path project;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private Connections original;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private Path plan;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private List<String> target;

    @BeforeAll
    void makeDatabase() throws IOException {
        project = new ShopProject()
                .named("killed")
                .withFile("migrations/V2__status.sql", """
                        alter table orders add column status varchar(10) not null default 'open';
                        create index orders_status on orders (status);
                        """)
                .withFile("states/apply.sql", APPLY)
                .withFile("states/undo.sql", UNDO)
                .writeTo(folder.resolve("project"));
        original = TestCluster.freshDatabase();
        Migrations.run(original.settings(), project.resolve("migrations"), "migrations");
        try (Session session = original.open()) {
            session.execute("insert into owners select n from generate_series(1, 10) n;"
                    + "insert into orders select n, 1 + n % 10 from generate_series(1, 500) n");
            new DeploymentJournal(session, new Actor("nobody", "nowhere", 0), () -> Waits.NONE).make();
        }
        plan = folder.resolve("plan.json");
        assertThat(deploy("plan", original, "--reference", TestCluster.url(), "--out", plan.toString())
                        .exitCode())
                .isZero();
        target = reached();
    }

    private List<String> reached() {
        Connections database = copy();
        assertThat(apply(database).exitCode()).isZero();
        ProgramRun verified = deploy("verify", database, "--reference", TestCluster.url());
        assertThat(verified.exitCode()).as(verified.out() + verified.err()).isZero();
        try (Session session = database.open()) {
            return SchemaFingerprint.read(session).lines();
        }
    }

    private ProgramRun apply(Connections database) {
        return deploy(
                "apply",
                database,
                "--plan",
                plan.toString(),
                "--allow",
                "script",
                "--allow",
                "drop-index",
                "--allow",
                "replace-index");
    }

    @AfterAll
    void noProgramIsLeft() {
        assertThat(ProcessHandle.current()
                        .children()
                        .filter(child -> child.info()
                                .arguments()
                                .filter(arguments -> List.of(arguments).contains("deploy"))
                                .isPresent()))
                .isEmpty();
    }

    private ProgramRun deploy(String verb, Connections database, String... more) {
        List<String> arguments = new ArrayList<>(List.of(arguments(verb, database)));
        arguments.addAll(List.of(more));
        return ProgramRun.of(arguments.toArray(String[]::new));
    }

    private String[] arguments(String verb, Connections database) {
        String url = TestCluster.url()
                .replaceFirst("/[^/]*$", "/" + database.settings().database());
        return new String[] {"deploy", verb, project.toString(), "--server", url};
    }

    private Connections copy() {
        Connections copy = TestCluster.freshDatabase();
        String name = copy.settings().database();
        try (Session session = TestCluster.server().open()) {
            session.execute("drop database " + name);
            session.execute("create database " + name + " template "
                    + original.settings().database());
        }
        return copy;
    }

    private Process begin(Connections database) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(arguments("apply", database)));
        arguments.addAll(List.of(
                "--plan", plan.toString(), "--allow", "script", "--allow", "drop-index", "--allow", "replace-index"));
        return ProgramRun.process(folder.resolve("output.txt"), List.of(), arguments.toArray(String[]::new))
                .start();
    }

    private static void kill(Process program) throws InterruptedException {
        program.destroyForcibly();
        assertThat(program.waitFor(1, TimeUnit.MINUTES)).isTrue();
    }

    private void assertMended(Connections database) {
        ProgramRun status = deploy("status", database);
        assertThat(status.exitCode()).as(status.out()).isEqualTo(1);

        ProgramRun again = apply(database);
        assertThat(again.exitCode()).as(again.err()).isZero();

        assertThat(deploy("status", database).out()).contains("nobody is at work, nothing is unfinished");
        try (Session session = database.open()) {
            assertThat(SchemaFingerprint.read(session).lines()).isEqualTo(target);
            assertThat(session.query("select sum(orders) from totals", row -> row.getLong(1)))
                    .containsExactly(500L);
        }
    }

    /** The journal's own rows are the moments: the program is killed while the server writes one. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert 1",
                "update 1",
                "insert 2",
                "insert 3",
                "update 3",
                "insert 4",
                "update 4",
                "update 5",
                "insert 6",
                "update 6"
            })
    void a_killed_program_is_run_again(String moment) throws Exception {
        Connections database = copy();
        String[] parts = moment.split(" ", 2);
        try (Session gate = database.open();
                Session look = database.open()) {
            gate.execute("""
                    create function pgattest.wait() returns trigger language plpgsql as $$
                    begin
                        if new.position = %s then
                            perform pg_advisory_xact_lock(4711);
                        end if;
                        return new;
                    end $$;
                    create trigger wait before %s on pgattest.deployment_step for each row execute function pgattest.wait();
                    select pg_advisory_lock(4711);
                    """.formatted(parts[1], parts[0]));
            Process program = begin(database);
            await(look, program, "select exists (select from pg_locks where objid = 4711 and not granted)");
            kill(program);
            gate.execute("select pg_advisory_unlock(4711)");
            look.execute("drop function pgattest.wait() cascade");
        }
        assertMended(database);
    }

    @Test
    void a_build_whose_program_is_gone_is_waited_for() throws Exception {
        Connections database = copy();
        try (Session writer = database.open();
                Session look = database.open()) {
            writer.execute("begin; update orders set status = status where id = 1");
            Process program = begin(database);
            await(
                    look,
                    program,
                    "select exists (select from pg_stat_progress_create_index where phase = 'waiting for writers before build')");
            kill(program);
            ProgramRun status = deploy("status", database);
            assertThat(status.out())
                    .contains("now: public.orders_owner is being built")
                    .contains("at work now: pgattest (process " + program.pid());
            ProgramRun impatient = deploy("apply", database, "--plan", plan.toString(), "--wait", "0s");
            assertThat(impatient.exitCode()).isEqualTo(3);
            assertThat(impatient.err())
                    .contains("another deployment is at work")
                    .contains("process " + program.pid());
            writer.execute("commit");
        }
        assertMended(database);
    }

    private static void await(Session look, Process program, String condition) {
        while (!look.query(condition, row -> row.getBoolean(1)).get(0)) {
            assertThat(program.isAlive()).isTrue();
            Thread.onSpinWait();
        }
    }
}
