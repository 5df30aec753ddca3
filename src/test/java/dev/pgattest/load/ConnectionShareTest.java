package dev.pgattest.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectionShareTest {

    @Test
    void whoever_wants_little_gets_it_and_the_others_get_the_same() {
        assertThat(ConnectionShare.largest(List.of(5, 50, 50, 1), 46)).isEqualTo(20);
        assertThat(ConnectionShare.largest(List.of(5, 50, 50, 1), 47)).isEqualTo(20);
        assertThat(ConnectionShare.largest(List.of(5, 50, 50, 1), 48)).isEqualTo(21);
    }

    @Test
    void nobody_is_cut_down_where_there_is_enough() {
        assertThat(ConnectionShare.largest(List.of(5, 50), 55)).isGreaterThanOrEqualTo(50);
        assertThat(ConnectionShare.largest(List.of(), 50)).isPositive();
    }

    @Test
    void everybody_has_one_connection_even_where_there_are_too_few() {
        assertThat(ConnectionShare.largest(List.of(5, 5, 5), 2)).isEqualTo(1);
    }
}
