package dev.pgattest.workload;

import dev.pgattest.sql.SqlFile;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a project's parts are; every path is relative to the project's folder, with {@code /} between its parts.
 *
 * @param migrations the Flyway folder
 * @param migrationFiles the migrations' texts, sorted by path
 * @param dataset the dataset's file
 * @param workload the workload's file
 * @param indexes the index plan's file; empty when the project has none
 * @param derived the queries of the dataset's derived tables by table, in declared order
 */
public record ProjectFiles(
        String migrations,
        List<SqlFile> migrationFiles,
        String dataset,
        String workload,
        String indexes,
        Map<String, SqlFile> derived) {

    public ProjectFiles {
        migrationFiles = List.copyOf(migrationFiles);
        derived = Collections.unmodifiableMap(new LinkedHashMap<>(derived));
    }
}
