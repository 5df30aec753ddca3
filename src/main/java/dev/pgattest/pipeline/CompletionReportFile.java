package dev.pgattest.pipeline;

import dev.pgattest.PgattestException;
import dev.pgattest.deploy.CompletionReport;
import dev.pgattest.files.AtomicFile;
import dev.pgattest.report.CompletionMarkdown;
import java.nio.file.Path;

/** The report of a deployment as a file. */
public final class CompletionReportFile {

    private CompletionReportFile() {}

    /**
     * Finds out, before anything is changed, whether the report can be written.
     *
     * @throws PgattestException of bad input when it cannot
     */
    public static void requireWritable(Path file) {
        AtomicFile.requireWritable(file, "--report");
    }

    /**
     * Writes it as Markdown, whole or not at all.
     *
     * @throws PgattestException of the environment when it cannot be written
     */
    public static void write(Path file, CompletionReport report) {
        AtomicFile.write(file, CompletionMarkdown.of(report));
    }
}
