package dev.pgattest.lint;

import dev.pgattest.Severity;
import java.util.List;

/**
 * What there is to say about a rule, for those who show it.
 *
 * @param id its id
 * @param severity unless a project says otherwise
 * @param enabled whether it looks without being asked to
 * @param title what it finds
 * @param effect what happens to whom
 * @param remedy what to do instead
 */
public record RuleFacts(String id, Severity severity, boolean enabled, String title, String effect, String remedy) {

    /** All rules, in the order of the documentation. */
    public static List<RuleFacts> all() {
        return LintRules.all().stream()
                .map(rule -> new RuleFacts(
                        rule.id(),
                        rule.severity(),
                        rule.enabled(),
                        rule.page().title(),
                        rule.page().effect(),
                        rule.page().remedy()))
                .toList();
    }
}
