package dev.pgattest.schema;

import static dev.pgattest.schema.IndexComparisonTest.index;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.schema.IndexDefinition.Backing;
import dev.pgattest.schema.IndexDefinition.Uniqueness;
import dev.pgattest.sql.Grammar;
import dev.pgattest.sql.ParseNode;
import dev.pgattest.sql.SyntaxTree;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IndexDefinitionTest {

    @Test
    void a_statement_gives_all_parts() {
        IndexDefinition index = index("unique (a desc, lower(b) collate \"C\" text_pattern_ops) include (d, c)"
                + " nulls not distinct with (fillfactor = 70) where e and f > 0");

        assertThat(index.method()).isEqualTo("btree");
        assertThat(index.keys().get(0)).isEqualTo(new IndexKey(Expression.column("a"), "", "", true, true));
        assertThat(index.keys().get(1).column()).isEmpty();
        assertThat(index.keys().get(1).collation()).isEqualTo("C");
        assertThat(index.keys().get(1).operatorClass()).isEqualTo("text_pattern_ops");
        assertThat(index.included()).containsExactly("c", "d");
        assertThat(index.rows().conditions()).hasSize(2);
        assertThat(index.uniqueness()).isEqualTo(Uniqueness.NULLS_NOT_DISTINCT);
        assertThat(index.storage()).isEqualTo(Map.of("fillfactor", "70"));
        assertThat(index.backing()).isEqualTo(Backing.NONE);
    }

    @Test
    void a_constraint_gives_the_index_that_it_makes() {
        IndexDefinition index = index("add constraint k unique nulls not distinct (a, b) include (c)");

        assertThat(index.keys()).containsExactly(IndexKey.ascending("a"), IndexKey.ascending("b"));
        assertThat(index.included()).containsExactly("c");
        assertThat(index.uniqueness()).isEqualTo(Uniqueness.NULLS_NOT_DISTINCT);
        assertThat(index.backing()).isEqualTo(Backing.UNIQUE);
        assertThat(index("add primary key (a)").backing()).isEqualTo(Backing.PRIMARY_KEY);
    }

    @Test
    void an_exclusion_is_an_index_of_its_method_that_is_not_unique() {
        IndexDefinition index = index("add exclude using gist (a with =, b with &&) where (c)");

        assertThat(index.method()).isEqualTo("gist");
        assertThat(index.keys()).hasSize(2);
        assertThat(index.isUnique()).isFalse();
        assertThat(index.isPartial()).isTrue();
        assertThat(index("add primary key (a, b without overlaps)").backing()).isEqualTo(Backing.EXCLUSION);
    }

    @Test
    void constraints_without_an_index_or_without_columns_give_none() {
        assertThat(IndexDefinition.of(constraint("check (a > 0)"))).isEmpty();
        assertThat(IndexDefinition.of(constraint("constraint c unique using index i")))
                .isEmpty();
    }

    @Test
    void it_knows_which_columns_it_mentions() {
        IndexDefinition index = index("(a, lower(b)) include (c) where d > 0");

        assertThat(index.mentions("a")).isTrue();
        assertThat(index.mentions("b")).isTrue();
        assertThat(index.mentions("c")).isTrue();
        assertThat(index.mentions("d")).isTrue();
        assertThat(index.mentions("lower")).isFalse();
    }

    @Test
    void uniqueness_of_fewer_columns_enforces_that_of_more() {
        assertThat(index("unique (a)").enforces(index("unique (a, b)"))).isTrue();
        assertThat(index("unique (a, b)").enforces(index("unique (a)"))).isFalse();
        assertThat(index("(a)").enforces(index("unique (a, b)"))).isFalse();
        assertThat(index("unique (a) where c").enforces(index("unique (a, b)"))).isFalse();
        assertThat(index("unique (a)").enforces(index("unique (a, b) where c"))).isTrue();
        assertThat(index("unique (a)").enforces(index("unique (a, b) nulls not distinct")))
                .isFalse();
        assertThat(index("unique (a collate \"C\")").enforces(index("unique (a, b)")))
                .isFalse();
        assertThat(index("unique (a desc)").enforces(index("unique (b, a)"))).isTrue();
    }

    private static ParseNode constraint(String text) {
        SyntaxTree tree = (SyntaxTree) Grammar.parse("alter table t add " + text);
        return ParseNode.of(tree.statements().get(0)).list("cmds").get(0).child("def");
    }
}
