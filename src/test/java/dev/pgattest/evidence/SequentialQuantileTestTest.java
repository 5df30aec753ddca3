package dev.pgattest.evidence;

import static dev.pgattest.evidence.SequentialQuantileTest.Decision.ABOVE;
import static dev.pgattest.evidence.SequentialQuantileTest.Decision.UNDECIDED;
import static dev.pgattest.evidence.SequentialQuantileTest.Decision.WITHIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgattest.evidence.SequentialQuantileTest.Decision;
import dev.pgattest.evidence.SequentialQuantileTest.Look;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SequentialQuantileTestTest {

    private final SequentialQuantileTest p95 = SequentialQuantileTest.of(0.95, 0.95, 576);

    @Test
    void fewest_samples_are_those_of_hahn_and_meeker() {
        assertThat(SequentialQuantileTest.fewestSamples(0.95, 0.95)).isEqualTo(59);
        assertThat(SequentialQuantileTest.fewestSamples(0.99, 0.95)).isEqualTo(299);
        assertThat(SequentialQuantileTest.fewestSamples(0.90, 0.95)).isEqualTo(29);
        assertThat(SequentialQuantileTest.fewestSamples(0.5, 0.75)).isEqualTo(2);
    }

    @Test
    void two_samples_above_the_limit_refute_a_p95() {
        assertThat(p95.decide(2, 2)).isEqualTo(ABOVE);
        assertThat(p95.decide(2, 1)).isEqualTo(UNDECIDED);
    }

    @Test
    void nothing_passes_before_the_first_look_that_can() {
        for (int samples = 1; samples < 72; samples++) {
            assertThat(p95.decide(samples, 0)).isEqualTo(UNDECIDED);
        }
        assertThat(p95.decide(72, 0)).isEqualTo(WITHIN);
    }

    @Test
    void a_single_look_at_59_samples_spends_the_whole_error() {
        SequentialQuantileTest single = SequentialQuantileTest.of(0.95, 0.95, 59);
        assertThat(single.decide(59, 0)).isEqualTo(WITHIN);
        assertThat(single.decide(59, 1)).isEqualTo(UNDECIDED);
    }

    @Test
    void too_few_samples_are_refused() {
        assertThatThrownBy(() -> SequentialQuantileTest.of(0.95, 0.95, 58))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("59");
    }

    @Test
    void more_looks_allow_more_exceedances() {
        int last = -1;
        for (Look look : p95.looks()) {
            assertThat(look.passAtMost()).isGreaterThanOrEqualTo(last);
            assertThat(look.passAtMost()).isLessThan(look.refuteAtLeast());
            last = look.passAtMost();
        }
        assertThat(p95.looks().get(p95.looks().size() - 1).samples()).isEqualTo(576);
    }

    @Test
    void bounds_agree_with_the_decision_at_every_look_and_count() {
        for (Look look : p95.looks()) {
            for (int exceedances = 0; exceedances <= look.samples(); exceedances++) {
                // Ranks above samples - exceedances exceed the limit.
                int within = look.samples() - exceedances;
                boolean upperWithin = p95.upperRank(look.samples()).isPresent()
                        && p95.upperRank(look.samples()).getAsInt() <= within;
                boolean lowerAbove = p95.lowerRank(look.samples()).isPresent()
                        && p95.lowerRank(look.samples()).getAsInt() > within;
                Decision decision = p95.decide(look.samples(), exceedances);
                assertThat(decision == WITHIN).isEqualTo(upperWithin);
                assertThat(decision == ABOVE).isEqualTo(lowerAbove);
            }
        }
    }

    @Test
    void errors_stay_within_their_budget_when_the_quantile_sits_at_the_limit() {
        double exactly = errorRate(0.05, WITHIN);
        assertThat(exactly).isBetween(0.02, 0.055);
        assertThat(errorRate(0.05, ABOVE)).isBetween(0.01, 0.055);
    }

    @Test
    void a_quantile_well_within_the_limit_passes_and_one_well_above_is_refuted() {
        assertThat(errorRate(0.001, WITHIN)).isGreaterThan(0.99);
        assertThat(errorRate(0.5, ABOVE)).isGreaterThan(0.999);
    }

    /** Share of 20,000 simulated runs that end in the decision when each sample exceeds with the given probability. */
    private double errorRate(double exceedance, Decision wanted) {
        SplittableRandom random = new SplittableRandom(7);
        int runs = 20_000;
        int count = 0;
        for (int run = 0; run < runs; run++) {
            int exceedances = 0;
            Decision decision = UNDECIDED;
            for (int n = 1; n <= p95.maximumSamples() && decision == UNDECIDED; n++) {
                exceedances += random.nextDouble() < exceedance ? 1 : 0;
                decision = p95.decide(n, exceedances);
            }
            count += decision == wanted ? 1 : 0;
        }
        return (double) count / runs;
    }
}
