package dev.pgattest.lint;

import dev.pgattest.sql.SqlFile;
import java.util.List;
import java.util.function.Consumer;

/**
 * A rule at the end of a file.
 *
 * @param rule the rule
 * @param file the file
 * @param statements those that could be read, in order, without those in bodies; see {@link FileStatements} for what has no tree
 * @param before what existed before the first one
 * @param session what is in force and what exists behind the last one
 * @param input all files of the run
 * @param settings the project's
 * @param sink takes findings
 */
record FileEnd(
        LintRule rule,
        SqlFile file,
        List<Statement> statements,
        KnownObjects before,
        Session session,
        LintInput input,
        LintSettings settings,
        Consumer<Finding> sink) {

    /** Whether the file takes back what another one does, so that taking away is what it is for. */
    boolean isUndo() {
        return MigrationName.of(file.path()).undo();
    }

    /** A finding about the whole file; it is shown at its beginning. */
    Draft find(String message) {
        return new Draft(sink, rule, settings.severity(rule), file, message).at(0, 0);
    }

    /** A finding about one of its statements. */
    Draft find(Statement statement, String message) {
        return find(message).at(statement.start(), statement.end());
    }
}
