package dev.pgattest.audit;

import dev.pgattest.ObjectFinding;
import dev.pgattest.PgattestException;
import dev.pgattest.Problem;
import dev.pgattest.Severity;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** All rules, in the order of the documentation. */
public final class AuditRules {

    private static final List<AuditRule> ALL = Stream.of(
                    ProofRules.ALL,
                    TableRules.ALL,
                    PolicyRules.ALL,
                    RoleRules.ALL,
                    ViewRules.ALL,
                    RoutineRules.ALL,
                    KeyRules.ALL,
                    GrantRules.ALL,
                    NoteRules.ALL)
            .flatMap(Collection::stream)
            .toList();

    private AuditRules() {}

    /** The ids of all rules, in the order of the documentation. */
    public static List<String> ids() {
        return ALL.stream().map(AuditRule::id).toList();
    }

    /**
     * What findings weigh.
     *
     * @param severities other severities by rule id; empty switches a rule off
     */
    public record Settings(Map<String, Optional<Severity>> severities) {

        /**
         * Checks the ids.
         *
         * @throws PgattestException of bad input, when there is no such rule
         */
        public Settings {
            severities = Map.copyOf(severities);
            List<Problem> unknown = severities.keySet().stream()
                    .filter(id -> !ids().contains(id))
                    .sorted()
                    .map(id -> Problem.ofInput("unknown rule '" + id + "'", "write one of " + String.join(", ", ids())))
                    .toList();
            if (!unknown.isEmpty()) {
                throw PgattestException.badInput(unknown);
            }
        }
    }

    /** The findings of all rules, errors first, then by rule and object. */
    static List<ObjectFinding> judge(Examination examination, Settings settings) {
        return ALL.stream()
                .flatMap(rule -> rule.judge(examination))
                .flatMap(finding -> chosen(finding, settings.severities()).stream())
                .distinct()
                .sorted()
                .toList();
    }

    private static Optional<ObjectFinding> chosen(ObjectFinding finding, Map<String, Optional<Severity>> severities) {
        return severities
                .getOrDefault(finding.rule(), Optional.of(finding.severity()))
                .map(severity -> new ObjectFinding(
                        finding.rule(), severity, finding.object(), finding.message(), finding.remedy()));
    }

    static List<AuditRule> all() {
        return ALL;
    }
}
