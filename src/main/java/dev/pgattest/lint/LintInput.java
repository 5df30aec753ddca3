package dev.pgattest.lint;

import dev.pgattest.sql.SqlFile;
import java.util.List;

/**
 * Files that run one after the other on the same database.
 *
 * @param files in the order in which they run
 */
public record LintInput(List<SqlFile> files) {

    public LintInput {
        files = List.copyOf(files);
    }

    /** The files in the order in which migration tools run them. */
    public static LintInput inOrder(List<SqlFile> files) {
        return new LintInput(files.stream()
                .sorted((one, other) -> MigrationName.ORDER.compare(one.path(), other.path()))
                .toList());
    }
}
