package dev.pgattest.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactionTest {

    private final Redaction redaction = new Redaction(List.of(new Secret("p@ss$1"), new Secret("ab")));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "jdbc:postgresql://u:p@ss$1@h/d | jdbc:postgresql://u:***@h/d",
                "password=p%40ss%241&x | password=***&x",
                "the ab in a cab | the *** in a cab",
                "alter role r PASSWORD 'it''s' valid | alter role r PASSWORD '***' valid",
                "nothing to hide | nothing to hide",
            })
    void secrets_are_hidden_wherever_they_stand(String text, String clean) {
        assertThat(redaction.clean(text)).isEqualTo(clean);
    }

    @Test
    void an_exception_that_tells_nothing_stays_itself_and_another_is_copied_without_its_causes() {
        SQLException harmless = new SQLException("no", "08001");
        SQLException telling = new SQLException("no", "08001", new IllegalStateException("was p@ss$1"));

        SQLException clean = redaction.clean(telling);
        assertThat(redaction.clean(harmless) == harmless).isTrue();
        assertThat((Throwable) clean).hasMessage("no").hasNoCause();
        assertThat(clean.getSQLState()).isEqualTo("08001");
    }
}
