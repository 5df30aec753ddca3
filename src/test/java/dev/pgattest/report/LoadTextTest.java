package dev.pgattest.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.evidence.Evidence;
import dev.pgattest.evidence.LoadEvidence;
import dev.pgattest.evidence.LoadEvidence.Run;
import dev.pgattest.evidence.Verdict;
import dev.pgattest.load.LatencyRounds;
import dev.pgattest.load.LoadJudge;
import dev.pgattest.load.LoadJudge.Offer;
import dev.pgattest.load.LoadSamples;
import dev.pgattest.load.OfferedRate;
import dev.pgattest.load.Percentiles;
import dev.pgattest.load.StreamSamples;
import dev.pgattest.testing.GeneratedFile;
import dev.pgattest.workload.Frequency;
import dev.pgattest.workload.Priority;
import dev.pgattest.workload.Slo;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoadTextTest {

    private static final long MS = 1_000_000;

    @Test
    void a_run_under_load_reads_as_the_golden_text() throws IOException {
        GeneratedFile.assertUpToDate(
                Path.of("src/test/resources/report/evidence-load.txt"), EvidenceText.of(evidence(), Paint.NONE));
    }

    @Test
    void its_Markdown_reads_as_the_golden_text() throws IOException {
        GeneratedFile.assertUpToDate(
                Path.of("src/test/resources/report/load.md"), String.join("\n", LoadMarkdown.lines(load())) + "\n");
    }

    @Test
    void no_line_is_wider_than_100_columns() {
        assertThat(EvidenceText.of(evidence(), Paint.NONE).lines())
                .allSatisfy(line ->
                        assertThat(line.codePointCount(0, line.length())).isLessThanOrEqualTo(100));
    }

    @Test
    void a_gate_that_fails_under_load_fails() {
        Evidence evidence = EvidenceTextTest.evidence();
        LoadEvidence load = load(run(evidence.gate(), 1, 50 * MS, List.of(50L, 50L)));

        assertThat(evidence.withLoad(load).verdict()).isEqualTo(Verdict.FAIL);
        assertThat(evidence.withLoad(load).reasons())
                .last()
                .asString()
                .startsWith("under load: Q4_idempotency_check: misses its SLO p95 < 20 ms under load");
    }

    @Test
    void only_the_lowest_rate_decides() {
        Evidence evidence = EvidenceTextTest.evidence();
        LoadEvidence good = load(run(evidence.gate(), 1, 5 * MS, List.of(50L, 50L)));
        LoadEvidence breaks = load(
                run(evidence.gate(), 1, 5 * MS, List.of(50L, 50L)),
                run(evidence.gate(), 2, 50 * MS, List.of(50L, 50L)));

        assertThat(evidence.withLoad(breaks).verdict())
                .isEqualTo(evidence.withLoad(good).verdict())
                .isEqualTo(evidence.verdict());
    }

    private static Evidence evidence() {
        return EvidenceTextTest.evidence().withLoad(load());
    }

    private static LoadEvidence load() {
        return load(
                run("baseline", 1, 50 * MS, List.of(50L, 50L)),
                run("proven", 1, 5 * MS, List.of(50L, 50L)),
                run("proven", 2, 5 * MS, List.of(50L, 30L)),
                run("proven", 1.4, 5 * MS, List.of(50L, 50L)));
    }

    private static LoadEvidence load(Run... runs) {
        return new LoadEvidence(
                new LoadEvidence.Settings(2, 0.2, 20, 1000, 1, 0.95, 0.05, 10),
                List.of(runs),
                List.of("J2_cleanup is not part of the load: it says no frequency"));
    }

    private static Run run(String state, double factor, long nanos, List<Long> achieved) {
        OfferedRate rate = OfferedRate.of(Frequency.parse("50 / s").orThrow(), 1, factor);
        OfferedRate rare = OfferedRate.of(Frequency.parse("100 / day / tenant").orThrow(), 100, factor)
                .raisedTo(59, 60);
        List<Offer> offers = List.of(
                new Offer(
                        "Q4_idempotency_check",
                        Priority.P0,
                        false,
                        Slo.parse("p95 < 20 ms").orThrow(),
                        rate,
                        4),
                new Offer(
                        "Q1_allocations_channel_performance",
                        Priority.P0,
                        false,
                        Slo.parse("p95 < 1 s").orThrow(),
                        rare,
                        4),
                new Offer("J1_ingest_an_event", Priority.P2, true, null, rate, 1));
        return new LoadJudge(new BigDecimal("0.95"))
                .judge(
                        state,
                        factor,
                        offers,
                        new LoadSamples(
                                2,
                                9,
                                List.of(
                                        stream("Q4_idempotency_check", nanos, 0),
                                        stream("Q1_allocations_channel_performance", 300 * MS, 0),
                                        stream("J1_ingest_an_event", MS, 3)),
                                List.of(50L, 50L),
                                achieved,
                                new Percentiles(100, MS / 10, MS, 2 * MS, 3 * MS)));
    }

    private static StreamSamples stream(String name, long nanos, int failed) {
        List<List<Long>> rounds = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            rounds.add(new ArrayList<>(Collections.nCopies(4, nanos + i * MS / 10)));
        }
        rounds.get(7).addAll(Collections.nCopies(failed, LatencyRounds.NEVER));
        return new StreamSamples(
                name,
                LatencyRounds.ofValues(rounds),
                new Percentiles(80, 0, MS, MS, MS),
                new Percentiles(80, nanos, nanos, nanos, nanos),
                failed == 0 ? Map.of() : Map.of("23505", (long) failed),
                0);
    }
}
