package dev.pgattest.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pgattest.load.StreamRecorder.Execution;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StreamRecorderTest {

    private static final long MS = 1_000_000;

    @Test
    void latency_counts_from_the_intended_start_and_waits_stand_apart_from_executions() {
        StreamRecorder recorder = new StreamRecorder("Q1", 1000 * MS);
        recorder.completed(new Execution(0, 40 * MS, 41 * MS, 51 * MS));

        StreamSamples samples = recorder.samples(2);

        assertThat(samples.latencies().rounds()).isEqualTo(2);
        assertThat(samples.latencies().longest() / 1e6).isCloseTo(51, within(0.1));
        assertThat(samples.waits().max() / 1e6).isCloseTo(40, within(0.1));
        assertThat(samples.executions().max() / 1e6).isCloseTo(10, within(0.1));
    }

    @Test
    void an_execution_belongs_to_the_round_in_which_it_was_to_begin() {
        StreamRecorder recorder = new StreamRecorder("Q1", 1000 * MS);
        recorder.completed(new Execution(999 * MS, 5000 * MS, 5000 * MS, 5001 * MS));
        recorder.completed(new Execution(1000 * MS, 1000 * MS, 1000 * MS, 1002 * MS));

        LatencyRounds latencies = recorder.samples(2).latencies();

        assertThat(latencies.percentile(0.5, new int[] {0, 1}) / 1e6).isCloseTo(2, within(0.01));
        assertThat(latencies.percentile(0.5, new int[] {1, 0}) / 1e6).isCloseTo(4002, within(5.0));
    }

    @Test
    void failures_are_counted_by_state_and_have_no_latency() {
        StreamRecorder recorder = new StreamRecorder("Q1", 1000 * MS);
        recorder.failed(0, "40P01");
        recorder.failed(1, "23505");
        recorder.failed(2, "23505");
        recorder.unfinished(3);

        StreamSamples samples = recorder.samples(1);

        assertThat(samples.errors()).isEqualTo(Map.of("23505", 2L, "40P01", 1L));
        assertThat(samples.failed()).isEqualTo(3);
        assertThat(samples.unfinished()).isEqualTo(1);
        assertThat(samples.latencies().failed()).isEqualTo(4);
        assertThat(samples.waits()).isEqualTo(Percentiles.NONE);
    }

    @Test
    void a_second_offers_what_was_to_begin_in_it_and_achieves_what_ended_in_it() {
        RunRecorder run = new RunRecorder();
        run.offered(0);
        run.offered(999 * MS);
        run.offered(1000 * MS);
        run.achieved(1500 * MS);
        run.achieved(3100 * MS);

        LoadSamples samples = run.samples(2000 * MS, 4, List.of());

        assertThat(samples.offered()).containsExactly(2L, 1L);
        assertThat(samples.achieved()).containsExactly(0L, 1L);
        assertThat(samples.offeredCount()).isEqualTo(3);
        assertThat(samples.achievedCount()).isEqualTo(1);
    }
}
