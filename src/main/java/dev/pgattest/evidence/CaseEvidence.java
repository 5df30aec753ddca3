package dev.pgattest.evidence;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One case of one query in one state: what was measured and what follows.
 *
 * @param query id of the query or job
 * @param caseName name of the case
 * @param subject what ran
 * @param modes the case in every plan mode that was measured, at least one
 * @param verdict what follows
 * @param reasons why the verdict is not PASS, and warnings; empty when all is well
 */
public record CaseEvidence(
        String query,
        String caseName,
        Subject subject,
        List<ModeEvidence> modes,
        Verdict verdict,
        List<String> reasons) {

    public CaseEvidence {
        modes = List.copyOf(modes);
        reasons = List.copyOf(reasons);
        if (modes.isEmpty()) {
            throw new IllegalArgumentException("a case is measured in at least one plan mode");
        }
    }

    /**
     * What ran.
     *
     * @param priority {@code P0}, {@code P1} or {@code P2}
     * @param owner who answers for the query
     * @param variant whether another text than the query's own ran
     * @param sql the text that ran, with named parameters
     * @param parameters values of the parameters
     * @param role role that ran it; null for the connecting role
     * @param slo the service-level objective as written, such as {@code p95 < 500 ms}
     * @param sloMs its limit in milliseconds
     * @param statements how many statements one execution sent, at least one
     */
    public record Subject(
            String priority,
            String owner,
            boolean variant,
            String sql,
            Map<String, @Nullable String> parameters,
            @Nullable String role,
            String slo,
            double sloMs,
            long statements) {

        public Subject {
            parameters = new LinkedHashMap<>(parameters);
        }

        /** A case of one statement. */
        public Subject(
                String priority,
                String owner,
                boolean variant,
                String sql,
                Map<String, @Nullable String> parameters,
                @Nullable String role,
                String slo,
                double sloMs) {
            this(priority, owner, variant, sql, parameters, role, slo, sloMs, 1);
        }
    }

    /** The same with what was found out about its plan modes later. */
    public CaseEvidence withModes(List<ModeEvidence> found) {
        return new CaseEvidence(query, caseName, subject, found, verdict, reasons);
    }

    /** The mode that decides: the one whose 95th percentile is longest. */
    public ModeEvidence slowest() {
        ModeEvidence slowest = modes.get(0);
        for (ModeEvidence mode : modes) {
            if (mode.latency().p95Ms() > slowest.latency().p95Ms()) {
                slowest = mode;
            }
        }
        return slowest;
    }
}
