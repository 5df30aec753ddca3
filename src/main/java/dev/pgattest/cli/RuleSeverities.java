package dev.pgattest.cli;

import dev.pgattest.PgattestException;
import dev.pgattest.Severity;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What {@code --rule ID=SEVERITY} says. */
final class RuleSeverities {

    private RuleSeverities() {}

    /**
     * Severities by rule id; empty for a rule that is off.
     *
     * @throws PgattestException of bad input for another word
     */
    static Map<String, Optional<Severity>> parse(Map<String, String> options) {
        Map<String, Optional<Severity>> chosen = new HashMap<>();
        options.forEach((rule, severity) -> chosen.put(rule, severity(rule, severity)));
        return chosen;
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
