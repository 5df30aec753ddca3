package dev.pgattest.health;

import dev.pgattest.ChosenSeverities;
import dev.pgattest.ObjectFinding;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
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
     * @param severities what findings weigh
     */
    public record Settings(Duration youngest, ChosenSeverities severities) {

        /** The age from which counters say something, without a setting. */
        public static final Duration YOUNGEST = Duration.ofDays(14);
    }

    /** The findings of all rules, errors first, then by rule and object. */
    static List<ObjectFinding> judge(HealthSnapshot snapshot, Settings settings) {
        Examination examination = new Examination(snapshot, settings.youngest());
        return ALL.stream()
                .flatMap(rule -> rule.judge(examination))
                .flatMap(finding -> settings.severities().weighed(finding).stream())
                .sorted()
                .toList();
    }

    static List<HealthRule> all() {
        return ALL;
    }
}
