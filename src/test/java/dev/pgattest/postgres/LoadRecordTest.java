package dev.pgattest.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.testing.TestCluster;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoadRecordTest {

    @Test
    void is_read_as_it_was_written_and_does_not_count_as_schema() {
        try (Session session = TestCluster.freshDatabase().open()) {
            assertThat(LoadRecord.read(session)).isEmpty();
            String schema = SchemaFingerprint.read(session).digest();
            LoadRecord record = new LoadRecord("d", "m", schema, Map.of("public.\"Ä b\"", 1.25));

            new LoadRecord("older", "m", schema, Map.of("public.gone", 7.0)).write(session);
            record.write(session);

            assertThat(LoadRecord.read(session)).contains(record);
            assertThat(record.fits("d", "m", session)).isTrue();
        }
    }

    @Test
    void does_not_fit_another_dataset_other_migrations_or_a_schema_that_changed_since() {
        try (Session session = TestCluster.freshDatabase().open()) {
            LoadRecord record =
                    new LoadRecord("d", "m", SchemaFingerprint.read(session).digest(), Map.of());

            assertThat(record.fits("other", "m", session)).isFalse();
            assertThat(record.fits("d", "other", session)).isFalse();
            session.execute("create table added ()");
            assertThat(record.fits("d", "m", session)).isFalse();
        }
    }

    @Test
    void a_record_that_was_only_begun_is_none() {
        try (Session session = TestCluster.freshDatabase().open()) {
            new LoadRecord("d", "m", "s", Map.of()).write(session);
            session.execute("delete from pgattest.load");

            assertThat(LoadRecord.read(session)).isEmpty();
        }
    }
}
