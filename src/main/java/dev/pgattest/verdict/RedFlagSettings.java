package dev.pgattest.verdict;

import dev.pgattest.Severity;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a project says about red flags.
 *
 * @param rules by rule id; rules that are not named run with their defaults. {@link RedFlagRules#problems(RedFlagSettings)} finds
 *     unknown ids and keys
 */
public record RedFlagSettings(Map<String, RuleSettings> rules) {

    /** Every rule with its defaults. */
    public static final RedFlagSettings DEFAULTS = new RedFlagSettings(Map.of());

    /**
     * One rule's settings.
     *
     * @param enabled false switches the rule off
     * @param severity of all of the rule's flags; null for the rule's own
     * @param thresholds by key; those not named keep their defaults
     */
    public record RuleSettings(boolean enabled, @Nullable Severity severity, Map<String, Double> thresholds) {

        /** The rule with its defaults. */
        public static final RuleSettings DEFAULTS = new RuleSettings(true, null, Map.of());

        /** The rule switched off. */
        public static final RuleSettings OFF = new RuleSettings(false, null, Map.of());

        public RuleSettings {
            thresholds = Collections.unmodifiableMap(new TreeMap<>(thresholds));
        }

        /** These settings with another severity. */
        public RuleSettings with(Severity other) {
            return new RuleSettings(enabled, other, thresholds);
        }

        /** These settings with one more threshold. */
        public RuleSettings with(String key, double value) {
            Map<String, Double> more = new TreeMap<>(thresholds);
            more.put(key, value);
            return new RuleSettings(enabled, severity, more);
        }
    }

    public RedFlagSettings {
        rules = Collections.unmodifiableMap(new TreeMap<>(rules));
    }

    /** These settings with another rule's. */
    public RedFlagSettings with(String id, RuleSettings settings) {
        Map<String, RuleSettings> more = new TreeMap<>(rules);
        more.put(id, settings);
        return new RedFlagSettings(more);
    }

    /** The settings of a rule; its defaults when not named. */
    public RuleSettings of(String id) {
        return rules.getOrDefault(id, RuleSettings.DEFAULTS);
    }
}
