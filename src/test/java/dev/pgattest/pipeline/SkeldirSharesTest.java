package dev.pgattest.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pgattest.dataset.Dataset;
import dev.pgattest.dataset.TableData;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The shares that Skeldir's dataset declares, counted in the rows of its default scale. */
class SkeldirSharesTest {

    private static final Offset<Double> HALF_A_POINT = within(0.005);

    private final Dataset dataset = LoadedProject.read(Path.of("systems/skeldir"))
            .dataset(new ProveRequest.Size(new BigDecimal("0.02"), null, 1));

    @Test
    void the_default_scale_has_two_million_events_five_allocations_each_and_two_percent_of_them_in_the_ledger() {
        assertThat(table("tenants").rows()).isEqualTo(100);
        assertThat(table("attribution_events").rows()).isEqualTo(2_000_000);
        assertThat(table("attribution_allocations").rows()).isEqualTo(10_000_000);
        assertThat(table("revenue_ledger").rows()).isEqualTo(200_000);
    }

    @Test
    void the_top_ten_of_a_hundred_tenants_have_sixty_percent_of_the_events() {
        List<Long> counts = largestFirst(counts(table("attribution_events"), "tenant_id", 36, 1));
        double topTen = counts.stream().limit(10).mapToLong(Long::longValue).sum();
        assertThat(topTen / 2_000_000).isCloseTo(0.60, HALF_A_POINT);
        assertThat(counts).hasSize(100);
        assertThat(counts.get(0)).isGreaterThan(counts.get(9) * 5);
    }

    @Test
    void eighty_percent_of_the_events_fall_on_a_fifth_of_the_ninety_days() {
        List<Long> days = largestFirst(counts(table("attribution_events"), "event_timestamp", 10, 1));
        assertThat(days).hasSize(90);
        double spikes = days.stream().limit(18).mapToLong(Long::longValue).sum();
        assertThat(spikes / 2_000_000).isCloseTo(0.80, HALF_A_POINT);
    }

    @Test
    void the_top_three_channels_have_eighty_percent_of_the_allocations() {
        // Every tenth row: which channel a row has does not depend on its neighbours.
        List<Long> channels = largestFirst(counts(table("attribution_allocations"), "channel_code", 63, 10));
        double topThree = channels.stream().limit(3).mapToLong(Long::longValue).sum();
        assertThat(topThree / 1_000_000).isCloseTo(0.80, HALF_A_POINT);
    }

    /** How often each value of a column occurs, cut to a length, in every {@code stride}-th row. */
    private static Map<String, Long> counts(TableData table, String column, int length, int stride) {
        Map<String, Long> counts = new HashMap<>();
        for (long row = 0; row < table.rows(); row += stride) {
            String text = table.text(row, column).orElseThrow();
            counts.merge(text.substring(0, Math.min(length, text.length())), 1L, Long::sum);
        }
        return counts;
    }

    private static List<Long> largestFirst(Map<String, Long> counts) {
        return counts.values().stream().sorted(Comparator.reverseOrder()).toList();
    }

    private TableData table(String name) {
        return dataset.table(name).orElseThrow();
    }
}
