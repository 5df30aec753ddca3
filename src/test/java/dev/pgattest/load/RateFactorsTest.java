package dev.pgattest.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateFactorsTest {

    @Test
    void a_list_is_tried_until_one_does_not_hold() {
        RateFactors factors = RateFactors.parse("0.5, 1,2").orThrow();

        assertThat(tried(factors, 9)).containsExactly(0.5, 1.0, 2.0);
        assertThat(tried(factors, 0.7)).containsExactly(0.5, 1.0);
        assertThat(factors.first()).isEqualTo(0.5);
    }

    @Test
    void a_search_doubles_and_then_comes_within_a_fifth_of_what_breaks() {
        RateFactors search = RateFactors.parse("search").orThrow();

        assertThat(tried(search, 3)).containsExactly(1.0, 2.0, 4.0, 2.8, 3.3);
        assertThat(tried(search, 1)).containsExactly(1.0, 2.0, 1.4, 1.2);
        assertThat(search.first()).isEqualTo(1);
    }

    @Test
    void a_search_ends_where_the_declared_rates_break_already() {
        assertThat(tried(RateFactors.SEARCH, 0.9)).containsExactly(1.0);
    }

    @Test
    void a_search_ends_at_the_largest_factor() {
        assertThat(tried(RateFactors.SEARCH, 1e9)).startsWith(1.0, 2.0).endsWith(512.0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "NaN", "1,1", "2,1", "1,,2", "1001", "x", "Search", "search,2", "1e9"})
    void anything_else_is_refused(String text) {
        assertThat(RateFactors.parse(text).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).isEqualTo("--rate-factor is '" + text + "'"));
    }

    /** What is tried when every factor up to this one holds. */
    private static List<Double> tried(RateFactors factors, double holds) {
        List<Double> order = new ArrayList<>();
        SortedMap<Double, Boolean> tried = new TreeMap<>();
        for (OptionalDouble next = factors.next(tried); next.isPresent(); next = factors.next(tried)) {
            order.add(next.getAsDouble());
            tried.put(next.getAsDouble(), next.getAsDouble() <= holds);
        }
        return order;
    }
}
