package dev.pgattest.load;

import dev.pgattest.evidence.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A deployment that was tried under load: what those who write notice of it, beside a quiet time and beside the same change made plainly.
 *
 * @param from state before
 * @param to state after
 * @param phases in the order in which they were run
 * @param notes what the reader should know
 */
public record DeploymentRehearsal(String project, String from, String to, List<Phase> phases, List<String> notes) {

    /** The fewest executions whose longest bounds a p99 at 95 % confidence. */
    private static final long FEWEST_FOR_P99 = 299;

    public DeploymentRehearsal {
        phases = List.copyOf(phases);
        notes = List.copyOf(notes);
    }

    /** What went on beside the load. */
    public enum Change {
        /** Nothing. */
        QUIET,
        /** {@code deploy apply}. */
        APPLY,
        /** {@code deploy rollback}. */
        ROLLBACK,
        /** The same statements with plain {@code CREATE INDEX} and without timeouts. */
        PLAIN;

        /** Lower case, as files name it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A time of load.
     *
     * @param writers names of the queries that write
     */
    public record Phase(Change change, LoadSamples samples, Set<String> writers) {

        public Phase {
            writers = Set.copyOf(writers);
        }

        /** Latencies of all that write. */
        public LatencyRounds writing() {
            return together(true);
        }

        /** Latencies of all that read. */
        public LatencyRounds reading() {
            return together(false);
        }

        private LatencyRounds together(boolean writing) {
            return LatencyRounds.together(samples.streams().stream()
                    .filter(stream -> writers.contains(stream.name()) == writing)
                    .map(StreamSamples::latencies)
                    .toList());
        }

        /** How many statements failed, by SQLSTATE; those not begun as {@code unfinished}. */
        public Map<String, Long> failures() {
            Map<String, Long> failures = new TreeMap<>();
            for (StreamSamples stream : samples.streams()) {
                stream.errors().forEach((state, count) -> failures.merge(state, count, Long::sum));
                if (stream.unfinished() > 0) {
                    failures.merge("unfinished", stream.unfinished(), Long::sum);
                }
            }
            return failures;
        }
    }

    /**
     * What a deployment may cost those who write.
     *
     * @param longestWait of one statement
     * @param p99Ratio how many times the quiet 99th percentile that of the deployment may be
     */
    public record Bar(Duration longestWait, double p99Ratio) {}

    /** The phase of a change. */
    public Optional<Phase> phase(Change change) {
        return phases.stream().filter(phase -> phase.change() == change).findFirst();
    }

    /** How many times the quiet 99th percentile of writers that of a change is; empty when too few wrote for one. */
    public Optional<Double> p99Ratio(Change change) {
        LatencyRounds quiet = phase(Change.QUIET).map(Phase::writing).orElseThrow();
        return phase(change)
                .map(Phase::writing)
                .filter(writing -> Math.min(writing.count(), quiet.count()) >= FEWEST_FOR_P99)
                .filter(writing -> quiet.percentile(0.99) != LatencyRounds.NEVER)
                .map(writing -> writing.percentile(0.99) / (double) quiet.percentile(0.99));
    }

    /** FAIL when a statement failed or those who write waited too long; INCONCLUSIVE when something makes that doubtful. */
    public Verdict verdict(Bar bar) {
        if (!reasons(bar).isEmpty()) {
            return Verdict.FAIL;
        }
        return doubts().isEmpty() ? Verdict.PASS : Verdict.INCONCLUSIVE;
    }

    /** Why nobody can say that the deployment cost nothing. */
    public List<String> doubts() {
        List<String> doubts = new ArrayList<>();
        phase(Change.QUIET)
                .ifPresent(quiet -> DriverCheck.troubles(quiet.samples())
                        .forEach(trouble -> doubts.add("with nothing beside the load " + trouble)));
        for (Change change : List.of(Change.APPLY, Change.ROLLBACK)) {
            if (phase(change).isPresent() && p99Ratio(change).isEmpty()) {
                doubts.add("fewer than " + FEWEST_FOR_P99 + " writes during " + change.word()
                        + " or before it; more rows, or more writes a second, give more");
            }
        }
        return doubts;
    }

    /** What a deployment cost beyond the bar. */
    public List<String> reasons(Bar bar) {
        List<String> reasons = new ArrayList<>();
        for (Phase phase : phases) {
            if (phase.change() != Change.APPLY && phase.change() != Change.ROLLBACK) {
                continue;
            }
            String during = "during " + phase.change().word() + " ";
            phase.failures()
                    .forEach((state, count) -> reasons.add(
                            during + count + (count == 1 ? " statement" : " statements") + " failed: " + state));
            if (phase.writing().longest() > bar.longestWait().toNanos()) {
                reasons.add(String.format(
                        Locale.ROOT,
                        "%sa writer waited %.0f ms, more than %d ms",
                        during,
                        phase.writing().longest() / 1e6,
                        bar.longestWait().toMillis()));
            }
            p99Ratio(phase.change())
                    .filter(ratio -> ratio > bar.p99Ratio())
                    .ifPresent(ratio -> reasons.add(String.format(
                            Locale.ROOT,
                            "%sthe p99 of writers is %.1f times the quiet one, more than %.1f times",
                            during,
                            ratio,
                            bar.p99Ratio())));
        }
        return reasons;
    }
}
