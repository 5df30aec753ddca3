package dev.pgattest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.pgattest.postgres.Session;
import dev.pgattest.testing.LiveDatabase;
import dev.pgattest.testing.OpenMetricsText;
import dev.pgattest.testing.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** {@code health} as its user calls it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HealthCommandTest {

    private final LiveDatabase ill = LiveDatabase.in(TestCluster.freshDatabase());

    @BeforeAll
    void makeIll() {
        ill.withInvalidIndex()
                .withDuplicateIndex()
                .run("create table shop.gift (customer_id bigint references shop.customer)")
                .run("create table \"odd \"\"name\\\" (\"ä\nb\" int primary key)")
                .withRole("health_plain")
                .withRole("health_monitor", "pg_monitor");
    }

    private static ProgramRun health(String server, String... options) {
        String[] arguments = new String[options.length + 3];
        arguments[0] = "health";
        arguments[1] = "--server";
        arguments[2] = server;
        System.arraycopy(options, 0, arguments, 3, options.length);
        return ProgramRun.of(arguments);
    }

    @Test
    void ends_with_1_when_there_is_an_error_and_with_0_without() {
        ProgramRun failed = health(ill.url());
        assertThat(failed.exitCode()).as(failed.err()).isEqualTo(1);
        assertThat(failed.out())
                .contains(
                        "error[invalid-index]: shop.order_state_once: ",
                        "  help: drop index concurrently shop.order_state_once;")
                .contains("database test_", "scans that use an index: ");
        assertThat(failed.err()).contains("1 error");

        assertThat(health(ill.url(), "--rule", "invalid-index=warning").exitCode())
                .isZero();
        assertThat(health(ill.url(), "--rule", "invalid-index=off").out()).doesNotContain("invalid-index");
    }

    @Test
    void an_empty_database_is_well() {
        ProgramRun run = health(LiveDatabaseUrl.of(TestCluster.freshDatabase()), "--format", "openmetrics");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(OpenMetricsText.samples(run.out())).isNotEmpty();
    }

    @Test
    void json_follows_the_published_schema() throws IOException {
        ProgramRun run = health(ill.url(), "--format", "json");

        String schema = Files.readString(Path.of("docs/schema/health.schema.json"));
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(schema)
                        .validate(run.out(), InputFormat.JSON))
                .isEmpty();
        assertThat(run.out()).contains("\"rule\" : \"invalid-index\"");
    }

    @Test
    void openmetrics_can_be_read_strictly_and_has_the_figures() {
        ProgramRun run = health(ill.url(), "--format", "openmetrics");

        Map<String, Double> samples = OpenMetricsText.samples(run.out());
        String database = ill.connections().settings().database();
        assertThat(samples)
                .containsEntry(
                        "pgattest_index_valid database=" + database + " index=order_state_once schema=shop table=Order",
                        0.0)
                .containsEntry("pgattest_findings database=" + database + " rule=invalid-index severity=error", 1.0)
                .containsKey("pgattest_table_size_bytes database=" + database + " schema=public table=odd \"name\\")
                .containsKey(
                        "pgattest_index_scans_total database=" + database + " index=Order_pkey schema=shop table=Order")
                .containsKey("pgattest_database_transaction_id_age database=" + database);
        assertThat(run.out()).contains("# UNIT pgattest_table_size_bytes bytes\n");
    }

    @Test
    void a_role_with_pg_monitor_sees_all_but_statistics_of_tables_that_it_may_not_read() {
        ProgramRun run = health(ill.urlOf("health_monitor"));

        assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
        assertThat(run.out())
                .contains("error[invalid-index]", "duplicate-index", "foreign-key-without-index")
                .contains("info[missing-right]: the planner's statistics are hidden from health_monitor")
                .contains("grant pg_read_all_data to health_monitor;")
                .doesNotContain("grant pg_monitor");
    }

    @Test
    void a_role_without_any_right_is_told_which_it_lacks_and_sees_the_rest() {
        ProgramRun run = health(ill.urlOf("health_plain"));

        assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
        assertThat(run.out()).contains("error[invalid-index]", "grant pg_monitor to health_plain;");
    }

    @Test
    void a_superuser_lacks_nothing() {
        assertThat(health(ill.url()).out()).doesNotContain("missing-right");
    }

    @Test
    void wrong_options_end_with_2_and_a_server_that_is_not_there_with_3() {
        assertThat(ProgramRun.of("health").exitCode()).isEqualTo(2);
        assertThat(health("embedded").exitCode()).isEqualTo(2);
        assertThat(health("embedded").err()).contains("a new and empty server");
        assertThat(health(ill.url(), "--min-statistics-age", "soon").exitCode()).isEqualTo(2);
        assertThat(health(ill.url(), "--rule", "no-rule=off").exitCode()).isEqualTo(2);
        assertThat(health(ill.url(), "--rule", "invalid-index=fatal").exitCode())
                .isEqualTo(2);
        assertThat(health("postgresql://x@localhost:1/x").exitCode()).isEqualTo(3);
    }

    @Test
    void another_server_is_no_replica() {
        String other = LiveDatabaseUrl.of(TestCluster.freshDatabase());
        ProgramRun run = health(ill.url(), "--replica", other);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("is not another server of");
        assertThat(health(ill.url(), "--replica", ill.url(), "--min-statistics-age", "0d")
                        .exitCode())
                .isEqualTo(1);
    }

    @Test
    void the_search_path_of_the_role_changes_nothing() {
        ill.run("alter role health_monitor set search_path = shop, nothing");
        try {
            assertThat(health(ill.urlOf("health_monitor")).out()).contains("shop.\"Order customer again\"");
        } finally {
            ill.run("alter role health_monitor reset search_path");
        }
    }

    @Test
    void a_table_that_is_locked_is_left_out_and_named() {
        try (Session locking = ill.connections().open()) {
            locking.execute("begin; lock table shop.customer in access exclusive mode");
            ProgramRun run = health(ill.url());
            locking.execute("rollback");

            assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
            assertThat(run.out())
                    .contains(
                            "info[locked-table]: shop.customer: left out with its indexes",
                            "by process ",
                            "invalid-index");
        }
    }

    /** Connection strings of databases that no {@link LiveDatabase} was made in. */
    private static final class LiveDatabaseUrl {

        static String of(dev.pgattest.postgres.Connections database) {
            return TestCluster.url()
                    .replaceAll("/postgres$", "/" + database.settings().database());
        }
    }
}
