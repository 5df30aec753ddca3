package dev.pgattest.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.evidence.ServerFacts;
import dev.pgattest.testing.TestCluster;
import org.junit.jupiter.api.Test;

class EffectiveSettingsTest {

    @Test
    void the_facts_are_what_the_server_says_not_what_was_asked_for() {
        try (Session session = TestCluster.freshDatabase().open()) {
            session.execute("set work_mem = '7MB'; set enable_bitmapscan = off");
            ServerFacts facts = EffectiveSettings.read(session);

            assertThat(facts.version()).startsWith("18.");
            assertThat(facts.build()).startsWith("PostgreSQL 18.");
            assertThat(facts.settings())
                    .containsEntry("work_mem", "7MB")
                    .containsEntry("enable_bitmapscan", "off")
                    .containsEntry("fsync", "off")
                    .containsEntry("autovacuum", "off")
                    .containsEntry("wal_level", "minimal")
                    .containsEntry("server_encoding", "UTF8")
                    .containsEntry("TimeZone", "UTC")
                    .containsKeys("shared_buffers", "random_page_cost", "jit", "plan_cache_mode", "lc_collate");
            assertThat(facts.settings().keySet())
                    .doesNotContain("port", "config_file", "data_directory", "listen_addresses", "application_name");
        }
    }
}
