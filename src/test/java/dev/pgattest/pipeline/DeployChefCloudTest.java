package dev.pgattest.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pgattest.deploy.StepKind;
import dev.pgattest.pipeline.DeployLab.Live;
import dev.pgattest.postgres.Session;
import dev.pgattest.postgres.SqlFailure;
import dev.pgattest.sql.SqlScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The reference system about deployments: what its document's guards do to a build, and the same change by plan. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeployChefCloudTest {

    private static final Path SYSTEM = Path.of("systems/chefcloud");
    private static final String FIRST = "idx_fr_overview_org_period";
    private static final List<String> REST = List.of(
            "idx_fr_budgets_org_cc_period",
            "idx_fr_rankings_org_metric_period",
            "idx_inv_batches_org_sku",
            "idx_payments_org_status_created",
            "idx_po_org_status_created");

    private static final String ROWS = """
            insert into organisations (name) select 'organisation ' || n from generate_series(1, 5) as n;
            insert into branches (org_id, name) select o.id, 'branch of ' || o.name from organisations as o;
            insert into franchise_overview (org_id, branch_id, period, gross_sales_cents, orders, guests)
            select org_id, id, '2025-10-01', 100, 1, 1 from branches;
            """;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private DeployLab lab;

    @BeforeAll
    void makeLab() {
        lab = DeployLab.of(SYSTEM).with(ROWS);
    }

    /** A guard of the document that ends a build, with the other one out of the way. */
    private enum Guard {
        /** Any transaction with an older snapshot is in the way of a build, whatever table it reads. As the document has it. */
        LOCK_TIMEOUT("SET statement_timeout = '30s'", "SET statement_timeout = 0", "55P03"),
        /** A build that takes longer; here two seconds stand for the thirty, and waiting for the minutes of a large table. */
        STATEMENT_TIMEOUT(
                "SET lock_timeout = '2s';\nSET statement_timeout = '30s'", "SET statement_timeout = '2s'", "57014");

        private final String documented;
        private final String here;
        private final String sqlState;

        Guard(String documented, String here, String sqlState) {
            this.documented = documented;
            this.here = here;
            this.sqlState = sqlState;
        }
    }

    @ParameterizedTest
    @EnumSource(Guard.class)
    void a_guard_ends_the_build_and_the_documents_next_run_reports_success_over_an_invalid_index(Guard guard)
            throws IOException {
        Live live = lab.database();
        String script = Files.readString(SYSTEM.resolve("as-documented/001_franchise_indexes.sql"));
        assertThat(script).contains(guard.documented);
        try (Session blocker = live.connections().open()) {
            blocker.execute("begin isolation level repeatable read; select count(*) from payments");

            SqlFailure failure = catchThrowableOfType(
                    SqlFailure.class, () -> run(live, script.replace(guard.documented, guard.here)));

            assertThat(failure.sqlState()).isEqualTo(guard.sqlState);
            assertThat(live.invalidIndexes()).containsExactly(FIRST);
            blocker.execute("rollback");
        }

        run(live, script);

        assertThat(live.invalidIndexes()).as("after a run that succeeded").containsExactly(FIRST);
        assertThat(documentedIndexes(live)).containsExactlyElementsOf(REST);

        assertThat(live.plan("documented").steps())
                .extracting(step -> step.kind() + " " + step.subject().text())
                .containsExactly(StepKind.CREATE + " public." + FIRST);
        live.apply("documented");
        assertThat(live.invalidIndexes()).isEmpty();
        assertThat(documentedIndexes(live)).hasSize(6).containsAll(REST).contains(FIRST);
        assertThat(live.steps("documented")).isEmpty();
    }

    @Test
    void chefcloud_goes_from_none_to_proven_and_back_and_by_way_of_the_documented_state() {
        Live live = lab.database();
        List<String> none = live.schema().lines();
        assertThat(live.plan("proven").from()).isEqualTo("none");

        live.apply("proven");
        assertThat(live.steps("proven")).isEmpty();
        List<String> proven = live.schema().lines();
        assertThat(proven).hasSizeGreaterThan(none.size());

        live.rollback(DeploymentListener.SILENT);
        assertThat(live.schema().lines()).isEqualTo(none);

        live.apply("documented");
        assertThat(documentedIndexes(live)).hasSize(6);
        live.apply("proven");
        assertThat(live.schema().lines()).isEqualTo(proven);
        live.apply("none");
        assertThat(live.schema().lines()).isEqualTo(none);
    }

    /** As {@code psql} with ON_ERROR_STOP, which the document's Makefile uses: one statement after another, to the first failure. */
    private static void run(Live live, String script) {
        try (Session session = live.connections().open()) {
            SqlScript.statements(script).forEach(statement -> session.execute(statement.text()));
        }
    }

    /** The document's indexes that queries can use. */
    private static List<String> documentedIndexes(Live live) {
        return live.texts(
                "select indexrelid::regclass::text from pg_index where indisvalid and indexrelid::regclass::text in ('"
                        + FIRST + "', '" + String.join("', '", REST) + "') order by 1");
    }
}
