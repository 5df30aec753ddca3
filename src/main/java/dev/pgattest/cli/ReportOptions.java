package dev.pgattest.cli;

import dev.pgattest.PgattestException;
import dev.pgattest.deploy.CompletionReport;
import dev.pgattest.pipeline.ApplyDeployment;
import dev.pgattest.pipeline.CompletionReportFile;
import dev.pgattest.pipeline.DeployRequest;
import dev.pgattest.pipeline.DeploymentListener;
import dev.pgattest.pipeline.DeploymentRecorder;
import dev.pgattest.report.CompletionJson;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is told of a deployment when it has ended, well or not. */
final class ReportOptions {

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description =
                    "Write what was done as Markdown, also when it fails: steps, sizes, times beside the expected ones, retries,"
                            + " who was waited for, the queries' plans before and after, what is left.")
    private @Nullable Path file;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description =
                    "Result: ${COMPLETION-CANDIDATES}; json has what --report writes (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private OutputFormat format;

    /** Runs a deployment and tells of it. */
    void run(
            DeployRequest request,
            DeploymentListener lines,
            PrintWriter out,
            Function<DeploymentListener, ApplyDeployment.Outcome> deployment) {
        if (file == null && format != OutputFormat.json) {
            out.println(DeployResult.text(deployment.apply(lines)));
            return;
        }
        if (file != null) {
            CompletionReportFile.requireWritable(file);
        }
        DeploymentRecorder recorder = new DeploymentRecorder(request.project(), request.connections(), lines);
        try {
            ApplyDeployment.Outcome outcome = deployment.apply(recorder);
            tell(recorder.report(null), out);
            if (format != OutputFormat.json) {
                out.println(DeployResult.text(outcome));
            } else if (outcome.deployment().isEmpty()) {
                out.println(CompletionJson.ofNothing(outcome.plan(), request.databaseName(), Version.text()));
            }
        } catch (PgattestException failure) {
            try {
                tell(recorder.report(failure), out);
            } catch (PgattestException unwritten) {
                failure.addSuppressed(unwritten);
            }
            throw failure;
        } finally {
            out.flush();
        }
    }

    private void tell(Optional<CompletionReport> report, PrintWriter out) {
        report.ifPresent(each -> {
            if (format == OutputFormat.json) {
                out.println(CompletionJson.of(each, Version.text()));
            }
            if (file != null) {
                CompletionReportFile.write(file, each);
            }
        });
    }
}
