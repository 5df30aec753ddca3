package dev.pgattest.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.health.BtreeShape.Column;
import java.util.List;
import org.junit.jupiter.api.Test;

class BtreeShapeTest {

    private static final Column BIGINT = new Column(8, 8, 8, 0, -1);

    private static BtreeShape shape(long pages, double rows, double rowsChanged, Column... columns) {
        return new BtreeShape(pages, 8192, rows, rowsChanged, 90, true, List.of(columns));
    }

    /** 100,000 rows of 20 bytes, 366 to a page of 7,333 bytes, are 274 leaves; CREATE INDEX makes a file of 276 pages of them. */
    @Test
    void an_index_on_bigint_is_known_to_the_page() {
        Bloat fresh = shape(276, 100_000, 0, BIGINT).bloat().orElseThrow();

        assertThat(fresh.low()).isLessThan(0.01);
        assertThat(fresh.high()).isLessThan(0.02);
        assertThat(shape(552, 100_000, 0, BIGINT).bloat().orElseThrow().low()).isBetween(0.49, 0.51);
    }

    @Test
    void rows_that_changed_since_the_last_analyze_widen_the_interval() {
        Bloat bloat = shape(552, 100_000, 50_000, BIGINT).bloat().orElseThrow();

        assertThat(bloat.low()).isBetween(0.24, 0.26);
        assertThat(bloat.high()).isBetween(0.74, 0.76);
    }

    @Test
    void equal_keys_are_merged_into_lists_where_the_index_may_do_that() {
        Column state = new Column(8, 8, 8, 0, 3);
        BtreeShape merged = shape(276, 100_000, 0, state);
        BtreeShape apart = new BtreeShape(276, 8192, 100_000, 0, 90, false, List.of(state));

        assertThat(merged.bloat().orElseThrow().low()).isBetween(0.6, 0.72);
        assertThat(apart.bloat().orElseThrow().low()).isLessThan(0.01);
    }

    @Test
    void what_statistics_cannot_tell_is_not_guessed() {
        assertThat(shape(276, 100_000, 0).bloat()).as("hidden columns").isEmpty();
        assertThat(shape(276, -1, 0, BIGINT).bloat()).as("never analyzed").isEmpty();
        assertThat(shape(276, 100_000, 0, new Column(-1, 4, 300, 0, -1)).bloat())
                .as("may be compressed")
                .isEmpty();
    }

    @Test
    void an_index_without_rows_is_all_air() {
        assertThat(shape(1000, 0, 0, BIGINT).bloat().orElseThrow().low()).isGreaterThan(0.99);
    }
}
