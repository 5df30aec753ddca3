package dev.pgattest.workload;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads on what and how cases are measured and judged. */
final class TrialReader {

    private final ProjectRules rules;

    TrialReader(ProjectRules rules) {
        this.rules = rules;
    }

    Trial read(Entry root) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (Entry setting : root.at("server").at("settings").children()) {
            setting.text().ifPresent(value -> settings.put(setting.name(), value));
        }
        return new Trial(
                settings,
                root.at("profile").textOr(""),
                root.at("gate").textOr(""),
                measurement(root.at("measure")),
                redFlags(root.at("red_flags")));
    }

    private static Measurement measurement(Entry measure) {
        Measurement otherwise = Measurement.DEFAULT;
        List<PlanMode> modes = measure.at("plan_modes").texts().stream()
                .map(mode -> PlanMode.valueOf(mode.toUpperCase(Locale.ROOT)))
                .toList();
        return new Measurement(
                measure.at("confidence").number().orElse(otherwise.confidence()),
                measure.at("warmup").integerOr(otherwise.warmup()),
                measure.at("max_samples").integerOr(otherwise.maxSamples()),
                modes.isEmpty() ? otherwise.planModes() : modes,
                measure.at("calibration").text().orElse(null),
                measure.at("case_time_limit")
                        .parsed(text -> TimeText.parse(text, "the time limit"))
                        .orElse(otherwise.caseTimeLimit()));
    }

    private Map<String, RedFlagSetting> redFlags(Entry redFlags) {
        Map<String, RedFlagSetting> settings = new LinkedHashMap<>();
        Map<String, Set<String>> known = rules.redFlags();
        for (Entry flag : redFlags.children()) {
            if (known != null) {
                Names.requireKnownKey(
                        flag, "red flag", known.keySet().stream().sorted().toList());
            }
            settings.put(flag.name(), flag.isMapping() ? redFlag(flag) : RedFlagSetting.OFF);
        }
        return settings;
    }

    private RedFlagSetting redFlag(Entry flag) {
        Map<String, Set<String>> known = rules.redFlags();
        Set<String> thresholdNames = known == null ? null : known.get(flag.name());
        Map<String, BigDecimal> thresholds = new LinkedHashMap<>();
        for (Entry threshold : flag.children()) {
            if (threshold.name().equals("severity")) {
                continue;
            }
            if (thresholdNames != null) {
                Names.requireKnownKey(
                        threshold, "threshold", thresholdNames.stream().sorted().toList());
            }
            threshold.number().ifPresent(number -> thresholds.put(threshold.name(), number));
        }
        RedFlagSetting.Severity severity = flag.at("severity")
                .text()
                .map(text -> RedFlagSetting.Severity.valueOf(text.toUpperCase(Locale.ROOT)))
                .orElse(null);
        return new RedFlagSetting(true, severity, thresholds);
    }
}
