package dev.pgattest.lint;

import dev.pgattest.sql.SqlFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Checks files that run one after the other. Later files know what earlier ones have made. */
public final class Linter {

    private final LintInput input;
    private final LintSettings settings;
    private final Map<MigrationName, Session> behind = new HashMap<>();

    private Linter(LintInput input, LintSettings settings) {
        this.input = input;
        this.settings = settings;
    }

    /** Checks the files with all rules that the settings enable. */
    public static LintReport lint(LintInput input, LintSettings settings) {
        return lint(input, settings, finding -> true);
    }

    /** The same, with none but the findings that are wanted; of a rule that says a thing once a file, the first of those. */
    public static LintReport lint(LintInput input, LintSettings settings, Predicate<Finding> wanted) {
        return new Linter(input, settings).run(wanted);
    }

    private LintReport run(Predicate<Finding> wanted) {
        Session session = new Session();
        List<FileLint> lints = new ArrayList<>();
        boolean undoes = input.files().stream()
                .anyMatch(file -> MigrationName.of(file.path()).undo());
        for (SqlFile file : input.files()) {
            MigrationName name = MigrationName.of(file.path());
            FileLint lint = new FileLint(file, input, settings);
            lint.run(name.undo() ? sessionToUndo(name, session) : session);
            lints.add(lint);
            if (undoes && !name.undo()) {
                behind.put(name, session.copy());
            }
        }
        List<Finding> findings = new ArrayList<>();
        lints.forEach(lint -> findings.addAll(lint.findings(session.objects(), wanted)));
        int statements = lints.stream().mapToInt(FileLint::statementCount).sum();
        return new LintReport(settings.pgVersion(), input.files().size(), statements, findings);
    }

    /** An undo script runs behind the change that it takes back, and no later change runs behind it. */
    private Session sessionToUndo(MigrationName undo, Session latest) {
        return behind.entrySet().stream()
                .filter(entry -> undo.undoes(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(latest)
                .copy();
    }
}
