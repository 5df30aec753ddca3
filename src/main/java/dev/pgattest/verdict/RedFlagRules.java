package dev.pgattest.verdict;

import dev.pgattest.Problem;
import dev.pgattest.Severity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All red-flag rules, in the order of the documentation. */
public final class RedFlagRules {

    private static final List<RedFlagRule> ALL = Stream.of(
                    TableRules.ALL, IntentRules.ALL, TimeRules.ALL, IndexRules.ALL, JoinRules.ALL, SpillRules.ALL)
            .flatMap(Collection::stream)
            .toList();

    private RedFlagRules() {}

    /** The ids of all rules, in the order of the documentation. */
    public static List<String> ids() {
        return ALL.stream().map(RedFlagRule::id).toList();
    }

    /**
     * What a project may set for a rule; empty when the rule has no number.
     *
     * @throws IllegalArgumentException when there is no such rule
     */
    public static List<Threshold> thresholds(String id) {
        return rule(id).thresholds();
    }

    /**
     * The severity of a rule's flags without settings; the strongest, where it has two.
     *
     * @throws IllegalArgumentException when there is no such rule
     */
    public static Severity severity(String id) {
        return rule(id).severity();
    }

    /** What every rule says about a plan, by rule id, in the order of {@link #ids()}. */
    public static Map<String, RedFlagOutcome> judge(RedFlagContext context) {
        Map<String, RedFlagOutcome> outcomes = new LinkedHashMap<>();
        ALL.forEach(rule -> outcomes.put(rule.id(), rule.judge(context)));
        return Collections.unmodifiableMap(outcomes);
    }

    /** The flags that a plan raises, errors first, then in the order of {@link #ids()} and of the plan. */
    public static List<RedFlag> raised(RedFlagContext context) {
        return judge(context).values().stream()
                .filter(RedFlagOutcome.Raised.class::isInstance)
                .flatMap(outcome -> ((RedFlagOutcome.Raised) outcome).flags().stream())
                .sorted(Comparator.comparing(RedFlag::severity))
                .toList();
    }

    /** What is wrong with a project's settings: unknown ids, unknown keys, numbers out of range. Empty when all is well. */
    public static List<Problem> problems(RedFlagSettings settings) {
        List<Problem> problems = new ArrayList<>();
        settings.rules().forEach((id, rule) -> {
            if (ids().contains(id)) {
                rule.thresholds().forEach((key, value) -> problems.addAll(problems(id, key, value)));
            } else {
                problems.add(
                        Problem.ofInput("unknown red flag '" + id + "'", "write one of " + String.join(", ", ids())));
            }
        });
        return List.copyOf(problems);
    }

    private static List<Problem> problems(String id, String key, double value) {
        List<Threshold> known = thresholds(id);
        List<String> keys = known.stream().map(Threshold::key).toList();
        if (!keys.contains(key)) {
            return List.of(Problem.ofInput(
                    "red flag '" + id + "' has no threshold '" + key + "'",
                    keys.isEmpty() ? "remove it: this rule has no number" : "write one of " + String.join(", ", keys)));
        }
        boolean share = known.get(keys.indexOf(key)).unit().equals("share");
        if (Double.isFinite(value) && value >= 0 && (!share || value <= 1)) {
            return List.of();
        }
        return List.of(Problem.ofInput(
                "threshold '" + key + "' of red flag '" + id + "' is " + value,
                share ? "write a part from 0 to 1" : "write a number that is 0 or more"));
    }

    static List<RedFlagRule> all() {
        return ALL;
    }

    private static RedFlagRule rule(String id) {
        return ALL.stream()
                .filter(rule -> rule.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no red flag has the id '" + id + "'"));
    }
}
