package dev.pgattest.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Passwords in the scripts of states. */
class DeploySecretsTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private final Connections database = TestCluster.freshDatabase();

    @Test
    void no_password_of_a_script_is_kept_or_shown() throws IOException {
        Path project = new ShopProject()
                .named("secretive")
                .withFile("states/apply.sql", """
                        alter role postgres valid until 'infinity';
                        do $$ begin execute 'alter role pg_monitor password ''hunter2'' nologin'; exception when others then null; end $$;
                        """)
                .withFile("states/undo.sql", "alter role postgres valid until 'infinity';\n")
                .writeTo(folder.resolve("project"));
        Migrations.run(database.settings(), project.resolve("migrations"), "migrations");
        String file = folder.resolve("plan.json").toString();

        assertThat(deploy(project, "plan").out()).contains("password ''***''");
        ProgramRun json = deploy(project, "plan", "--format", "json");
        assertThat(json.out()).contains("\"secrets_hidden\" : true").doesNotContain("hunter2");
        for (List<String> refused : List.of(
                List.of("plan", "--out", file),
                List.of("playbook", "--out", folder.resolve("book").toString()))) {
            ProgramRun run = deploy(project, refused.get(0), refused.get(1), refused.get(2));
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err())
                    .contains("the statements from states/apply.sql:2 hold a password")
                    .doesNotContain("hunter2");
        }
        assertThat(folder).isDirectoryNotContaining("glob:**/{plan.json,book}");
        Files.writeString(Path.of(file), json.out());
        assertThat(deploy(project, "apply", "--plan", file).err())
                .contains("passwords were taken out of states/apply.sql:2");

        ProgramRun applied = deploy(project, "apply", "--yes", "--allow", "script");
        assertThat(applied.exitCode()).as(applied.err()).isZero();
        assertThat(applied.err()).doesNotContain("hunter2");
        try (Session session = database.open()) {
            assertThat(session.query(
                            "select to_jsonb(s)::text from pgattest.deployment_step s", row -> row.getString(1)))
                    .anySatisfy(row -> assertThat(row).contains("***"))
                    .noneSatisfy(row -> assertThat(row).contains("hunter2"));
        }
    }

    private ProgramRun deploy(Path project, String verb, String... more) {
        String url = TestCluster.url()
                .replaceFirst("/[^/]*$", "/" + database.settings().database());
        List<String> arguments = new ArrayList<>(
                List.of("deploy", verb, project.toString(), "--server", url, "--reference", TestCluster.url()));
        arguments.addAll(List.of(more));
        return ProgramRun.of(arguments.toArray(String[]::new));
    }
}
