package dev.pgattest.evidence;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one run of {@code prove} measured, and what it depends on.
 *
 * @param pgattest version of pgattest
 * @param project name of the project
 * @param data the dataset
 * @param server the server
 * @param measuring how was measured
 * @param states the states in the order in which they were measured
 * @param gate the state that decides
 * @param verdict the gate's verdict
 * @param reasons why the verdict is not PASS
 * @param phases where the time went
 * @param inputs what was read of the project's files, sorted
 * @param growth how the cases grow with the data; null when that was not asked for
 * @param comparison what became of an earlier run's figures; null when there was nothing to compare with
 * @param load how the states fared under load; null when that was not asked for
 */
public record Evidence(
        String pgattest,
        String project,
        Data data,
        ServerFacts server,
        Measuring measuring,
        List<StateEvidence> states,
        String gate,
        Verdict verdict,
        List<String> reasons,
        List<Phase> phases,
        List<InputDigest> inputs,
        @Nullable GrowthEvidence growth,
        @Nullable BaselineComparison comparison,
        @Nullable LoadEvidence load) {

    public Evidence {
        states = List.copyOf(states);
        reasons = List.copyOf(reasons);
        phases = List.copyOf(phases);
        inputs = inputs.stream().sorted().toList();
    }

    /** Evidence of one size, compared with nothing. */
    public Evidence(
            String pgattest,
            String project,
            Data data,
            ServerFacts server,
            Measuring measuring,
            List<StateEvidence> states,
            String gate,
            Verdict verdict,
            List<String> reasons,
            List<Phase> phases,
            List<InputDigest> inputs) {
        this(
                pgattest, project, data, server, measuring, states, gate, verdict, reasons, phases, inputs, null, null,
                null);
    }

    /** The same with how the cases grow. */
    public Evidence withGrowth(GrowthEvidence grown) {
        return new Evidence(
                pgattest,
                project,
                data,
                server,
                measuring,
                states,
                gate,
                verdict,
                reasons,
                phases,
                inputs,
                grown,
                comparison,
                load);
    }

    /** The same with what a comparison found. */
    public Evidence withComparison(BaselineComparison compared) {
        return new Evidence(
                pgattest, project, data, server, measuring, states, gate, verdict, reasons, phases, inputs, growth,
                compared, load);
    }

    /**
     * The same with how the states fared under load. The gate passes only when it also passes at the lowest rate.
     */
    public Evidence withLoad(LoadEvidence loaded) {
        Verdict under = loaded.first(gate).map(LoadEvidence.Run::verdict).orElse(Verdict.PASS);
        List<String> all = new ArrayList<>(reasons);
        loaded.first(gate)
                .filter(run -> run.verdict() != Verdict.PASS)
                .ifPresent(run -> run.reasons().forEach(reason -> all.add("under load: " + reason)));
        return new Evidence(
                pgattest,
                project,
                data,
                server,
                measuring,
                states,
                gate,
                verdict.and(under),
                all,
                phases,
                inputs,
                growth,
                comparison,
                loaded);
    }

    /**
     * The dataset.
     *
     * @param profile name of the profile
     * @param scale share of the profile's rows
     * @param members number of members kept by {@code --tenants}; null for all
     * @param seed seed of the profile
     * @param definition SHA-256 of the declaration
     * @param tables fingerprint of each table
     */
    public record Data(
            String profile,
            double scale,
            @Nullable Long members,
            long seed,
            String definition,
            List<TableFingerprint> tables) {

        public Data {
            tables = List.copyOf(tables);
        }
    }

    /**
     * The rows of one table.
     *
     * @param sha256 digest of the rows, whatever their order
     */
    public record TableFingerprint(String table, long rows, String sha256) {}

    /**
     * How was measured.
     *
     * @param confidence one-sided confidence of each bound
     * @param warmup executions before sampling
     * @param maxSamples samples after which a case ends undecided
     * @param planModes plan modes that were forced
     */
    public record Measuring(double confidence, int warmup, int maxSamples, List<String> planModes) {

        public Measuring {
            planModes = List.copyOf(planModes);
        }
    }

    /**
     * A part of the run.
     *
     * @param name what was done
     * @param ms wall-clock milliseconds
     * @param serverMs of which the server, or the generator that feeds it, was at work
     */
    public record Phase(String name, double ms, double serverMs) {}

    /** The evidence of the gate. */
    public StateEvidence gateState() {
        return states.stream()
                .filter(state -> state.name().equals(gate))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the gate was not measured: " + gate));
    }
}
