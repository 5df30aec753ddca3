package dev.pgattest.health;

import dev.pgattest.ObjectFinding;
import dev.pgattest.PgattestException;
import dev.pgattest.Problem;
import dev.pgattest.Severity;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** All rules, in the order of the documentation. */
public final class HealthRules {

    private static final List<HealthRule> ALL = Stream.of(
                    IndexRules.ALL,
                    UsageRules.ALL,
                    RedundancyRules.ALL,
                    ForeignKeyRules.ALL,
                    ReadingRules.ALL,
                    StatisticsRules.ALL,
                    ExhaustionRules.ALL,
                    NoteRules.ALL)
            .flatMap(Collection::stream)
            .toList();

    private HealthRules() {}

    /** The ids of all rules, in the order of the documentation. */
    public static List<String> ids() {
        return ALL.stream().map(HealthRule::id).toList();
    }

    /**
     * What to look for.
     *
     * @param youngest how long counters must have counted before something is called unused
     * @param severities other severities by rule id; empty switches a rule off
     */
    public record Settings(Duration youngest, Map<String, Optional<Severity>> severities) {

        /** The age from which counters say something, without a setting. */
        public static final Duration YOUNGEST = Duration.ofDays(14);

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
    static List<ObjectFinding> judge(HealthSnapshot snapshot, Settings settings) {
        Examination examination = new Examination(snapshot, settings.youngest());
        return ALL.stream()
                .flatMap(rule -> rule.judge(examination))
                .flatMap(finding -> chosen(finding, settings.severities()).stream())
                .sorted()
                .toList();
    }

    private static Optional<ObjectFinding> chosen(ObjectFinding finding, Map<String, Optional<Severity>> severities) {
        return severities
                .getOrDefault(finding.rule(), Optional.of(finding.severity()))
                .map(severity -> new ObjectFinding(
                        finding.rule(), severity, finding.object(), finding.message(), finding.remedy()));
    }

    static List<HealthRule> all() {
        return ALL;
    }
}
