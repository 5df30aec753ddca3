package dev.pgattest.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ResultRowsTest {

    private final ResultRows rows = rows(List.of("1", "x"), List.of("2", "y"), List.of("2", "y"));

    @Test
    void order_counts_only_when_it_is_asked_for() {
        ResultRows turned = rows(List.of("2", "y"), List.of("1", "x"), List.of("2", "y"));

        assertThat(rows.differences(turned, Set.of(), false)).isEmpty();
        assertThat(rows.differences(turned, Set.of(), true))
                .containsExactly(
                        "row 1 is id='2', note='y' instead of id='1', note='x'",
                        "row 2 is id='1', note='x' instead of id='2', note='y'");
    }

    @Test
    void repeated_rows_are_counted() {
        ResultRows once = rows(List.of("1", "x"), List.of("2", "y"));

        assertThat(rows.differences(once, Set.of(), false))
                .containsExactly("2 rows instead of 3", "missing: id='2', note='y'");
        assertThat(once.differences(rows, Set.of(), false))
                .containsExactly("3 rows instead of 2", "too many: id='2', note='y'");
        assertThat(rows.differences(once, Set.of(), true)).containsExactly("2 rows instead of 3");
    }

    @Test
    void null_is_not_the_word_null() {
        assertThat(rows(Arrays.asList("1", null)).differences(rows(List.of("1", "NULL")), Set.of(), true))
                .containsExactly("row 1 is id='1', note='NULL' instead of id='1', note=NULL");
    }

    @Test
    void ignored_columns_may_differ_but_other_columns_must_be_the_same() {
        ResultRows other = rows(List.of("1", "z"), List.of("2", "z"), List.of("2", "z"));

        assertThat(rows.differences(other, Set.of("note"), true)).isEmpty();
        assertThat(rows.differences(new ResultRows(List.of("id"), List.of()), Set.of("note"), true))
                .containsExactly("columns are [id] instead of [id, note]");
    }

    @Test
    void only_the_first_few_differences_are_shown() {
        ResultRows many = new ResultRows(
                List.of("id", "note"),
                IntStream.range(10, 40)
                        .mapToObj(i -> List.<String>of(Integer.toString(i), "q"))
                        .collect(Collectors.toList()));

        assertThat(many.differences(rows(), Set.of(), false)).hasSize(5);
        assertThat(ResultRows.EMPTY.differences(ResultRows.EMPTY, Set.of(), true))
                .isEmpty();
    }

    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    private static ResultRows rows(List<String>... rows) {
        return new ResultRows(List.of("id", "note"), List.of(rows));
    }
}
