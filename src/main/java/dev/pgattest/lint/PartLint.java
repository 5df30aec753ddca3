package dev.pgattest.lint;

import dev.pgattest.lint.Statement.Inside;
import dev.pgattest.sql.SqlStatement;
import dev.pgattest.sql.SyntaxError;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A file, or a part of one that runs by itself: its statements through all rules, with what the session is before each. */
final class PartLint {

    /** Statements whose trees are held at the same time. */
    private static final int READ_AHEAD = 64;

    private static final int FEW = 16;

    private final FileOutline outline;
    private final Part part;
    private final Session session;
    private final LintSettings settings;
    private final Consumer<Draft.Pending> sink;
    private final SessionChanges changes;
    private final List<LintRule> rules;
    private final FileStatements statements = new FileStatements();
    private int statementCount;

    PartLint(FileOutline outline, Part part, Session session, LintSettings settings, Consumer<Draft.Pending> sink) {
        this.outline = outline;
        this.part = part;
        this.session = session;
        this.settings = settings;
        this.sink = sink;
        this.changes = new SessionChanges(session);
        this.rules = LintRules.all().stream().filter(settings::enables).toList();
    }

    /** Takes all rules through the part. */
    void run(LintInput input, Consumer<SyntaxError> errors) {
        List<SqlStatement> sources = outline.of(part);
        boolean many = sources.size() > FEW || input.files().size() > FEW;
        changes.begin(part);
        KnownObjects before = session.objects().copy();
        for (int first = 0; first < sources.size(); first += READ_AHEAD) {
            List<SqlStatement> next = sources.subList(first, Math.min(first + READ_AHEAD, sources.size()));
            for (StatementReader.Reading reading : read(next, many)) {
                statementCount++;
                reading.error().ifPresent(errors);
                reading.statement().ifPresent(statement -> {
                    visit(statement, errors);
                    statements.append(statement);
                });
            }
        }
        for (LintRule rule : rules) {
            Consumer<FileEnd> check = rule.fileCheck();
            if (check != null) {
                check.accept(new FileEnd(rule, outline, statements, before, session, input, settings, sink));
            }
        }
    }

    /** How many statements were read, whether the grammar accepted them or not. */
    int statementCount() {
        return statementCount;
    }

    /** A few statements are read in no time by one parser; a second one takes as long to start as it saves. */
    private List<StatementReader.Reading> read(List<SqlStatement> sources, boolean many) {
        Stream<SqlStatement> stream = many ? sources.parallelStream() : sources.stream();
        return stream.map(source -> StatementReader.read(outline.file(), source, Inside.FILE))
                .toList();
    }

    private void visit(Statement statement, Consumer<SyntaxError> errors) {
        changes.before(statement);
        look(statement);
        Bodies.Content body = Bodies.of(statement);
        body.errors().forEach(errors);
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
        for (LintRule rule : rules) {
            Consumer<Visit> check = rule.statementCheck();
            if (check != null && (statement.runsNow() || rule.inRoutines())) {
                check.accept(new Visit(rule, statement, outline, session, settings, sink));
            }
        }
    }
}
