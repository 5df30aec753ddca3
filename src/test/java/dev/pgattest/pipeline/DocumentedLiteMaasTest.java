package dev.pgattest.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pgattest.postgres.Connections;
import dev.pgattest.postgres.Migrations;
import dev.pgattest.postgres.Session;
import dev.pgattest.postgres.SqlFailure;
import dev.pgattest.sql.SqlScript;
import dev.pgattest.testing.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a server makes of the scripts that the reference system's document prescribes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DocumentedLiteMaasTest {

    private static final Path SYSTEM = Path.of("systems/litemaas");
    private static final String ACTIVE_TRANSACTION = "25001";
    private static final String SYNTAX_ERROR = "42601";
    private static final String NO_OPERATOR = "42883";

    @SuppressWarnings("NullAway.Init") // set before all tests
    private Connections database;

    @BeforeAll
    void migrate() {
        database = TestCluster.freshDatabase();
        Migrations.run(database.settings(), SYSTEM.resolve("migrations"), "migrations");
    }

    @Test
    void the_migration_builds_nothing_and_ends_in_a_syntax_error() throws IOException {
        List<String> states = refusals("add-daily-usage-cache-indexes.sql");

        assertThat(states)
                .containsExactly(
                        ACTIVE_TRANSACTION,
                        ACTIVE_TRANSACTION,
                        ACTIVE_TRANSACTION,
                        ACTIVE_TRANSACTION,
                        ACTIVE_TRANSACTION,
                        "",
                        SYNTAX_ERROR);
        try (Session session = database.open()) {
            assertThat(session.query(
                            "select indexrelid::regclass::text from pg_index where indrelid = 'daily_usage_cache'::regclass",
                            row -> row.getString(1)))
                    .containsExactly("daily_usage_cache_pkey");
        }
    }

    @Test
    void the_rollback_ends_in_a_syntax_error() throws IOException {
        assertThat(refusals("add-daily-usage-cache-indexes.rollback.sql"))
                .endsWith(SYNTAX_ERROR)
                .filteredOn(state -> !state.isEmpty())
                .hasSize(1);
    }

    @Test
    void the_optimized_breakdown_is_refused_and_the_one_that_is_measured_is_not() throws IOException {
        assertThat(refusals("user-breakdown.sql")).containsExactly(NO_OPERATOR);

        String measured = Files.readString(SYSTEM.resolve("queries/user_breakdown.sql"))
                .replace(":from", "'2024-01-01'")
                .replace(":to", "'2024-03-31'");
        try (Session session = database.open()) {
            assertThat(session.query(measured, row -> row.getString(1))).isEmpty();
        }
    }

    /** The SQLSTATE of each statement by itself; empty where it succeeds. */
    private List<String> refusals(String script) throws IOException {
        String text = Files.readString(SYSTEM.resolve("as-documented").resolve(script));
        try (Session session = database.open()) {
            return SqlScript.statements(text).stream()
                    .map(statement -> {
                        SqlFailure failure =
                                catchThrowableOfType(SqlFailure.class, () -> session.execute(statement.text()));
                        return failure == null ? "" : failure.sqlState();
                    })
                    .toList();
        }
    }
}
