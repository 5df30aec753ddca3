package dev.pgattest.pipeline;

import dev.pgattest.Severity;
import dev.pgattest.verdict.RedFlagSettings;
import dev.pgattest.verdict.RedFlagSettings.RuleSettings;
import dev.pgattest.workload.Project;
import dev.pgattest.workload.RedFlagSetting;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a project's file says about red flags, for the rules. */
final class RedFlagChoices {

    private RedFlagChoices() {}

    static RedFlagSettings of(Project project) {
        Map<String, RuleSettings> rules = new HashMap<>();
        project.trial().redFlags().forEach((id, setting) -> rules.put(id, rule(setting)));
        return new RedFlagSettings(rules);
    }

    private static RuleSettings rule(RedFlagSetting setting) {
        Map<String, Double> thresholds = new HashMap<>();
        for (Map.Entry<String, BigDecimal> threshold : setting.thresholds().entrySet()) {
            thresholds.put(threshold.getKey(), threshold.getValue().doubleValue());
        }
        return new RuleSettings(setting.enabled(), severity(setting.severity()), thresholds);
    }

    private static @Nullable Severity severity(RedFlagSetting.@Nullable Severity chosen) {
        return chosen == null ? null : Severity.valueOf(chosen.name());
    }
}
