package dev.pgattest.pipeline;

import dev.pgattest.evidence.CaseEvidence;
import dev.pgattest.evidence.LatencySummary;
import dev.pgattest.evidence.ModeEvidence;
import dev.pgattest.evidence.SequentialQuantileTest;
import dev.pgattest.evidence.TableEvidence;
import dev.pgattest.pipeline.CaseMeasuring.ModeSamples;
import dev.pgattest.plan.ExplainOutput;
import dev.pgattest.plan.PlanKey;
import dev.pgattest.plan.PlanMetrics;
import dev.pgattest.plan.PlanNode;
import dev.pgattest.postgres.CaseStatement;
import dev.pgattest.verdict.CaseJudge;
import dev.pgattest.verdict.PlanJudge;
import dev.pgattest.verdict.RedFlagContext;
import dev.pgattest.verdict.RedFlagSettings;
import dev.pgattest.workload.Case;
import dev.pgattest.workload.Measurement;
import dev.pgattest.workload.Priority;
import dev.pgattest.workload.Query;
import dev.pgattest.workload.Slo;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/** Turns what was measured of a case into evidence: plans are read, red flags looked for, a verdict given. */
final class CaseEvidences {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double P95 = 0.95;

    private final String state;
    private final RedFlagSettings redFlags;
    private final SequentialQuantileTest p95;
    private final Map<String, Set<String>> partitions;
    private final Map<String, RedFlagContext.TableSize> tables = new HashMap<>();

    /** For one state, whose tables have these sizes and these partitions. */
    CaseEvidences(
            String state,
            Measurement measurement,
            RedFlagSettings redFlags,
            List<TableEvidence> tables,
            Map<String, Set<String>> partitions) {
        this.partitions = partitions;
        this.state = state;
        this.redFlags = redFlags;
        double confidence = measurement.confidence().doubleValue();
        int samples = Math.max(measurement.maxSamples(), SequentialQuantileTest.fewestSamples(P95, confidence));
        this.p95 = SequentialQuantileTest.of(P95, confidence, samples);
        for (TableEvidence table : tables) {
            RedFlagContext.TableSize size = new RedFlagContext.TableSize(table.pages(), table.rows());
            this.tables.put(table.schema() + "." + table.simpleName(), size);
            this.tables.putIfAbsent(table.simpleName(), size);
        }
    }

    /** The evidence of one case with its verdict. */
    CaseEvidence of(Query query, Case each, Slo slo, CaseStatement statement, List<ModeSamples> modes) {
        CaseEvidence.Subject subject = new CaseEvidence.Subject(
                query.purpose().priority().name(),
                query.purpose().owner(),
                query.statement().variantIn(state).isPresent(),
                statement.sql().original(),
                statement.values(),
                statement.role(),
                slo.toString(),
                slo.limit().toNanos() / NANOS_PER_MILLI,
                modes.get(0).statements());
        List<ModeEvidence> evidence =
                modes.stream().map(samples -> mode(query, slo, samples)).toList();
        return CaseJudge.judge(query.name(), each.name(), subject, evidence);
    }

    private ModeEvidence mode(Query query, Slo slo, ModeSamples samples) {
        LatencySummary latency = LatencySummary.of(samples.nanos(), p95);
        RedFlagContext context = context(query, slo, samples);
        List<Double> latencies =
                samples.nanos().stream().map(nanos -> nanos / NANOS_PER_MILLI).toList();
        return new ModeEvidence(
                samples.mode().label(),
                samples.decision(),
                latency,
                latencies,
                planned(context.metrics(), samples),
                PlanJudge.judge(context));
    }

    private RedFlagContext context(Query query, Slo slo, ModeSamples samples) {
        RedFlagContext.Builder context = RedFlagContext.builder(samples.plan())
                .criticalTables(withPartitions(query.expectation().criticalTables()))
                .partitions(partitions)
                .intendedIndexes(query.expectation().indexesIn(state))
                .tables(tables)
                .slo(slo.limit())
                .p95(Duration.ofNanos(LatencySummary.percentileNanos(
                        samples.nanos(), slo.quantile().doubleValue())))
                .settings(redFlags);
        return query.purpose().priority() == Priority.P0 ? context.blocking().build() : context.build();
    }

    /** Partitions are scanned under their own names. */
    private Set<String> withPartitions(List<String> names) {
        Set<String> all = new HashSet<>(names);
        names.forEach(name -> all.addAll(partitions.getOrDefault(name, Set.of())));
        return all;
    }

    private static ModeEvidence.Planned planned(PlanMetrics metrics, ModeSamples samples) {
        ExplainOutput plan = samples.plan();
        PlanNode root = plan.root();
        return new ModeEvidence.Planned(
                metrics.sharedBuffersTouched(),
                plan.planning().millis() == null ? 0 : plan.planning().millis(),
                plan.execution().millis() == null ? 0 : plan.execution().millis(),
                root.number(PlanKey.ACTUAL_ROWS).orElse(0) * root.loops(),
                metrics.rowsScanned().values().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum(),
                metrics.indexesUsed(),
                metrics.scans().stream()
                        .map(scan -> plan.node(scan.path()).label())
                        .toList(),
                JSON.readTree(samples.planJson()),
                samples.planText(),
                samples.serialBuffers(),
                samples.catalogWritten());
    }
}
