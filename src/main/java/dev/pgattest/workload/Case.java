package dev.pgattest.workload;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One parameter set of a query with the latency that it must keep.
 *
 * @param name unique in the query, ignoring case
 * @param slo null when there is none, which only queries below {@link Priority#P0} may have
 * @param parameters values by parameter name, in declared order
 */
public record Case(String name, @Nullable Slo slo, Map<String, ParameterValue> parameters) {

    public Case {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }
}
