package dev.pgattest.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.evidence.Verdict;
import dev.pgattest.load.DeploymentRehearsal.Bar;
import dev.pgattest.load.DeploymentRehearsal.Change;
import dev.pgattest.load.DeploymentRehearsal.Phase;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeploymentRehearsalTest {

    private static final long MS = 1_000_000;
    private static final Bar BAR = new Bar(Duration.ofSeconds(2), 2);

    @Test
    void nothing_that_writers_notice_passes_whatever_the_plain_way_cost() {
        DeploymentRehearsal rehearsal = rehearsal(
                phase(Change.QUIET, MS, 400), phase(Change.APPLY, 2 * MS, 400), phase(Change.PLAIN, 9000 * MS, 400));

        assertThat(rehearsal.p99Ratio(Change.APPLY)).contains(2.0);
        assertThat(rehearsal.p99Ratio(Change.PLAIN)).contains(9000.0);
        assertThat(rehearsal.reasons(BAR)).isEmpty();
        assertThat(rehearsal.verdict(BAR)).isEqualTo(Verdict.PASS);
    }

    @Test
    void a_wait_that_is_too_long_a_p99_that_rose_and_statements_that_failed_are_reasons() {
        StreamSamples failed = new StreamSamples(
                "other", rounds(MS, 5), Percentiles.NONE, Percentiles.NONE, Map.of("40P01", 1L, "57014", 2L), 1);
        DeploymentRehearsal rehearsal = rehearsal(
                phase(Change.QUIET, 1000 * MS, 400),
                phase(Change.APPLY, 2001 * MS, 400, failed),
                phase(Change.ROLLBACK, 3 * MS, 400));

        assertThat(rehearsal.reasons(BAR))
                .containsExactly(
                        "during apply 1 statement failed: 40P01",
                        "during apply 2 statements failed: 57014",
                        "during apply 1 statement failed: unfinished",
                        "during apply a writer waited 2001 ms, more than 2000 ms",
                        "during apply the p99 of writers is 2.0 times the quiet one, more than 2.0 times");
        assertThat(rehearsal.verdict(BAR)).isEqualTo(Verdict.FAIL);
        assertThat(rehearsal.verdict(new Bar(Duration.ofSeconds(3), 3))).isEqualTo(Verdict.FAIL);
    }

    @Test
    void too_few_writes_or_a_driver_that_was_late_leave_a_doubt() {
        DeploymentRehearsal few = rehearsal(phase(Change.QUIET, MS, 400), phase(Change.APPLY, MS, 298));
        assertThat(few.p99Ratio(Change.APPLY)).isEmpty();
        assertThat(few.verdict(BAR)).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(few.doubts()).singleElement().asString().contains("fewer than 299 writes during apply");

        Phase late = new Phase(
                Change.QUIET,
                new LoadSamples(1, 4, List.of(stream(MS, 400)), List.of(400L), List.of(300L), Percentiles.NONE),
                Set.of("writer"));
        DeploymentRehearsal behind = rehearsal(late, phase(Change.APPLY, MS, 400));
        assertThat(behind.verdict(BAR)).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(behind.doubts())
                .containsExactly(
                        "with nothing beside the load the offered load was not achieved: 300.0 of 400.0 executions a second");
    }

    @Test
    void readers_are_not_writers() {
        StreamSamples reader =
                new StreamSamples("reader", rounds(5000 * MS, 7), Percentiles.NONE, Percentiles.NONE, Map.of(), 0);
        Phase phase = phase(Change.APPLY, MS, 400, reader);

        assertThat(phase.writing().count()).isEqualTo(400);
        assertThat(phase.reading().count()).isEqualTo(7);
        assertThat(rehearsal(phase(Change.QUIET, MS, 400), phase).verdict(BAR)).isEqualTo(Verdict.PASS);
    }

    private static DeploymentRehearsal rehearsal(Phase... phases) {
        return new DeploymentRehearsal("shop", "plain", "indexed", List.of(phases), List.of());
    }

    private static Phase phase(Change change, long nanos, int count, StreamSamples... others) {
        List<StreamSamples> streams = new java.util.ArrayList<>(List.of(stream(nanos, count)));
        streams.addAll(List.of(others));
        return new Phase(
                change,
                new LoadSamples(1, 4, streams, List.of((long) count), List.of((long) count), Percentiles.NONE),
                Set.of("writer"));
    }

    private static StreamSamples stream(long nanos, int count) {
        return new StreamSamples("writer", rounds(nanos, count), Percentiles.NONE, Percentiles.NONE, Map.of(), 0);
    }

    private static LatencyRounds rounds(long nanos, int count) {
        return LatencyRounds.ofValues(List.of(Collections.nCopies(count, nanos)));
    }
}
