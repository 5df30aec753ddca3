package dev.pgattest.lint;

import dev.pgattest.Severity;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a project says about linting.
 *
 * @param pgVersion major version of the servers that the SQL runs on
 * @param transactional whether the runner of the files puts each of them into one transaction
 * @param tenantColumn column that marks a table as holding rows of several tenants; null when the project has none
 * @param requireUndo whether every change needs an undo script beside it
 * @param rules what differs from the rules' own settings, by id
 */
public record LintSettings(
        int pgVersion,
        boolean transactional,
        @Nullable String tenantColumn,
        boolean requireUndo,
        Map<String, RuleSetting> rules) {

    /** PostgreSQL's major version when nothing says another. */
    public static final int DEFAULT_VERSION = 15;

    /** Without a project. */
    public static final LintSettings DEFAULT = new LintSettings(DEFAULT_VERSION, false, null, false, Map.of());

    /**
     * What a project says about one rule.
     *
     * @param enabled whether it looks; null for the rule's own choice
     * @param severity null for the rule's own
     */
    public record RuleSetting(
            @Nullable Boolean enabled, @Nullable Severity severity) {}

    public LintSettings {
        rules = Map.copyOf(new TreeMap<>(rules));
    }

    /** The same for another major version. */
    public LintSettings withVersion(int version) {
        return new LintSettings(version, transactional, tenantColumn, requireUndo, rules);
    }

    /** The same for files that each run in one transaction. */
    public LintSettings inTransactions() {
        return new LintSettings(pgVersion, true, tenantColumn, requireUndo, rules);
    }

    /** Whether a rule looks. */
    boolean enables(LintRule rule) {
        RuleSetting setting = rules.get(rule.id());
        Boolean chosen = setting == null ? null : setting.enabled();
        boolean enabled = chosen == null ? rule.enabled() : chosen;
        return enabled && rule.versions().include(pgVersion);
    }

    /** How much a rule's findings weigh. */
    Severity severity(LintRule rule) {
        RuleSetting setting = rules.get(rule.id());
        return setting == null || setting.severity() == null ? rule.severity() : setting.severity();
    }
}
