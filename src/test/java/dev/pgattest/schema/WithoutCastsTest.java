package dev.pgattest.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What differs in casts alone, and what differs in more. */
class WithoutCastsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "(a) where b in ('y', 'x') ; (a) where (b)::text = any ((array['x'::varchar, 'y'::varchar])::text[]) ; true",
                "(lower(a)) ; (lower((a)::text)) ; true",
                "((a || 'x')) ; (((a)::text || 'x'::text)) ; true",
                "(a) where b = 'x' ; (a) where b = 'y'::text ; false",
                "(a) where b = 'x' ; (a) where c = 'x'::text ; false",
                "(a desc) ; (a) ; false",
                "(a) include (b) ; (a) ; false",
                "unique (a) ; (a) ; false",
                "(a) with (fillfactor = 70) ; (a) ; false",
                "using hash (a) ; (a) ; false",
                "(a text_pattern_ops) ; (a) ; false",
                "add primary key (a) ; unique (a) ; false",
                "add exclude using gist (a with &&) ; add exclude using gist (a with =) ; false"
            })
    void two_definitions_without_casts(String one, String other, boolean same) {
        IndexDefinition first = IndexComparisonTest.index(one).withoutCasts();
        IndexDefinition second = IndexComparisonTest.index(other).withoutCasts();

        assertThat(first.equals(second)).isEqualTo(same);
    }

    @Test
    void what_has_no_cast_stays() {
        IndexDefinition definition = IndexComparisonTest.index("unique (a desc, lower(b)) include (c) where d > 1");

        assertThat(definition.withoutCasts()).isEqualTo(definition);
        assertThat(definition.mentions("d")).isTrue();
        assertThat(definition.mentions("e")).isFalse();
    }
}
