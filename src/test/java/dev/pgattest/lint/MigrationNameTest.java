package dev.pgattest.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class MigrationNameTest {

    static final List<List<String>> ORDERS = List.of(
            List.of("V1__a.sql", "V2__b.sql", "V2.1__c.sql", "V10__d.sql", "R__views.sql"),
            List.of("0001_a.up.sql", "0001_a.down.sql", "0002_b.up.sql"),
            List.of("20240131120000_a.sql", "20240201000000_b.sql"),
            List.of("schema.sql", "1_a.sql", "2_b.sql", "10_c.sql"),
            List.of("a/V2__x.sql", "b/V1__x.sql"),
            List.of("V1__a.sql", "U1__a.sql", "V2__b.sql"));

    @ParameterizedTest
    @FieldSource("ORDERS")
    void files_run_in_the_order_of_their_versions(List<String> expected) {
        List<String> shuffled = new ArrayList<>(expected);
        Collections.reverse(shuffled);
        shuffled.sort(MigrationName.ORDER);
        assertThat(shuffled).isEqualTo(expected);
    }

    @Test
    void an_undo_is_known_by_its_name_and_belongs_to_one_change() {
        assertThat(undoes("U2__x.sql", "V2__y.sql")).isTrue();
        assertThat(undoes("U2__x.sql", "V3__y.sql")).isFalse();
        assertThat(undoes("0001_a.down.sql", "0001_a.up.sql")).isTrue();
        assertThat(undoes("states/p/undo.sql", "states/p/apply.sql")).isTrue();
        assertThat(undoes("states/p/undo.sql", "states/q/apply.sql")).isFalse();
        assertThat(undoes("add-index.rollback.sql", "add-index.sql")).isTrue();
        assertThat(MigrationName.of("V1__breakdown.sql").undo()).isFalse();
        assertThat(MigrationName.of("shutdown.sql").undo()).isFalse();
    }

    private static boolean undoes(String undo, String change) {
        return MigrationName.of(undo).undoes(MigrationName.of(change));
    }
}
