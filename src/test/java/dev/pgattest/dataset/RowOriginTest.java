package dev.pgattest.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RowOriginTest {

    @Test
    void each_child_finds_the_parent_that_counts_it() {
        for (List<Integer> counts : List.of(List.of(2, 4, 6, 8), List.of(0, 3), List.of(1), List.of(5, 0, 0, 1, 7))) {
            for (long parents = 1; parents < 60; parents++) {
                RowOrigin.Each each = new RowOrigin.Each(99, parents, counts);
                long row = 0;
                RowCursor cursor = cursor(each);
                for (long parent = 0; parent < parents; parent++) {
                    assertThat(each.firstChild(parent)).isEqualTo(row);
                    long children = each.firstChild(parent + 1) - row;
                    for (int child = 0; child < children; child++) {
                        cursor.moveTo(row++);
                        assertThat(cursor.parentRow()).isEqualTo(parent);
                        assertThat(cursor.childIndex()).isEqualTo(child);
                        assertThat(cursor.siblings()).isEqualTo(children);
                    }
                }
                assertThat(each.rows()).isEqualTo(row);
            }
        }
    }

    @Test
    void every_block_of_parents_uses_each_count_once_in_a_changing_order() {
        RowOrigin.Each each = new RowOrigin.Each(7, 4000, List.of(2, 4, 6, 8));
        assertThat(each.rows()).isEqualTo(20_000);
        long firstIsTwo = 0;
        for (long block = 0; block < 1000; block++) {
            assertThat(each.firstChild(4 * block)).isEqualTo(20 * block);
            firstIsTwo += each.firstChild(4 * block + 1) - each.firstChild(4 * block) == 2 ? 1 : 0;
        }
        assertThat(firstIsTwo).isBetween(200L, 300L);
    }

    @Test
    void a_sample_has_one_parent_in_each_stride() {
        for (long parents = 1; parents < 200; parents++) {
            RowOrigin.Sampled sampled = RowOrigin.Sampled.of(3, parents, 50);
            assertThat(sampled.rows()).isEqualTo(Math.max(1, (parents + 25) / 50));
            RowCursor cursor = cursor(sampled);
            for (long row = 0; row < sampled.rows(); row++) {
                long parent = cursor.moveTo(row).parentRow();
                assertThat(parent / 50).isEqualTo(row);
                assertThat(parent).isLessThan(parents);
            }
        }
    }

    private static RowCursor cursor(RowOrigin origin) {
        TableSpec spec = new TableSpec("children", new RowRule.Own(), List.of());
        return new RowCursor(new TableLayout(spec, 1, origin, null), new TupleBuffer(16));
    }
}
