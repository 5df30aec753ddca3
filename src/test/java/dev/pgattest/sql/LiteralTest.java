package dev.pgattest.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LiteralTest {

    record Quoted(String text, String sql) {}

    static List<Quoted> texts() {
        return List.of(
                new Quoted("", "''"),
                new Quoted("a", "'a'"),
                new Quoted("it's", "'it''s'"),
                new Quoted("a\\b", "E'a\\\\b'"),
                new Quoted("\\' or 1=1 --", "E'\\\\'' or 1=1 --'"),
                new Quoted("é😀\n$$;", "'é😀\n$$;'"));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void a_text_is_quoted_and_means_itself(Quoted quoted) {
        assertThat(Literal.quote(quoted.text())).isEqualTo(quoted.sql());
        assertThat(Grammar.parse("select " + quoted.sql()))
                .isInstanceOfSatisfying(
                        SyntaxTree.class,
                        tree -> assertThat(tree.statements()
                                        .get(0)
                                        .at("/SelectStmt/targetList/0/ResTarget/val/A_Const/sval/sval")
                                        .asString())
                                .isEqualTo(quoted.text()));
    }

    @Test
    void a_text_that_no_string_can_hold_is_refused() {
        assertThatThrownBy(() -> Literal.quote("a\0")).hasMessageContaining("index 1");
    }
}
