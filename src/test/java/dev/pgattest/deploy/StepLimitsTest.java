package dev.pgattest.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StepLimitsTest {

    @Test
    void waits_for_a_lock_grow_with_the_attempts_to_the_whole_time() {
        assertThat(waits(500, 30)).startsWith(62L, 125L, 250L, 500L, 500L).endsWith(500L);
    }

    @Test
    void the_last_attempt_has_the_whole_time() {
        assertThat(waits(500, 1)).containsExactly(500L);
        assertThat(waits(500, 2)).containsExactly(250L, 500L);
        assertThat(waits(500, 3)).containsExactly(125L, 250L, 500L);
    }

    @Test
    void no_wait_becomes_zero_which_would_be_without_end() {
        assertThat(waits(3, 5)).containsExactly(1L, 1L, 1L, 3L, 3L);
        assertThat(waits(1, 5)).containsOnly(1L);
    }

    private static List<Long> waits(long milliseconds, int attempts) {
        Step.Limits limits = new Step.Limits(Duration.ofMillis(milliseconds), Duration.ZERO, attempts, 0);
        return IntStream.rangeClosed(1, attempts)
                .mapToObj(attempt -> limits.ofAttempt(attempt).lockTimeout().toMillis())
                .toList();
    }
}
