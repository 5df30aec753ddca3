package dev.pgattest.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.deploy.BuildProgress;
import dev.pgattest.deploy.CompletionReport;
import dev.pgattest.deploy.CompletionReport.Result;
import dev.pgattest.deploy.CompletionReport.StepOutcome;
import dev.pgattest.deploy.DeploymentRecord.StepRecord;
import dev.pgattest.deploy.Step;
import dev.pgattest.deploy.StepKind;
import dev.pgattest.pipeline.DeployLab.Live;
import dev.pgattest.postgres.Session;
import dev.pgattest.report.CompletionMarkdown;
import dev.pgattest.report.DeploymentStatusText;
import dev.pgattest.report.Paint;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeploymentRecorderTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void retries_and_blockers_are_in_the_report_and_the_journal() throws IOException {
        DeployLab lab = DeployLab.of(DeployLab.project(
                folder,
                "",
                "create index concurrently orders_owner on orders (owner);\ncreate view owned as select owner from orders;\n",
                "drop view owned; drop index concurrently orders_owner;\n"));
        Live live = lab.database();
        try (Session writer = live.connections().openAs("a \"writer\"");
                Session locker = live.connections().openAs("locker")) {
            writer.execute("begin");
            writer.execute("insert into owners values (1)");
            writer.execute("insert into orders values (1, 1)");
            writer.execute("select 'password=secret'");
            DeploymentRecorder recorder = new DeploymentRecorder(folder, live.connections(), new DeploymentListener() {
                @Override
                public void watched(Step step, BuildProgress progress) {
                    if (progress.blocker() != null) {
                        writer.execute("rollback");
                    }
                }

                @Override
                public void starts(Step step) {
                    if (step.kind() == StepKind.SCRIPT) {
                        locker.execute("begin; lock table orders");
                    }
                }

                @Override
                public void retries(Step step, int attempt, Duration pause, String why) {
                    locker.execute("rollback");
                }
            });
            assertThat(recorder.report(null)).isEmpty();

            live.apply("indexed", recorder);

            assertTold(recorder.report(null).orElseThrow(), live);
        }
    }

    private void assertTold(CompletionReport report, Live live) {
        assertThat(report.steps()).extracting(StepOutcome::result).containsExactly(Result.DONE, Result.DONE);
        assertThat(report.steps().get(0).blockers()).singleElement().satisfies(blocker -> {
            assertThat(blocker.application()).isEqualTo("a \"writer\"");
            assertThat(blocker.query()).isEqualTo("select 'password=***'");
        });
        List<String> retries =
                report.steps().stream().flatMap(step -> step.retries().stream()).toList();
        assertThat(retries).hasSize(1).allMatch(why -> why.contains("lock timeout"));
        assertThat(CompletionMarkdown.of(report))
                .contains("waited for process ")
                .contains("- tried again: ");

        List<StepRecord> steps = live.history().last().orElseThrow().steps();
        assertThat(steps.get(0).waits().blockers()).singleElement().asString().contains("a \"writer\"");
        assertThat(steps.stream().mapToInt(step -> step.waits().retries()).sum())
                .isEqualTo(1);
        assertThat(DeploymentStatusText.of(
                        new DeploymentStatus(folder, live.connections().settings()).run(), Paint.NONE))
                .contains("waited for process ")
                .contains("tried again once");
    }

    @Test
    void a_journal_of_an_earlier_version_gets_the_columns_that_it_lacks() throws IOException {
        Live live = DeployLab.of(DeployLab.project(
                        folder, "", "create index orders_owner on orders (owner);\n", "drop index orders_owner;\n"))
                .database();
        live.apply("indexed");
        live.run("alter table pgattest.deployment_step drop column retries, drop column waited_for");
        assertThat(live.history().last().orElseThrow().steps()).hasSize(1);
        live.rollback(DeploymentListener.SILENT);
        assertThat(live.history().unfinished()).isEmpty();
    }
}
