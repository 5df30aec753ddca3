package dev.pgattest.workload;

import dev.pgattest.Result;
import dev.pgattest.sql.SqlFile;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a project is checked against besides its own files' form.
 *
 * @param sql SQL's grammar; null to leave SQL and parameters unchecked
 * @param dataset reads the dataset's file, given as path and text; null to leave its names unchecked
 * @param redFlags the thresholds of every known red flag, by id; null to leave them unchecked
 */
public record ProjectRules(
        @Nullable SqlInspector sql,
        @Nullable Function<SqlFile, Result<DatasetNames>> dataset,
        @Nullable Map<String, Set<String>> redFlags) {

    /** Only the form of the project's own files is checked. */
    public static final ProjectRules FORM_ONLY = new ProjectRules(null, null, null);
}
