package dev.pgattest.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.deploy.PreflightItem;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Fact 18 of docs/deployment.md: the versions that build corrupt indexes are not at hand, their numbers are. */
class PreflightVersionTest {

    @Test
    void only_14_0_to_14_3_are_refused() {
        List<Integer> refused = IntStream.of(
                        130_000, 130_023, 140_000, 140_001, 140_002, 140_003, 140_004, 140_023, 150_000, 160_000,
                        170_000, 180_006)
                .filter(number -> Preflight.version(number, "x").blocks())
                .boxed()
                .toList();
        assertThat(refused).containsExactly(140_000, 140_001, 140_002, 140_003);
        PreflightItem item = Preflight.version(140_003, "14.3");
        assertThat(item.value()).isEqualTo("PostgreSQL 14.3 builds corrupt indexes concurrently");
        assertThat(item.remedy()).isEqualTo("update to 14.4 or later");
    }
}
