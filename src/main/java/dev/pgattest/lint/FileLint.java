package dev.pgattest.lint;

import dev.pgattest.lint.Statement.Inside;
import dev.pgattest.lint.Suppressions.Suppression;
import dev.pgattest.sql.SqlFile;
import dev.pgattest.sql.SqlLexer;
import dev.pgattest.sql.SqlScript;
import dev.pgattest.sql.SqlStatement;
import dev.pgattest.sql.SqlTokens;
import dev.pgattest.sql.SyntaxError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** One file: its statements through all rules, with what the session is before each. */
final class FileLint {

    /** Statements whose trees are held at the same time. */
    private static final int READ_AHEAD = 64;

    private static final int FEW = 16;

    private final SqlFile file;
    private final LintInput input;
    private final LintSettings settings;
    private final Session session;
    private final SessionChanges changes;
    private final List<Finding> found = new ArrayList<>();
    private final FileStatements statements = new FileStatements();
    private int statementCount;

    FileLint(SqlFile file, LintInput input, LintSettings settings, Session session) {
        this.file = file;
        this.input = input;
        this.settings = settings;
        this.session = session;
        this.changes = new SessionChanges(session);
    }

    /** What is known of a file without reading its statements. Its tokens, ten times as large as its text, are not kept. */
    private record Outline(
            List<SqlStatement> statements, List<Suppression> suppressions, Optional<SyntaxError> openComment) {
        static Outline of(SqlFile file) {
            SqlTokens tokens = SqlLexer.tokens(file.text());
            List<SqlStatement> statements = SqlScript.statements(tokens);
            List<int[]> ranges = statements.stream()
                    .map(source -> new int[] {source.start(), source.end()})
                    .toList();
            return new Outline(statements, Suppressions.of(file, tokens, ranges).all(), unclosedComment(tokens));
        }
    }

    /** What is opened in a statement is the grammar's to find; a comment is not part of any. */
    private static Optional<SyntaxError> unclosedComment(SqlTokens tokens) {
        return tokens.error().filter(error -> tokens.sql().startsWith("/*", error.offset()));
    }

    /** The findings of the file, in order; the session is then what it is behind the file. */
    List<Finding> run() {
        Outline outline = Outline.of(file);
        List<SqlStatement> sources = outline.statements();
        outline.openComment().ifPresent(this::syntaxError);
        changes.beginFile(settings.transactional());
        KnownObjects before = session.objects().copy();
        for (int first = 0; first < sources.size(); first += READ_AHEAD) {
            for (StatementReader.Reading reading :
                    read(sources.subList(first, Math.min(first + READ_AHEAD, sources.size())))) {
                statementCount++;
                reading.error().ifPresent(this::syntaxError);
                reading.statement().ifPresent(statement -> {
                    visit(statement);
                    statements.append(statement);
                });
            }
        }
        for (LintRule rule : LintRules.all()) {
            Consumer<FileEnd> check = rule.fileCheck();
            if (check != null && settings.enables(rule)) {
                check.accept(new FileEnd(rule, file, statements, before, session, input, settings, found::add));
            }
        }
        return withoutSuppressed(outline.suppressions());
    }

    /** Takes the session through the file; nothing is checked. */
    void apply() {
        changes.beginFile(settings.transactional());
        for (SqlStatement source : SqlScript.statements(file.text())) {
            StatementReader.read(file, source, Inside.FILE).statement().ifPresent(statement -> {
                changes.before(statement);
                Bodies.of(statement).statements().stream()
                        .filter(Statement::runsNow)
                        .forEach(changes::after);
                changes.after(statement);
            });
        }
    }

    /** How many statements were read, whether the grammar accepted them or not. */
    int statementCount() {
        return statementCount;
    }

    /** A few statements are read in no time by one parser; a second one takes as long to start as it saves. */
    private List<StatementReader.Reading> read(List<SqlStatement> sources) {
        boolean many = sources.size() > FEW || input.files().size() > FEW;
        Stream<SqlStatement> stream = many ? sources.parallelStream() : sources.stream();
        return stream.map(source -> StatementReader.read(file, source, Inside.FILE))
                .toList();
    }

    private void visit(Statement statement) {
        changes.before(statement);
        look(statement);
        Bodies.Content body = Bodies.of(statement);
        body.errors().forEach(this::syntaxError);
        for (Statement nested : body.statements()) {
            statementCount++;
            look(nested);
            if (nested.runsNow()) {
                changes.after(nested);
            }
        }
        changes.after(statement);
    }

    private void look(Statement statement) {
        for (LintRule rule : LintRules.all()) {
            Consumer<Visit> check = rule.statementCheck();
            if (check != null && settings.enables(rule)) {
                check.accept(new Visit(rule, statement, session, settings, found::add));
            }
        }
    }

    private void syntaxError(SyntaxError error) {
        if (settings.enables(FileRules.SYNTAX_ERROR)) {
            int end = Math.min(error.offset() + 1, file.text().length());
            own(FileRules.SYNTAX_ERROR, error.message())
                    .at(error.offset(), end)
                    .remedy(error.remedy())
                    .add();
        }
    }

    private Draft own(LintRule rule, String message) {
        return new Draft(found::add, rule, settings.severity(rule), file, message);
    }

    private List<Finding> withoutSuppressed(List<Suppression> suppressions) {
        Set<Suppression> used = new HashSet<>();
        List<Finding> kept = new ArrayList<>();
        for (Finding finding : found) {
            List<Suppression> covering =
                    suppressions.stream().filter(each -> each.covers(finding)).toList();
            used.addAll(covering);
            if (covering.isEmpty()) {
                kept.add(finding);
            }
        }
        found.clear();
        if (settings.enables(FileRules.UNUSED_SUPPRESSION)) {
            suppressions.stream().filter(each -> !used.contains(each)).forEach(this::unused);
        }
        kept.addAll(found);
        return kept.stream().distinct().sorted().toList();
    }

    private void unused(Suppression suppression) {
        String name = "pgattest:allow " + suppression.rule();
        String message;
        String remedy;
        if (LintRules.find(suppression.rule()).isEmpty()) {
            message = suppression.rule().isEmpty()
                    ? "the comment pgattest:allow names no rule"
                    : "the comment " + name + " names a rule that does not exist";
            remedy = "write -- pgattest:allow rule-id: reason";
        } else if (suppression.reason().isEmpty()) {
            message = "the comment " + name + " gives no reason, so it allows nothing";
            remedy = "write -- " + name + ": why it is safe here";
        } else {
            message = "the comment " + name + " allows nothing: there is no such finding here";
            remedy = "remove the comment";
        }
        own(FileRules.UNUSED_SUPPRESSION, message)
                .at(suppression.start(), suppression.end())
                .remedy(remedy)
                .add();
    }
}
