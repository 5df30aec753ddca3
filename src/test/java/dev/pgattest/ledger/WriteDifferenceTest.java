package dev.pgattest.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class WriteDifferenceTest {

    private static final WriteDifference DIFFERENCE = new WriteDifference(
            "paid",
            List.of(new WriteFigures(100, 50, 5_000, 2, 900, 40, 10), new WriteFigures(100, 25, 9, 0, 9, 0, 0)),
            List.of(new WriteFigures(50, 12.5, 2_000, 1, 250, 10, 45), new WriteFigures(100, 50, 1, 0, 1, 0, 0)));

    @Test
    void figures_are_for_ten_thousand_rows_whatever_the_number_of_rows_of_either_side() {
        assertThat(DIFFERENCE.walBytes()).isEqualTo(100_000);
        assertThat(DIFFERENCE.walShare()).isEqualTo(0.25);
        assertThat(DIFFERENCE.buffersPerRow()).isEqualTo(4.0);
        assertThat(DIFFERENCE.hotLost()).isEqualTo(8_000);
        assertThat(DIFFERENCE.hotKept()).isEqualTo(1_000);
    }

    @Test
    void time_is_compared_round_by_round() {
        assertThat(DIFFERENCE.addedMs().ms()).containsExactly(-2_500.0, 2_500.0);
    }

    @Test
    void a_side_without_rounds_or_with_fewer_is_refused() {
        List<WriteFigures> one = List.of(new WriteFigures(1, 1, 1, 0, 1, 0, 0));

        assertThatIllegalArgumentException().isThrownBy(() -> new WriteDifference("", one, List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new WriteDifference("", List.of(), List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new WriteFigures(0, 1, 1, 0, 1, 0, 0));
    }

    @Test
    void six_latencies_enclose_the_median_and_five_do_not() {
        assertThat(new Latencies(List.of(6.0, 1.0, 2.0, 3.0, 4.0, 5.0)).isInterval())
                .isTrue();
        assertThat(new Latencies(List.of(6.0, 1.0, 2.0, 3.0, 4.0, 5.0)).median())
                .hasValue(3.5);
        assertThat(new Latencies(List.of(1.0, 2.0, 3.0, 4.0, 5.0)).isInterval()).isFalse();
        assertThat(new Latencies(List.of(9.0, 1.0, 5.0)).median()).hasValue(5.0);
        assertThat(Latencies.NONE.median()).isEmpty();
    }
}
