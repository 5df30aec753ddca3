package dev.pgattest.pipeline;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to lint and how.
 *
 * @param paths files and folders
 * @param project folder whose {@code pgattest.yaml} has settings; null for none
 * @param pgVersion major version of the servers; null for the project's
 * @param transactional whether each file runs in one transaction, whatever the project says
 * @param since only what is not in this revision; null for everything
 * @param fix whether to rewrite in place what can be rewritten safely
 */
public record LintRequest(
        List<Path> paths,
        @Nullable Path project,
        @Nullable Integer pgVersion,
        boolean transactional,
        @Nullable String since,
        boolean fix) {

    public LintRequest {
        paths = List.copyOf(paths);
    }
}
