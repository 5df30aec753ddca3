package dev.pgattest.workload;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * On what and how cases are measured and judged.
 *
 * @param serverSettings PostgreSQL parameters for servers that pgattest starts, in declared order
 * @param profile profile of the dataset that is loaded
 * @param gate state whose verdict decides the exit code
 * @param measurement how cases are measured
 * @param redFlags changes to the red flags by id, in declared order
 */
public record Trial(
        Map<String, String> serverSettings,
        String profile,
        String gate,
        Measurement measurement,
        Map<String, RedFlagSetting> redFlags) {

    public Trial {
        serverSettings = Collections.unmodifiableMap(new LinkedHashMap<>(serverSettings));
        redFlags = Collections.unmodifiableMap(new LinkedHashMap<>(redFlags));
    }
}
