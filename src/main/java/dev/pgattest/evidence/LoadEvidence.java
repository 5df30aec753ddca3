package dev.pgattest.evidence;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How the states fared while the whole workload ran at its declared rates, and at multiples of them. All times are in milliseconds.
 *
 * @param settings how was measured
 * @param runs by state in measured order, then by rate
 * @param notes what is not part of the load, and why
 */
public record LoadEvidence(Settings settings, List<Run> runs, List<String> notes) {

    public LoadEvidence {
        runs = List.copyOf(runs);
        notes = List.copyOf(notes);
    }

    /**
     * How was measured.
     *
     * @param seconds length of a run
     * @param warmupSeconds load before it that is not recorded
     * @param rounds slices of a run that bounds are resampled from
     * @param resamples how often they are drawn
     * @param seed of arrivals and parameters
     * @param confidence one-sided confidence of each bound
     * @param mostBehind share of the executions that may be behind at the end
     * @param mostLagMs how late the driver may be for one execution in twenty
     */
    public record Settings(
            double seconds,
            double warmupSeconds,
            int rounds,
            int resamples,
            long seed,
            double confidence,
            double mostBehind,
            double mostLagMs) {}

    /**
     * A run.
     *
     * @param factor multiple of the declared rates
     * @param rates offered against achieved
     * @param queries in the order of the workload
     * @param verdict the gravest of its P0 queries; INCONCLUSIVE when the driver did not keep up
     * @param reasons why the verdict is not PASS, and warnings
     */
    public record Run(
            String state, double factor, Rates rates, List<QueryLoad> queries, Verdict verdict, List<String> reasons) {

        public Run {
            queries = List.copyOf(queries);
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * Offered against achieved.
     *
     * @param offered executions that were to begin, in each second
     * @param achieved executions that came to an end, in each second
     * @param connections of all queries together
     * @param lag how late the driver itself was
     * @param keptUp whether the load was what it says
     */
    public record Rates(List<Long> offered, List<Long> achieved, int connections, Times lag, boolean keptUp) {

        public Rates {
            offered = List.copyOf(offered);
            achieved = List.copyOf(achieved);
        }

        /** Executions a second that were to begin. */
        public double offeredPerSecond() {
            return mean(offered);
        }

        /** Executions a second that came to an end. */
        public double achievedPerSecond() {
            return mean(achieved);
        }

        private static double mean(List<Long> counts) {
            return counts.stream().mapToLong(Long::longValue).average().orElse(0);
        }
    }

    /**
     * One query in one run.
     *
     * @param subject what ran, and its objective
     * @param latency from the intended start to the last row; what failed counts as endless
     * @param waits from the intended start until one of its connections was free
     * @param executions from there to the last row
     * @param errors how many executions failed, by SQLSTATE
     * @param unfinished arrivals that had not begun when the run was given up
     * @param verdict null without an objective
     * @param reasons why the verdict is not PASS, and warnings
     */
    public record QueryLoad(
            String query,
            Subject subject,
            Latency latency,
            Times waits,
            Times executions,
            Map<String, Long> errors,
            long unfinished,
            @Nullable Verdict verdict,
            List<String> reasons) {

        public QueryLoad {
            errors = Collections.unmodifiableMap(new TreeMap<>(errors));
            reasons = List.copyOf(reasons);
        }

        /** Executions without a result. */
        public long failed() {
            return unfinished
                    + errors.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /**
     * What ran.
     *
     * @param priority {@code P0}, {@code P1} or {@code P2}
     * @param writes whether it changes rows, which is rolled back
     * @param slo objective as written; null without any
     * @param sloMs its limit
     * @param declaredPerSecond what the workload declares, times the factor
     * @param offeredPerSecond what was offered
     * @param connections how many executions could run at the same time
     */
    public record Subject(
            String priority,
            boolean writes,
            @Nullable String slo,
            @Nullable Double sloMs,
            double declaredPerSecond,
            double offeredPerSecond,
            int connections) {}

    /**
     * Latencies of a query.
     *
     * @param samples executions, failed ones included
     * @param max the longest that had a result; null when none had
     */
    public record Latency(
            long samples,
            Bounded p50,
            Bounded p95,
            Bounded p99,
            @Nullable Double max) {}

    /**
     * A percentile with its confidence bounds.
     *
     * @param ms null when so many executions failed that it has no value, or there were none
     * @param low null when too few executions give no bound
     * @param high null likewise
     */
    public record Bounded(
            @Nullable Double ms,
            @Nullable Double low,
            @Nullable Double high) {}

    /** Percentiles of other times; zero when there were none. */
    public record Times(double p50, double p95, double p99, double max) {}

    /** The run of a state at the lowest rate. */
    public Optional<Run> first(String state) {
        return runs.stream().filter(run -> run.state().equals(state)).findFirst();
    }
}
