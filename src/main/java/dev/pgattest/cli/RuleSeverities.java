package dev.pgattest.cli;

import dev.pgattest.ChosenSeverities;
import dev.pgattest.PgattestException;
import dev.pgattest.Severity;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What {@code --rule ID=SEVERITY} says. */
final class RuleSeverities {

    private RuleSeverities() {}

    /**
     * Severities for some rules.
     *
     * @param rules the ids of all rules that there are
     * @throws PgattestException of bad input for a word that is no severity, and for an id that is no rule's
     */
    static ChosenSeverities parse(Map<String, String> options, List<String> rules) {
        Map<String, Optional<Severity>> chosen = new HashMap<>();
        options.forEach((rule, severity) -> chosen.put(rule, severity(rule, severity)));
        return ChosenSeverities.of(chosen, rules);
    }

    private static Optional<Severity> severity(String rule, String text) {
        if (text.equals("off")) {
            return Optional.empty();
        }
        for (Severity severity : Severity.values()) {
            if (severity.word().equals(text.toLowerCase(Locale.ROOT))) {
                return Optional.of(severity);
            }
        }
        throw PgattestException.badInput(
                "--rule " + rule + " has the severity '" + text + "'", "write off, info, warning or error");
    }
}
