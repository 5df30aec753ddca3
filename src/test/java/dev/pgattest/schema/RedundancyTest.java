package dev.pgattest.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.schema.CatalogIndex.Standing;
import dev.pgattest.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedundancyTest {

    private static final Standing GOOD = new Standing(true, true, true, false, false);

    private final List<CatalogIndex> indexes = new ArrayList<>();

    private RedundancyTest has(String name, String definition) {
        return has(name, definition, GOOD, "t");
    }

    private RedundancyTest has(String name, String definition, Standing standing, String table) {
        indexes.add(new CatalogIndex(
                new QualifiedName("public", name),
                new QualifiedName("public", table),
                definition,
                IndexComparisonTest.index(definition),
                standing,
                definition.startsWith("add") ? name : null,
                null,
                false,
                0));
        return this;
    }

    private List<String> redundant() {
        return Redundancy.among(indexes).stream()
                .map(each ->
                        each.index().name().name() + "<" + each.other().name().name())
                .toList();
    }

    @Test
    void of_two_that_are_the_same_the_first_by_name_stays() {
        assertThat(has("b", "(x)").has("a", "(x)").has("c", "(x desc)").redundant())
                .containsExactly("b<a", "c<a");
    }

    @Test
    void what_a_constraint_owns_stays() {
        assertThat(has("a", "unique (x)").has("z", "add unique (x)").redundant())
                .containsExactly("a<z");
    }

    @Test
    void what_replication_or_clustering_goes_by_stays() {
        assertThat(has("a", "(x)", GOOD, "t")
                        .has("b", "(x)", new Standing(true, true, true, true, false), "t")
                        .redundant())
                .containsExactly("a<b");
        indexes.clear();
        assertThat(has("a", "(x)", GOOD, "t")
                        .has("b", "(x)", new Standing(true, true, true, false, true), "t")
                        .redundant())
                .containsExactly("a<b");
        indexes.clear();
        assertThat(has("a", "(x)", new Standing(true, true, true, true, false), "t")
                        .has("b", "(x, y)", GOOD, "t")
                        .redundant())
                .isEmpty();
    }

    @Test
    void an_index_that_cannot_be_relied_on_makes_nothing_redundant_and_is_not_redundant() {
        for (Standing bad : List.of(
                new Standing(false, true, true, false, false),
                new Standing(true, false, true, false, false),
                new Standing(true, true, false, false, false))) {
            indexes.clear();
            assertThat(has("a", "(x)").has("b", "(x, y)", bad, "t").redundant()).isEmpty();
            indexes.clear();
            assertThat(has("a", "(x)", bad, "t").has("b", "(x, y)").redundant()).isEmpty();
        }
    }

    @Test
    void another_table_is_another_matter() {
        assertThat(has("a", "(x)").has("b", "(x)", GOOD, "u").redundant()).isEmpty();
    }

    @Test
    void each_is_named_once_beside_the_closest() {
        assertThat(has("a", "(x)")
                        .has("b", "(x, y, z)")
                        .has("c", "(x, y)")
                        .has("d", "(x)")
                        .redundant())
                .containsExactly("a<b", "c<b", "d<a");
    }
}
