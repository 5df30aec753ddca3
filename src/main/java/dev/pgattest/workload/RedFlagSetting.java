package dev.pgattest.workload;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a project changes a red flag.
 *
 * @param enabled false when it is {@code off}
 * @param severity the severity instead of the default; null to keep it
 * @param thresholds values instead of the defaults, by threshold
 */
public record RedFlagSetting(boolean enabled, @Nullable Severity severity, Map<String, BigDecimal> thresholds) {

    /** The red flag is not looked for. */
    public static final RedFlagSetting OFF = new RedFlagSetting(false, null, Map.of());

    public RedFlagSetting {
        thresholds = Collections.unmodifiableMap(new LinkedHashMap<>(thresholds));
    }

    /** What a raised red flag does. */
    public enum Severity {
        /** The case fails. */
        ERROR,
        /** It is reported. */
        WARNING
    }
}
