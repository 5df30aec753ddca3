package dev.pgattest.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SloTest {

    @ParameterizedTest
    @CsvSource({
        "p95 < 500 ms, 0.95, PT0.5S",
        "p95<500ms, 0.95, PT0.5S",
        "p90 < 1 s, 0.9, PT1S",
        "p99 < 2 min, 0.99, PT2M",
        "p99.9 < 250 us, 0.999, PT0.00025S",
        "p50 < 1.5 h, 0.5, PT1H30M"
    })
    void reads_percentile_limit_and_unit(String text, BigDecimal quantile, Duration limit) {
        assertThat(Slo.parse(text).orThrow()).isEqualTo(new Slo(quantile, limit));
    }

    @ParameterizedTest
    @CsvSource({"p95 < 500 ms", "p90 < 1 s", "p99.9 < 2 min", "p50 < 250 us", "p99 < 1500 ms"})
    void prints_what_it_reads(String text) {
        assertThat(Slo.parse(text).orThrow()).hasToString(text);
    }

    /** The figures for 95 % are those of Hahn and Meeker's tables. */
    @ParameterizedTest
    @CsvSource({"p95, 0.95, 59", "p99, 0.95, 299", "p90, 0.95, 29", "p50, 0.5, 1", "p95, 0.99, 90"})
    void knows_the_fewest_samples_with_which_it_can_pass(String percentile, BigDecimal confidence, int fewest) {
        assertThat(Slo.parse(percentile + " < 1 s").orThrow().fewestSamples(confidence))
                .isEqualTo(fewest);
    }

    @Test
    void finds_rows_by_number_and_share_at_every_size() {
        var half = new ParameterValue.RowPosition.Share(new BigDecimal("0.5"));
        var seventh = new ParameterValue.RowPosition.Index(6);

        assertThat(half.in(100)).isEqualTo(50);
        assertThat(half.in(1)).isEqualTo(0);
        assertThat(seventh.in(100)).isEqualTo(6);
        assertThat(seventh.in(3)).isEqualTo(2);
    }
}
