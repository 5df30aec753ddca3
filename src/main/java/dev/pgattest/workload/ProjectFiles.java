package dev.pgattest.workload;

import dev.pgattest.sql.SqlFile;
import java.util.List;

/**
 * Where a project's parts are; every path is relative to the project's folder, with {@code /} between its parts.
 *
 * @param migrations the Flyway folder
 * @param migrationFiles the migrations' texts, sorted by path
 * @param dataset the dataset's file
 * @param workload the workload's file
 * @param indexes the index plan's file; empty when the project has none
 */
public record ProjectFiles(
        String migrations, List<SqlFile> migrationFiles, String dataset, String workload, String indexes) {

    public ProjectFiles {
        migrationFiles = List.copyOf(migrationFiles);
    }
}
