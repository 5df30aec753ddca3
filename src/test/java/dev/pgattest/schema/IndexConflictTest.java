package dev.pgattest.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class IndexConflictTest {

    /** The narrower index and the wider one; the reason is empty where they go together. */
    private record Pair(String narrow, String wide, String reason) {}

    @SuppressWarnings("unused")
    private static final List<Pair> PAIRS = List.of(
            new Pair("unique (key)", "unique (tenant, key)", "it refuses rows that differ only in tenant"),
            new Pair("unique (a)", "unique (b desc, a desc, c)", "it refuses rows that differ only in b, c"),
            new Pair("unique (a)", "unique (a, lower(b))", "it refuses rows that differ only in an expression"),
            new Pair("unique (a)", "unique (a, b) where c", "it refuses rows that differ only in b"),
            new Pair("add primary key (a)", "unique (a, b)", "it refuses rows that differ only in b"),
            new Pair("unique (a) nulls not distinct", "unique (a)", "it refuses a second row with NULL"),
            new Pair("unique (a) where c", "unique (a, b)", ""),
            new Pair("unique (tenant, key)", "unique (key)", ""),
            new Pair("unique (a)", "(a, b)", ""),
            new Pair("(a)", "unique (a, b)", ""),
            new Pair("unique (a)", "unique (a)", ""),
            new Pair("unique (a)", "unique (a) nulls not distinct", ""),
            new Pair("unique (a) nulls not distinct", "unique (a) nulls not distinct", ""),
            new Pair("unique (a text_pattern_ops)", "unique (a, b)", ""),
            new Pair("unique (a collate \"C\")", "unique (a, b)", ""));

    @ParameterizedTest
    @FieldSource("PAIRS")
    void one_unique_index_beside_another(Pair pair) {
        assertThat(IndexConflict.of(IndexComparisonTest.index(pair.narrow()), IndexComparisonTest.index(pair.wide()))
                        .map(IndexConflict::reason)
                        .orElse(""))
                .isEqualTo(pair.reason());
    }
}
