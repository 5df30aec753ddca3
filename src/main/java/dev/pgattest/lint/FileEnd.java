package dev.pgattest.lint;

import dev.pgattest.sql.SqlFile;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A rule at the end of a file.
 *
 * @param rule the rule
 * @param outline what is known of the file
 * @param statements those that could be read, in order, without those in bodies; see {@link FileStatements} for what has no tree
 * @param before what existed before the first one
 * @param session what is in force and what exists behind the last one
 * @param input all files of the run
 * @param settings the project's
 * @param sink takes findings
 */
record FileEnd(
        LintRule rule,
        FileOutline outline,
        FileStatements statements,
        KnownObjects before,
        Session session,
        LintInput input,
        LintSettings settings,
        Consumer<Draft.Pending> sink) {

    SqlFile file() {
        return outline.file();
    }

    /** Whether the file, or the part of it that has ended, takes back what another one does, so that taking away is what it is for. */
    boolean isUndo() {
        return session.part().undo();
    }

    /** A finding about the whole file; it is shown at its beginning. */
    Draft find(String message) {
        return new Draft(sink, rule, settings.severity(rule), outline, message).at(0, 0);
    }

    /** A finding about one of its statements. */
    Draft find(Statement statement, String message) {
        return find(message).at(statement.start(), statement.end());
    }

    /** The statements of later files that go forward, of those whose text may be of interest. */
    Stream<Statement> later(Predicate<String> interesting) {
        List<SqlFile> files = input.files();
        return files.subList(files.indexOf(file()) + 1, files.size()).stream()
                .filter(each -> interesting.test(each.text()))
                .map(each -> FileOutline.of(each, settings.transactional()))
                .flatMap(each -> each.parts().stream()
                        .filter(part -> !part.undo())
                        .flatMap(part -> each.of(part).stream())
                        .filter(source -> interesting.test(source.text()))
                        .flatMap(source ->
                                StatementReader.read(each.file(), source, Statement.Inside.FILE).statement().stream()));
    }
}
