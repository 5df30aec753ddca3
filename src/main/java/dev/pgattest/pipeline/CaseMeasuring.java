package dev.pgattest.pipeline;

import dev.pgattest.evidence.SequentialQuantileTest;
import dev.pgattest.evidence.SequentialQuantileTest.Decision;
import dev.pgattest.plan.ExplainOutput;
import dev.pgattest.plan.PlanParser;
import dev.pgattest.postgres.CaseSession;
import dev.pgattest.postgres.CaseStatement;
import dev.pgattest.postgres.Connections;
import dev.pgattest.sql.QualifiedName;
import dev.pgattest.workload.Measurement;
import dev.pgattest.workload.PlanMode;
import dev.pgattest.workload.Slo;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Measures one case: plans first, then warm-up, then executions of all plan modes in turn, round by round, until the sequential
 * test has decided each mode.
 */
final class CaseMeasuring {

    /** Slow queries are warm after their plans were captured; they need not run more often before they are timed. */
    private static final long LONGEST_WARMUP_NANOS = 1_000_000_000L;

    private final Connections connections;
    private final Measurement settings;
    private long serverNanos;

    CaseMeasuring(Connections connections, Measurement settings) {
        this.connections = connections;
        this.settings = settings;
    }

    /**
     * What one plan mode gave: latencies in nanoseconds in order, the decision, and the plan, read and in both formats; its buffers when
     * the leader runs it alone, null without parallel workers; the statements that an execution sends; the tables that it wrote to, by
     * triggers and functions too, and whether the catalog was among them.
     */
    record ModeSamples(
            PlanMode mode,
            List<Long> nanos,
            Decision decision,
            ExplainOutput plan,
            String planJson,
            String planText,
            @Nullable Long serialBuffers,
            long statements,
            Set<QualifiedName> written,
            boolean catalogWritten) {

        ModeSamples {
            nanos = List.copyOf(nanos);
            written = Set.copyOf(written);
        }
    }

    /** Measures the statement in every plan mode of the settings. */
    List<ModeSamples> measure(CaseStatement statement, Slo slo) {
        List<Sampling> samplings = new ArrayList<>();
        try {
            for (PlanMode mode : settings.planModes()) {
                samplings.add(new Sampling(statement, slo, mode));
            }
            samplings.forEach(Sampling::capturePlan);
            samplings.forEach(Sampling::captureText);
            samplings.forEach(Sampling::warmUp);
            sample(samplings);
            return samplings.stream().map(Sampling::samples).toList();
        } finally {
            samplings.forEach(Sampling::close);
        }
    }

    /** Nanoseconds that executions and plans have taken so far. */
    long serverNanos() {
        return serverNanos;
    }

    private void sample(List<Sampling> samplings) {
        long deadline = System.nanoTime() + settings.caseTimeLimit().toNanos();
        boolean undecided = true;
        while (undecided && System.nanoTime() < deadline) {
            undecided = false;
            for (Sampling sampling : samplings) {
                if (!sampling.ended()) {
                    sampling.once();
                    undecided |= !sampling.ended();
                }
            }
        }
    }

    /** One plan mode while it is being measured. */
    private final class Sampling {

        private final PlanMode mode;
        private final long limitNanos;
        private final SequentialQuantileTest test;
        private final CaseSession session;
        private final List<Long> nanos = new ArrayList<>();
        private int exceedances;
        private Decision decision = Decision.UNDECIDED;
        private long spentNanos;
        private String planJson = "";
        private String planText = "";
        private @Nullable Long serialBuffers;

        Sampling(CaseStatement statement, Slo slo, PlanMode mode) {
            this.mode = mode;
            this.limitNanos = slo.limit().toNanos();
            this.test = SequentialQuantileTest.of(
                    slo.quantile().doubleValue(), settings.confidence().doubleValue(), settings.maxSamples());
            this.session = CaseSession.open(connections.open(), statement, mode.planCacheMode());
        }

        /**
         * Runs as often whatever the clock says, and before all that the clock decides: a case that writes leaves dead rows behind, which
         * the next plan mode's buffers count.
         */
        void capturePlan() {
            // The first execution brings pages and catalog entries in, so its plan is not the one that counts.
            long start = System.nanoTime();
            planText = session.explainText();
            planJson = session.explainJson();
            serialBuffers = ExactBuffers.serial(session, planJson);
            spend(start);
        }

        /** A slow query is not run once more only for the text of a warm execution. */
        void captureText() {
            if (spentNanos < LONGEST_WARMUP_NANOS) {
                long start = System.nanoTime();
                planText = session.explainText();
                spend(start);
            }
        }

        void warmUp() {
            for (int i = 0; i < settings.warmup() && spentNanos < LONGEST_WARMUP_NANOS; i++) {
                long start = System.nanoTime();
                session.execute();
                spend(start);
            }
        }

        private void spend(long since) {
            long nanos = System.nanoTime() - since;
            spentNanos += nanos;
            serverNanos += nanos;
        }

        void once() {
            long elapsed = session.execute();
            serverNanos += elapsed;
            nanos.add(elapsed);
            exceedances += elapsed > limitNanos ? 1 : 0;
            decision = test.decide(nanos.size(), exceedances);
        }

        boolean ended() {
            return decision != Decision.UNDECIDED || nanos.size() >= test.maximumSamples();
        }

        ModeSamples samples() {
            return new ModeSamples(
                    mode,
                    nanos,
                    decision,
                    PlanParser.parse(planJson),
                    planJson,
                    planText,
                    serialBuffers,
                    Math.max(1, session.statementsIssued()),
                    session.writtenTables(),
                    session.hasWrittenCatalog());
        }

        void close() {
            session.close();
        }
    }
}
