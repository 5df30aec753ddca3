package dev.pgattest.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.evidence.LoadEvidence.QueryLoad;
import dev.pgattest.evidence.LoadEvidence.Run;
import dev.pgattest.evidence.Verdict;
import dev.pgattest.load.LoadJudge.Offer;
import dev.pgattest.workload.Frequency;
import dev.pgattest.workload.Priority;
import dev.pgattest.workload.Slo;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LoadJudgeTest {

    private static final long MS = 1_000_000;
    private static final LoadJudge JUDGE = new LoadJudge(new BigDecimal("0.95"));
    private static final Percentiles ON_TIME = new Percentiles(1000, MS / 10, MS, 9 * MS, 400 * MS);

    @Test
    void a_query_whose_upper_bound_is_within_its_objective_passes() {
        QueryLoad query =
                judge("p95 < 100 ms", rounds(10 * MS, 100, 0)).queries().get(0);

        assertThat(query.verdict()).isEqualTo(Verdict.PASS);
        assertThat(query.reasons()).isEmpty();
        assertThat(query.latency().p95().ms()).isEqualTo(10);
        assertThat(query.latency().p95().high()).isEqualTo(10);
        assertThat(query.latency().samples()).isEqualTo(100);
    }

    @Test
    void a_latency_at_the_limit_passes_as_it_does_when_cases_are_measured_and_one_above_does_not() {
        assertThat(judge("p95 < 10 ms", rounds(10 * MS, 100, 0)).verdict()).isEqualTo(Verdict.PASS);
        assertThat(judge("p95 < 10 ms", rounds(10 * MS + 1, 100, 0)).verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void a_query_whose_lower_bound_is_above_its_objective_fails_with_what_was_seen() {
        Run run = judge("p95 < 5 ms", rounds(10 * MS, 100, 0));

        assertThat(run.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(run.reasons())
                .containsExactly(
                        "Q1: misses its SLO p95 < 5 ms under load: 100 of 100 executions took longer or failed;"
                                + " p95 of the wait for a connection 1.00 ms");
    }

    @Test
    void too_few_executions_are_inconclusive_and_say_how_many_it_takes() {
        Run run = judge("p95 < 100 ms", rounds(10 * MS, 40, 0));

        assertThat(run.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(run.reasons())
                .containsExactly("Q1: 40 executions are too few for its SLO p95 < 100 ms, which takes 59: let the load"
                        + " last longer, or raise the rate");
    }

    @Test
    void two_slow_executions_refute_although_they_are_few() {
        assertThat(judge("p95 < 5 ms", rounds(10 * MS, 2, 0)).verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void failed_executions_are_longer_than_every_limit() {
        assertThat(judge("p95 < 100 ms", rounds(10 * MS, 900, 100)).verdict()).isEqualTo(Verdict.FAIL);

        QueryLoad few = judge("p95 < 100 ms", rounds(10 * MS, 990, 2)).queries().get(0);
        assertThat(few.verdict()).isEqualTo(Verdict.PASS);
        assertThat(few.reasons()).containsExactly("warning: 2 of 992 executions had no result: 40P01 2");
    }

    @Test
    void a_driver_that_was_late_makes_good_and_bad_news_inconclusive() {
        Percentiles late = new Percentiles(1000, MS, 11 * MS, 30 * MS, 400 * MS);
        for (String slo : List.of("p95 < 100 ms", "p95 < 5 ms")) {
            Run run = JUDGE.judge("s", 1, List.of(offer(slo)), samples(rounds(10 * MS, 100, 0), late, 100, 100));

            assertThat(run.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
            assertThat(run.rates().keptUp()).isFalse();
            assertThat(run.reasons())
                    .containsExactly("the driver was late: by more than 11.0 ms for one execution in twenty, 10 ms are"
                            + " allowed; the machine is too busy");
            assertThat(run.queries().get(0).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        }
    }

    @Test
    void a_load_that_was_not_achieved_is_inconclusive_unless_only_the_last_executions_are_missing() {
        LatencyRounds good = rounds(10 * MS, 100, 0);

        Run behind = JUDGE.judge("s", 1, List.of(offer("p95 < 100 ms")), samples(good, ON_TIME, 100, 90));
        assertThat(behind.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(behind.reasons())
                .containsExactly("the offered load was not achieved: 45.0 of 50.0 executions a second");

        assertThat(JUDGE.judge("s", 1, List.of(offer("p95 < 100 ms")), samples(good, ON_TIME, 100, 95))
                        .verdict())
                .isEqualTo(Verdict.PASS);
        assertThat(JUDGE.judge("s", 1, List.of(offer("p95 < 100 ms")), samples(good, ON_TIME, 20, 17))
                        .verdict())
                .isEqualTo(Verdict.PASS);
    }

    @Test
    void queries_below_P0_do_not_decide_and_without_a_P0_nothing_passes() {
        Offer minor = new Offer("Q2", Priority.P1, false, slo("p95 < 1 ms"), rate(), 4);
        LoadSamples both = new LoadSamples(
                2,
                5,
                List.of(stream("Q1", rounds(10 * MS, 100, 0)), stream("Q2", rounds(10 * MS, 100, 0))),
                List.of(50L, 50L),
                List.of(50L, 50L),
                ON_TIME);

        Run run = JUDGE.judge("s", 1, List.of(offer("p95 < 100 ms"), minor), both);
        assertThat(run.verdict()).isEqualTo(Verdict.PASS);
        assertThat(run.queries().get(1).verdict()).isEqualTo(Verdict.FAIL);

        Run none = JUDGE.judge("s", 1, List.of(minor), samples(rounds(MS, 100, 0), ON_TIME, 100, 100));
        assertThat(none.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(none.reasons())
                .containsExactly(
                        "no query of the load has priority P0 and an SLO, so there is nothing that could pass");
    }

    @Test
    void a_query_without_an_objective_has_numbers_and_no_verdict() {
        Offer job = new Offer("J1", Priority.P2, true, null, rate(), 1);

        QueryLoad query = JUDGE.judge("s", 1, List.of(job), samples(rounds(MS, 10, 0), ON_TIME, 10, 10))
                .queries()
                .get(0);

        assertThat(query.verdict()).isNull();
        assertThat(query.latency().p50().ms()).isEqualTo(1);
        assertThat(query.latency().p95().high()).isNull();
    }

    @Test
    void a_rate_that_was_raised_is_said_with_a_failure() {
        OfferedRate raised =
                OfferedRate.of(Frequency.parse("60 / min").orThrow(), 1, 1).raisedTo(59, 20);
        Offer offer = new Offer("Q1", Priority.P0, false, slo("p95 < 5 ms"), raised, 4);

        Run run = JUDGE.judge("s", 1, List.of(offer), samples(rounds(10 * MS, 100, 0), ON_TIME, 100, 100));

        assertThat(run.queries().get(0).reasons().get(0)).contains("it ran 4.1 times as often as declared");
    }

    private static Run judge(String slo, LatencyRounds latencies) {
        return JUDGE.judge("s", 1, List.of(offer(slo)), samples(latencies, ON_TIME, 100, 100));
    }

    private static Offer offer(String slo) {
        return new Offer("Q1", Priority.P0, false, slo(slo), rate(), 4);
    }

    private static @Nullable Slo slo(String text) {
        return Slo.parse(text).orThrow();
    }

    private static OfferedRate rate() {
        return OfferedRate.of(Frequency.parse("50 / s").orThrow(), 1, 1);
    }

    private static LoadSamples samples(LatencyRounds latencies, Percentiles lag, long offered, long achieved) {
        return new LoadSamples(
                2,
                4,
                List.of(stream("Q1", latencies)),
                List.of(offered / 2, offered - offered / 2),
                List.of(achieved / 2, achieved - achieved / 2),
                lag);
    }

    private static StreamSamples stream(String name, LatencyRounds latencies) {
        long failed = latencies.failed();
        return new StreamSamples(
                name,
                latencies,
                new Percentiles(100, 0, MS, MS, MS),
                new Percentiles(100, MS, MS, MS, MS),
                failed == 0 ? Map.of() : Map.of("40P01", failed),
                0);
    }

    /** Twenty rounds with the same latency and as many failures, dealt out in turn. */
    private static LatencyRounds rounds(long nanos, int good, int failed) {
        List<Long> all = new ArrayList<>(Collections.nCopies(good, nanos));
        all.addAll(Collections.nCopies(failed, LatencyRounds.NEVER));
        List<List<Long>> rounds = new ArrayList<>();
        int count = Math.min(20, all.size());
        for (int round = 0; round < count; round++) {
            rounds.add(new ArrayList<>());
        }
        for (int i = 0; i < all.size(); i++) {
            rounds.get(i % count).add(all.get(i));
        }
        return LatencyRounds.ofValues(rounds);
    }
}
