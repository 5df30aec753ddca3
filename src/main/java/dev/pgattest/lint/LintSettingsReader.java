package dev.pgattest.lint;

import dev.pgattest.Problem;
import dev.pgattest.Result;
import dev.pgattest.Severity;
import dev.pgattest.document.Document;
import dev.pgattest.lint.LintSettings.RuleSetting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/** Reads {@code lint} of a project's file, which its schema has accepted. */
public final class LintSettingsReader {

    private static final JsonPointer LINT = JsonPointer.compile("/lint");
    private static final JsonPointer RULES = JsonPointer.compile("/lint/rules");

    private LintSettingsReader() {}

    /** The settings; those of {@link LintSettings#DEFAULT} where the file says nothing. An unknown rule is a problem. */
    public static Result<LintSettings> read(Document document) {
        JsonNode lint = document.at(LINT);
        List<Problem> problems = new ArrayList<>();
        Map<String, RuleSetting> rules = new LinkedHashMap<>();
        document.at(RULES).properties().forEach(entry -> {
            if (LintRules.ids().contains(entry.getKey())) {
                rules.put(entry.getKey(), setting(entry.getValue()));
            } else {
                problems.add(document.problemWithKey(
                        RULES.appendProperty(entry.getKey()),
                        "unknown lint rule '" + entry.getKey() + "'",
                        "write the id of a rule; docs/rules lists them"));
            }
        });
        JsonNode tenant = lint.path("tenant_column");
        LintSettings settings = new LintSettings(
                lint.path("pg_version").asInt(LintSettings.DEFAULT_VERSION),
                lint.path("transactional").asBoolean(false),
                tenant.isMissingNode() ? null : tenant.asString(),
                lint.path("require_undo").asBoolean(false),
                rules);
        return problems.isEmpty() ? Result.of(settings) : Result.rejected(problems);
    }

    private static RuleSetting setting(JsonNode value) {
        return switch (value.asString("")) {
            case "off" -> new RuleSetting(false, null);
            case "on" -> new RuleSetting(true, null);
            default -> new RuleSetting(true, Severity.valueOf(value.asString("").toUpperCase(Locale.ROOT)));
        };
    }
}
