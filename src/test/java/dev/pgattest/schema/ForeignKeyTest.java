package dev.pgattest.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgattest.schema.CatalogIndex.Standing;
import dev.pgattest.sql.QualifiedName;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForeignKeyTest {

    private static final QualifiedName TABLE = new QualifiedName("public", "t");

    private static ForeignKey key(String... columns) {
        return new ForeignKey("k", TABLE, List.of(columns), new QualifiedName("public", "other"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "(a) | true",
                "(a, c) | true",
                "(c, a) | false",
                "(lower(a)) | false",
                "using hash (a) | true",
                "using gin (a) | false",
                "(a) where a is not null | true",
                "(a) where c is not null | false",
                "(a) where a is null | false",
                "(a) where a = 1 | false",
                "add primary key (a) | true"
            })
    void one_column_is_served_by_an_index_that_begins_with_it(String index, boolean served) {
        assertThat(key("a").isServedBy(IndexComparisonTest.index(index))).isEqualTo(served);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "(a, b) | true",
                "(b desc, a, c) | true",
                "(a) | false",
                "(a, c, b) | false",
                "(a, a) | false",
                "using hash (a) | false",
                "(a, b) where a is not null and b is not null | true"
            })
    void several_columns_are_served_in_any_order(String index, boolean served) {
        assertThat(key("a", "b").isServedBy(IndexComparisonTest.index(index))).isEqualTo(served);
    }

    @Test
    void the_index_must_be_valid_and_of_the_table() {
        assertThat(key("a").isServedBy(index("t", true))).isTrue();
        assertThat(key("a").isServedBy(index("t", false))).isFalse();
        assertThat(key("a").isServedBy(index("u", true))).isFalse();
    }

    private static CatalogIndex index(String table, boolean valid) {
        return new CatalogIndex(
                new QualifiedName("public", "i"),
                new QualifiedName("public", table),
                "",
                IndexComparisonTest.index("(a)"),
                new Standing(valid, true, true, false, false),
                "owner",
                TABLE,
                false,
                0);
    }

    @Test
    void a_foreign_key_has_a_column() {
        assertThatThrownBy(ForeignKeyTest::key).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void an_index_of_the_catalog_can_be_said_in_other_words() {
        IndexDefinition words = IndexComparisonTest.index("(b)");
        CatalogIndex index = index("t", true).definedAs(words);

        assertThat(index.definition()).isEqualTo(words);
        assertThat(index.owningConstraint()).contains("owner");
        assertThat(index.partOf()).contains(TABLE);
    }
}
