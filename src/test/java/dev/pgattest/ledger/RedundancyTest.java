package dev.pgattest.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.schema.CatalogIndex;
import dev.pgattest.schema.CatalogIndex.Standing;
import dev.pgattest.schema.IndexDefinition;
import dev.pgattest.schema.IndexDefinition.Backing;
import dev.pgattest.sql.Grammar;
import dev.pgattest.sql.ParseNode;
import dev.pgattest.sql.QualifiedName;
import dev.pgattest.sql.SyntaxTree;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RedundancyTest {

    private static final Standing GOOD = new Standing(true, true, true, false, false);
    private static final Standing INVALID = new Standing(false, true, true, false, false);
    private static final Standing IDENTITY = new Standing(true, true, true, true, false);

    @Test
    void a_prefix_is_redundant_and_the_longer_one_is_not() {
        CatalogIndex prefix = index("a", "t (x)", GOOD);
        CatalogIndex longer = index("b", "t (x, y)", GOOD);

        assertThat(of(prefix, prefix, longer))
                .contains(new Redundancy("b", "its keys are the first keys of the other"));
        assertThat(of(longer, prefix, longer)).isEmpty();
    }

    @Test
    void of_equal_ones_the_first_by_name_is_kept() {
        CatalogIndex first = index("a", "t (x)", GOOD);
        CatalogIndex second = index("b", "t (x)", GOOD);
        CatalogIndex third = index("c", "t (x)", GOOD);

        assertThat(of(first, first, second, third)).isEmpty();
        assertThat(of(second, first, second, third)).map(Redundancy::other).contains("a");
        assertThat(of(third, first, second, third)).map(Redundancy::other).contains("a");
    }

    @Test
    void the_one_that_a_constraint_owns_is_kept_whatever_its_name() {
        CatalogIndex plain = unique("a", GOOD, Backing.NONE);
        CatalogIndex owned = unique("b", GOOD, Backing.UNIQUE);

        assertThat(of(plain, plain, owned)).map(Redundancy::other).contains("b");
        assertThat(of(owned, plain, owned)).isEmpty();
    }

    @Test
    void the_one_that_replication_tells_rows_apart_by_is_kept() {
        CatalogIndex plain = unique("a", GOOD, Backing.NONE);
        CatalogIndex identity = unique("b", IDENTITY, Backing.NONE);

        assertThat(of(plain, plain, identity)).map(Redundancy::other).contains("b");
        assertThat(of(identity, plain, identity)).isEmpty();
    }

    @Test
    void an_invalid_one_and_one_of_another_table_make_nothing_redundant() {
        CatalogIndex prefix = index("a", "t (x)", GOOD);

        assertThat(of(prefix, prefix, index("b", "t (x, y)", INVALID))).isEmpty();
        assertThat(of(prefix, prefix, index("b", "u (x, y)", GOOD))).isEmpty();
    }

    private static Optional<Redundancy> of(CatalogIndex index, CatalogIndex... all) {
        return Redundancy.of(index, List.of(all));
    }

    private static CatalogIndex index(String name, String on, Standing standing) {
        return catalogued(name, on.substring(0, 1), definition("create index i on " + on), standing);
    }

    private static CatalogIndex unique(String name, Standing standing, Backing backing) {
        IndexDefinition definition = definition("create unique index i on t (x)");
        return catalogued(
                name, "t", backing == Backing.NONE ? definition : definition.ownedBy(backing, false), standing);
    }

    private static CatalogIndex catalogued(String name, String table, IndexDefinition definition, Standing standing) {
        return new CatalogIndex(
                new QualifiedName("public", name),
                new QualifiedName("public", table),
                "",
                definition,
                standing,
                null,
                null,
                false,
                0);
    }

    private static IndexDefinition definition(String sql) {
        SyntaxTree tree = (SyntaxTree) Grammar.parse(sql);
        return IndexDefinition.of(ParseNode.of(tree.statements().get(0))).orElseThrow();
    }
}
