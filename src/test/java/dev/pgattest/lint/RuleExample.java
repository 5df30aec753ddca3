package dev.pgattest.lint;

import dev.pgattest.sql.SqlFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The examples of a rule: {@code bad.sql}, {@code good.sql}, and {@code setup.sql} for what both build on besides the two tables
 * that all examples share.
 *
 * @param rule the rule
 * @param setup scripts that run before an example, in order
 * @param bad what the rule finds
 * @param good what it has nothing against
 * @param beside files that stand beside the good example: {@code undo.sql}, which takes it back
 */
record RuleExample(LintRule rule, List<SqlFile> setup, SqlFile bad, SqlFile good, List<SqlFile> beside) {

    private static final Path RULES = Path.of("src/main/resources/dev/pgattest/lint/rules");

    static RuleExample of(LintRule rule) throws IOException {
        Path folder = RULES.resolve(rule.id());
        List<SqlFile> setup = new ArrayList<>();
        setup.add(read(RULES.resolve("setup.sql"), "V1__shop.sql"));
        if (Files.exists(folder.resolve("setup.sql"))) {
            setup.add(read(folder.resolve("setup.sql"), "V2__setup.sql"));
        }
        List<SqlFile> beside = new ArrayList<>();
        if (Files.exists(folder.resolve("undo.sql"))) {
            beside.add(read(folder.resolve("undo.sql"), "U3__good.sql"));
        }
        return new RuleExample(
                rule,
                setup,
                read(folder.resolve("bad.sql"), "V3__bad.sql"),
                read(folder.resolve("good.sql"), "V3__good.sql"),
                beside);
    }

    /** What all rules find in an example, behind its setup. */
    List<Finding> findings(SqlFile example) {
        List<SqlFile> files = new ArrayList<>(setup);
        files.add(example);
        if (example.equals(good)) {
            files.addAll(beside);
        }
        return Linter.lint(new LintInput(files), settings()).findings().stream()
                .filter(finding -> finding.file().equals(example.path()))
                .toList();
    }

    /** The rule is on, the project has tenants, and undo scripts are asked for only where it is about them. */
    private LintSettings settings() {
        return new LintSettings(
                Math.max(LintSettings.DEFAULT_VERSION, Math.min(rule.versions().from(), 18)),
                false,
                "tenant_id",
                rule.id().equals("missing-undo"),
                java.util.Map.of(rule.id(), new LintSettings.RuleSetting(true, null)));
    }

    private static SqlFile read(Path file, String name) throws IOException {
        return new SqlFile(name, Files.readString(file));
    }

    @Override
    public String toString() {
        return rule.id();
    }
}
