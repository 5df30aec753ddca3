package dev.pgattest.pipeline;

import dev.pgattest.ledger.Latencies;
import dev.pgattest.plan.ExplainOutput;
import dev.pgattest.plan.PlanMetrics;
import dev.pgattest.plan.PlanParser;
import dev.pgattest.plan.PlanShape;
import dev.pgattest.postgres.CaseSession;
import dev.pgattest.postgres.CaseStatement;
import dev.pgattest.postgres.RemovableIndex;
import dev.pgattest.postgres.Session;
import dev.pgattest.postgres.WriteTraces;
import dev.pgattest.sql.QualifiedName;
import dev.pgattest.workload.Case;
import dev.pgattest.workload.PlanMode;
import dev.pgattest.workload.Query;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Looks at cases inside transactions that somebody else begins and rolls back. */
final class CaseProbe {

    /** A case that takes so long is timed once. */
    private static final double SLOW_MS = 1_000;

    /** Executions of a case that writes, whatever they take: what they leave behind must be the same in every run. */
    private static final int WRITING_EXECUTIONS = 3;

    private final Session session;
    private final Duration limit;

    /** Probes on a session whose statements are cancelled after the limit, if it is more than nothing. */
    CaseProbe(Session session, Duration limit) {
        this.session = session;
        this.limit = limit;
    }

    /** A case of a query, ready to run. */
    record Subject(Query query, Case each, CaseStatement statement) {}

    /**
     * What would run: the whole plan without its estimates, and its shape, which is the same for custom and generic plans that read
     * alike.
     */
    record Look(String plan, PlanShape shape) {}

    /**
     * What ran.
     *
     * @param plan as executed once the caches were warm
     * @param latencies a few
     * @param read names of the indexes that were read, sorted
     * @param rowsWritten rows that one execution wrote, by table
     */
    record Run(ExplainOutput plan, Latencies latencies, Set<String> read, Map<QualifiedName, Long> rowsWritten) {

        /** The tables that were written to. */
        Set<QualifiedName> written() {
            return rowsWritten.keySet();
        }

        long buffers() {
            return PlanMetrics.of(plan).sharedBuffersTouched();
        }
    }

    /** Plans a case. */
    Look look(Subject subject, PlanMode mode) {
        try (CaseSession open = open(subject, mode)) {
            String json = open.planJson();
            return new Look(json, PlanShape.of(PlanParser.parse(json)));
        }
    }

    /** Runs a case: once to warm the caches, once for its plan, then a few times to time it, unless it is slow. */
    Run run(Subject subject, PlanMode mode) {
        Map<String, Long> scansBefore = RemovableIndex.scans(session);
        Map<QualifiedName, Long> rowsBefore = WriteTraces.written(session);
        try (CaseSession open = open(subject, mode)) {
            double firstMs = open.execute() / 1e6;
            ExplainOutput plan = PlanParser.parse(open.explainJson());
            boolean timedAlready = firstMs >= SLOW_MS && !subject.statement().writes();
            Latencies latencies = timedAlready
                    ? new Latencies(List.of(firstMs))
                    : timed(open, subject.statement().writes() ? WRITING_EXECUTIONS : Latencies.ENOUGH);
            Set<String> read = new TreeSet<>(
                    growth(scansBefore, RemovableIndex.scans(session)).keySet());
            read.addAll(PlanMetrics.of(plan).indexesUsed());
            Map<QualifiedName, Long> written = growth(rowsBefore, WriteTraces.written(session));
            int executions = latencies.ms().size() + 2;
            written.replaceAll((table, rows) -> Math.max(1, rows / executions));
            return new Run(plan, latencies, read, written);
        }
    }

    /** Times a quick case that only reads, after one execution to warm up. */
    List<Double> time(Subject subject, PlanMode mode, int executions) {
        try (CaseSession open = open(subject, mode)) {
            open.execute();
            return timed(open, executions).ms();
        }
    }

    private CaseSession open(Subject subject, PlanMode mode) {
        return CaseSession.within(session, subject.statement(), mode.planCacheMode(), limit);
    }

    private static Latencies timed(CaseSession open, int executions) {
        List<Double> ms = new ArrayList<>();
        for (int i = 0; i < executions; i++) {
            ms.add(open.execute() / 1e6);
        }
        return new Latencies(ms);
    }

    /** What has grown, and by how much. */
    private static <T> Map<T, Long> growth(Map<T, Long> before, Map<T, Long> after) {
        Map<T, Long> growth = new LinkedHashMap<>();
        after.forEach((key, count) -> {
            long more = count - before.getOrDefault(key, 0L);
            if (more > 0) {
                growth.put(key, more);
            }
        });
        return growth;
    }
}
