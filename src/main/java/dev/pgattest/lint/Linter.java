package dev.pgattest.lint;

import dev.pgattest.sql.SqlFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks files that run one after the other. Later files know what earlier ones have made. */
public final class Linter {

    private final LintInput input;
    private final LintSettings settings;
    private final Map<MigrationName, Session> behind = new HashMap<>();
    private @Nullable KnownObjects outcome;

    private Linter(LintInput input, LintSettings settings) {
        this.input = input;
        this.settings = settings;
    }

    /** Checks the files with all rules that the settings enable. */
    public static LintReport lint(LintInput input, LintSettings settings) {
        return new Linter(input, settings).run();
    }

    private LintReport run() {
        Session session = new Session(this::outcome);
        List<Finding> findings = new ArrayList<>();
        int statements = 0;
        boolean undoes = input.files().stream()
                .anyMatch(file -> MigrationName.of(file.path()).undo());
        for (SqlFile file : input.files()) {
            MigrationName name = MigrationName.of(file.path());
            Session current = name.undo() ? sessionToUndo(name, session) : session;
            FileLint lint = new FileLint(file, input, settings, current);
            findings.addAll(lint.run());
            statements += lint.statementCount();
            if (undoes && !name.undo()) {
                behind.put(name, session.copy());
            }
        }
        return new LintReport(settings.pgVersion(), input.files().size(), statements, findings);
    }

    /** What all files leave behind, undo scripts apart. They are read once more for it, so only when a rule asks. */
    private KnownObjects outcome() {
        if (outcome == null) {
            Session session = new Session();
            for (SqlFile file : input.files()) {
                if (!MigrationName.of(file.path()).undo()) {
                    new FileLint(file, input, settings, session).apply();
                }
            }
            outcome = session.objects();
        }
        return outcome;
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
