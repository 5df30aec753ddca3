package dev.pgattest.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.Severity;
import dev.pgattest.deploy.Hazard;
import dev.pgattest.lint.LintInput;
import dev.pgattest.lint.LintSettings;
import dev.pgattest.lint.Linter;
import dev.pgattest.pipeline.DeployLab.Live;
import dev.pgattest.sql.SqlFile;
import dev.pgattest.testing.Psql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reference system by psql, and by psql and the deployer in turns. */
class PlaybookSkeldirTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void skeldir_goes_to_proven_and_back_and_on_to_canonical() throws IOException {
        DeployLab lab = DeployLab.of(Path.of("systems/skeldir"));
        Live live = lab.database();
        List<String> baseline = live.schema().lines();
        Path proven = folder.resolve("proven");
        live.playbook("proven").writeTo(proven);

        run(live, proven.resolve("apply.sql"));

        assertThat(live.steps("proven")).isEmpty();
        assertThat(live.schema().lines())
                .isEqualTo(lab.database().apply("proven").schema().lines());
        assertThat(live.texts("select count(*) from channel_performance_coverage"))
                .containsExactly("1");
        run(live, proven.resolve("rollback.sql"));
        assertThat(live.schema().lines()).isEqualTo(baseline);

        live.apply("canonical");
        Path onwards = folder.resolve("onwards");
        live.playbook("proven").writeTo(onwards);
        run(live, onwards.resolve("apply.sql"));
        assertThat(live.steps("proven")).isEmpty();
        live.rollback(DeploymentListener.SILENT);
        assertThat(live.schema().lines())
                .isEqualTo(lab.database().apply("canonical").schema().lines());
    }

    private static void run(Live live, Path script) throws IOException {
        SqlFile file = new SqlFile(script.toString(), Files.readString(script));
        assertThat(Linter.lint(new LintInput(List.of(file)), LintSettings.DEFAULT)
                        .findings())
                .noneMatch(finding -> finding.severity() == Severity.ERROR);
        Psql.End end = Psql.to(live.connections())
                .run("-v", "allow=" + String.join(",", Hazard.ids()), "-f", script.toString());
        assertThat(end.status()).as(end.output()).isZero();
    }
}
