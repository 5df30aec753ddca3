package dev.pgattest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.pgattest.postgres.Connections;
import dev.pgattest.postgres.Migrations;
import dev.pgattest.postgres.Session;
import dev.pgattest.testing.ShopProject;
import dev.pgattest.testing.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeployCommandTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private final Connections database = TestCluster.freshDatabase();

    @SuppressWarnings("NullAway.Init") // set before each test
    private Path project;

    @BeforeEach
    void makeDatabase() throws IOException {
        project = new ShopProject()
                .named("deployed")
                .withFile("states/apply.sql", """
                        create index concurrently orders_owner on orders (owner);
                        create view owned as select owner from orders;
                        """)
                .withFile("states/undo.sql", "drop view owned; drop index concurrently orders_owner;\n")
                .writeTo(folder.resolve("project"));
        Migrations.run(database.settings(), project.resolve("migrations"), "migrations");
    }

    private static String url(String user, Connections database) {
        return TestCluster.url()
                .replaceFirst("//[^:]*:", "//" + user + ":")
                .replaceFirst("/[^/]*$", "/" + database.settings().database());
    }

    private ProgramRun deploy(String verb, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("deploy", verb, project.toString(), "--server", url("postgres", database)));
        if (!verb.equals("status")) {
            arguments.addAll(List.of("--reference", TestCluster.url()));
        }
        arguments.addAll(List.of(more));
        return ProgramRun.of(arguments.toArray(String[]::new));
    }

    private static void assertFollows(String schema, String json) throws IOException {
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(Files.readString(Path.of("docs/schema", schema)))
                        .validate(json, InputFormat.JSON))
                .isEmpty();
    }

    @Test
    void a_deployment_from_its_plan_to_its_rollback() throws IOException {
        Path file = folder.resolve("plan.json");
        ProgramRun plan = deploy("plan", "--format", "json", "--out", file.toString());
        assertThat(plan.exitCode()).as(plan.err()).isZero();
        assertThat(plan.out()).isEqualTo(Files.readString(file));
        assertFollows("deployment.schema.json", plan.out());

        ProgramRun refused = deploy("apply", "--plan", file.toString());
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err())
                .contains("hazards that are not allowed: script")
                .contains("add --allow script");
        assertThat(deploy("status").out()).startsWith("no deployment of deployed has begun");

        ProgramRun applied = deploy("apply", "--plan", file.toString(), "--allow", "script");
        assertThat(applied.exitCode()).as(applied.err()).isZero();
        assertThat(applied.out()).isEqualToIgnoringNewLines("deployed is in indexed: deployment 1, 2 steps");
        assertThat(applied.err())
                .contains("ok    standby: the server is a primary")
                .contains("step 1 of 2: create public.orders_owner on public.orders");

        ProgramRun stale = deploy("apply", "--plan", file.toString(), "--allow", "script");
        assertThat(stale.exitCode()).isEqualTo(2);
        assertThat(stale.err()).contains("made for another state of the database");

        assertThat(deploy("verify").exitCode()).isZero();
        ProgramRun status = deploy("status", "--format", "json");
        assertThat(status.exitCode()).isZero();
        assertFollows("deployment-status.schema.json", status.out());

        ProgramRun back = deploy("rollback", "--yes", "--allow", "script", "--allow", "drop-index");
        assertThat(back.exitCode()).as(back.err()).isZero();
        ProgramRun differs = deploy("verify", "--to", "indexed");
        assertThat(differs.exitCode()).isEqualTo(1);
        assertThat(differs.out()).contains("differs: public.orders_owner: it is missing (create)");
        assertThat(deploy("rollback", "--yes").err()).contains("there is no deployment of deployed to take back");
    }

    @Test
    void a_report_tells_what_was_done_and_what_is_left() throws IOException {
        try (Session session = database.open()) {
            session.execute("insert into owners select n from generate_series(1, 10) n;"
                    + "insert into orders select n, 1 + n % 10 from generate_series(1, 20000) n; analyze");
        }
        Path file = folder.resolve("reports/done.md");
        ProgramRun failed =
                deploy("apply", "--yes", "--report", folder.resolve("failed.md").toString());
        assertThat(failed.exitCode()).isEqualTo(2);
        assertThat(folder.resolve("failed.md")).doesNotExist();

        ProgramRun applied =
                deploy("apply", "--yes", "--allow", "script", "--report", file.toString(), "--format", "json");
        assertThat(applied.exitCode()).as(applied.err()).isZero();
        assertFollows("deployment-report.schema.json", applied.out());
        assertThat(applied.out()).contains("\"deployment\" : 1").contains("\"changed\" : true");
        assertThat(Files.readString(file))
                .startsWith("# Deployment of deployed: plain → indexed\n")
                .contains("| 1 | create | `public.orders_owner` | done | ")
                .containsPattern("\\| `public\\.orders_owner` \\| – \\| \\d+ kB \\| about ")
                .contains("### Q1_orders (typical, custom)")
                .contains("using orders_owner")
                .contains("No step was tried again")
                .contains("Nothing: every index that was touched is valid or gone.");

        ProgramRun nothing = deploy("apply", "--yes", "--format", "json");
        assertFollows("deployment-report.schema.json", nothing.out());

        try (Session session = database.open()) {
            session.execute("create view in_the_way as select * from owned");
        }
        Path stopped = folder.resolve("stopped.md");
        ProgramRun back = deploy(
                "rollback", "--yes", "--allow", "script", "--allow", "drop-index", "--report", stopped.toString());
        assertThat(back.exitCode()).isEqualTo(1);
        assertThat(Files.readString(stopped))
                .startsWith("# Rollback of deployed: indexed → plain\n")
                .contains("| result | **not finished**: script states/undo.sql:1 is refused by the server")
                .contains("| 1 | script | `states/undo.sql:1` | failed |")
                .contains("| 2 | drop | `public.orders_owner` | not begun |")
                .contains("- the deployment is unfinished");
    }

    @Test
    void a_playbook_is_written_as_a_folder() throws IOException {
        Path file = folder.resolve("plan.json");
        deploy("plan", "--out", file.toString());
        Path out = folder.resolve("new folder");
        ProgramRun run = deploy("playbook", "--plan", file.toString(), "--out", out.toString(), "--free-space", "20GB");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out().lines())
                .containsExactly(out + "/playbook.md", out + "/plan.json", out + "/apply.sql", out + "/rollback.sql");
        assertThat(Files.readString(out.resolve("plan.json"))).isEqualTo(Files.readString(file));
        assertThat(Files.readString(out.resolve("playbook.md")))
                .startsWith("# Deployment of deployed: plain → indexed\n")
                .contains("| free space | about 1 MB for what is built")
                .contains("deploy apply \"$PROJECT\" --server \"$SERVER\" --plan plan.json --allow script")
                .contains("psql -X -v allow=drop-index,script -f rollback.sql \"$SERVER\"")
                .contains("| 23505 |");
        Path again = folder.resolve("again");
        deploy("playbook", "--out", again.toString(), "--free-space", "20GB");
        for (String name : List.of("playbook.md", "plan.json", "apply.sql", "rollback.sql")) {
            assertThat(again.resolve(name)).hasSameTextualContentAs(out.resolve(name));
        }

        assertThat(deploy("playbook", "--rollback", "--out", out.toString()).err())
                .contains("there is no deployment of deployed to take back");
        assertThat(deploy("playbook", "--rollback", "--to", "plain", "--out", "x")
                        .err())
                .contains("--rollback is given with --to");
        try (Session session = database.open()) {
            session.execute("create index orders_owner on orders (owner)");
        }
        assertThat(deploy(
                                "playbook",
                                "--plan",
                                file.toString(),
                                "--out",
                                folder.resolve("none").toString())
                        .err())
                .contains("made for another state of the database");
        assertThat(folder.resolve("none")).doesNotExist();
    }

    @Test
    void nothing_is_changed_that_nobody_confirmed() {
        ProgramRun run = deploy("apply", "--allow", "script");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains("nobody is there to confirm the plan")
                .contains("create index concurrently orders_owner");
        assertThat(deploy("verify").exitCode()).isEqualTo(1);
    }

    @Test
    void what_is_wrong_with_the_command_is_said() throws IOException {
        assertThat(deploy("plan", "--to", "nowhere").err())
                .contains("the project has no state nowhere")
                .contains("name one of plain, indexed");
        assertThat(deploy("apply", "--allow", "everything").err()).contains("allow one of drop-index, replace-index");
        assertThat(deploy("apply", "--to", "plain", "--plan", "x").err()).contains("--to and --plan are given");
        assertThat(deploy("apply", "--plan", folder.resolve("none").toString()).err())
                .contains("cannot be read");
        Path file = Files.writeString(folder.resolve("other.json"), "{\"format\": 7}");
        assertThat(deploy("apply", "--plan", file.toString()).err()).contains("its format is not 1");
        assertThat(deploy("plan", "--lock-timeout", "soon").exitCode()).isEqualTo(2);
        ProgramRun embedded = ProgramRun.of("deploy", "plan", project.toString(), "--server", "embedded");
        assertThat(embedded.exitCode()).isEqualTo(2);
        assertThat(embedded.err()).contains("which is no database that anything could be deployed to");
        assertThat(ProgramRun.of("deploy", "plan", project.toString()).err()).contains("--server=URL");
    }

    @Test
    void a_server_that_is_not_there_is_the_environments_failure() {
        ProgramRun run =
                ProgramRun.of("deploy", "plan", project.toString(), "--server", "postgresql://nobody@127.0.0.1:1/none");
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).contains("cannot connect to postgresql://nobody@127.0.0.1:1/none");
    }

    @Test
    void a_role_without_the_rights_is_told_before_anything_is_changed() {
        String role = "without_" + database.settings().database();
        String password = TestCluster.url().replaceFirst(".*//[^:]*:([^@]*)@.*", "$1");
        try (Session session = database.open()) {
            session.execute("create role " + role + " login password '" + password + "'");
            session.execute("grant temporary on database " + database.settings().database() + " to " + role);
        }
        ProgramRun run = ProgramRun.of(
                "deploy",
                "apply",
                project.toString(),
                "--server",
                url(role, database),
                "--reference",
                TestCluster.url(),
                "--yes",
                "--allow",
                "script");
        assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
        assertThat(run.err())
                .contains("block rights on public.orders: it belongs to postgres")
                .contains("block journal: the role " + role + " may not write the journal");
        assertThat(deploy("status").out()).startsWith("no deployment of deployed has begun");
    }

    @Test
    void a_script_that_may_not_stand_in_a_transaction_is_refused_with_its_place() throws IOException {
        Files.writeString(project.resolve("states/apply.sql"), """
                create index concurrently orders_owner on orders (owner);
                alter system set work_mem = '8MB';
                alter system reset work_mem;
                create view owned as select owner from orders;
                """);
        ProgramRun run = deploy("plan");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("states/apply.sql:2:1: error: a deployment cannot run this statement");
    }
}
