package dev.pgattest;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What findings weigh where somebody wants something else than their rules say.
 *
 * @param byRule severities by rule id; empty switches a rule off
 */
public record ChosenSeverities(Map<String, Optional<Severity>> byRule) {

    /** As the rules say. */
    public static final ChosenSeverities NONE = new ChosenSeverities(Map.of());

    public ChosenSeverities {
        byRule = Map.copyOf(byRule);
    }

    /**
     * For some of the rules that there are.
     *
     * @param rules the ids of all
     * @throws PgattestException of bad input with a problem for each that is none of them
     */
    public static ChosenSeverities of(Map<String, Optional<Severity>> byRule, List<String> rules) {
        List<Problem> unknown = byRule.keySet().stream()
                .filter(id -> !rules.contains(id))
                .sorted()
                .map(id -> Problem.ofInput("unknown rule '" + id + "'", "write one of " + String.join(", ", rules)))
                .toList();
        if (!unknown.isEmpty()) {
            throw PgattestException.badInput(unknown);
        }
        return new ChosenSeverities(byRule);
    }

    /** A finding as it weighs; empty when its rule is off. */
    public Optional<ObjectFinding> weighed(ObjectFinding finding) {
        return byRule.getOrDefault(finding.rule(), Optional.of(finding.severity()))
                .map(severity -> new ObjectFinding(
                        finding.rule(), severity, finding.object(), finding.message(), finding.remedy()));
    }
}
