package dev.pgattest.growth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.Problem;
import dev.pgattest.Result;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class GrowthFactorsTest {

    /** A text with the messages it must give. */
    record Wrong(String text, List<String> messages) {

        Wrong(String text, String... messages) {
            this(text, List.of(messages));
        }
    }

    static final List<Wrong> WRONG = List.of(
            new Wrong("4", "--growth has one size, and one size shows no growth"),
            new Wrong("", "--growth has one size, and one size shows no growth", "--growth: '' is not a number"),
            new Wrong("1,,2", "--growth: '' is not a number"),
            new Wrong("1,x", "--growth: 'x' is not a number"),
            new Wrong("1,1e3", "--growth: '1e3' is not a number"),
            new Wrong("1,2x", "--growth: '2x' is not a number"),
            new Wrong("1,NaN", "--growth: 'NaN' is not a number"),
            new Wrong("0,1", "--growth: the factor 0 is not more than 0"),
            new Wrong(
                    "-1,0.0",
                    "--growth: the factor -1 is not more than 0",
                    "--growth: the factor 0.0 is not more than 0"),
            new Wrong("1,2,2.0", "--growth names the factor 2 twice"),
            new Wrong("1,4,2", "--growth: the factor 2 comes after 4"),
            new Wrong("1,1.000001", "--growth: '1.000001' has more than 6 digits"),
            new Wrong("1,2,3,4,5,6,7,8,9,10,11,12,13", "--growth has 13 sizes"));

    @ParameterizedTest
    @FieldSource("WRONG")
    void every_mistake_is_listed_with_a_remedy(Wrong wrong) {
        Result<GrowthFactors> result = GrowthFactors.parse(wrong.text());

        assertThat(result.problems())
                .extracting(Problem::message)
                .containsExactlyInAnyOrderElementsOf(wrong.messages());
        assertThat(result.problems()).extracting(Problem::remedy).doesNotContain("");
    }

    @Test
    void factors_are_read_with_spaces_and_without_superfluous_zeros() {
        assertThat(GrowthFactors.parse(" 0.50, 1 ,10").orThrow().factors().stream()
                        .map(GrowthFactors::text))
                .containsExactly("0.5x", "1x", "10x");
        assertThat(GrowthFactors.text(new BigDecimal("1E+2"))).isEqualTo("100x");
    }
}
