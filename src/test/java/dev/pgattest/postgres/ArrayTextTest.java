package dev.pgattest.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.testing.TestCluster;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ArrayTextTest {

    @Test
    void the_server_reads_every_value_as_it_was() {
        List<@Nullable String> values = new ArrayList<>(
                Arrays.asList("plain", "", "NULL", null, "a,b", "{x}", "back\\slash", "\"quoted\"", " blank ", "🦣\n"));

        try (Session session = TestCluster.server().open()) {
            assertThat(session.query("select unnest(?::text[])", row -> row.getString(1), ArrayText.of(values)))
                    .isEqualTo(values);
            assertThat(session.text("select cardinality(?::text[])", ArrayText.of(List.of())))
                    .isEqualTo("0");
        }
    }
}
