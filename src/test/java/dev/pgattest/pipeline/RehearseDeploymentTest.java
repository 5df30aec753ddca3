package dev.pgattest.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.pgattest.ExitCode;
import dev.pgattest.PgattestException;
import dev.pgattest.deploy.PlanSettings;
import dev.pgattest.evidence.Verdict;
import dev.pgattest.load.DeploymentRehearsal;
import dev.pgattest.load.DeploymentRehearsal.Change;
import dev.pgattest.load.DeploymentRehearsal.Phase;
import dev.pgattest.load.RateFactors;
import dev.pgattest.postgres.BenchmarkDatabase;
import dev.pgattest.postgres.Connections;
import dev.pgattest.postgres.LoadStream;
import dev.pgattest.postgres.ServerChoice;
import dev.pgattest.postgres.Session;
import dev.pgattest.postgres.TableWriter;
import dev.pgattest.report.Paint;
import dev.pgattest.report.RehearsalJson;
import dev.pgattest.report.RehearsalText;
import dev.pgattest.sql.QualifiedName;
import dev.pgattest.testing.ShopProject;
import dev.pgattest.testing.TestCluster;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RehearseDeploymentTest {

    private static final String JOBS = """

            jobs:
              J1_place:
                sql: queries/place.sql
                priority: P2
                frequency: 40 / s
                concurrency: 2
                cases: {one: {parameters: {owner: {table: owners, column: id, row: 0}}}}
              J2_rare:
                sql: queries/place.sql
                priority: P2
                cases: {one: {parameters: {owner: 1}}}
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private final ShopProject project = new ShopProject().named("rehearsed");

    @Test
    void a_load_of_inserts_updates_and_reads_goes_on_while_indexes_are_deployed_and_taken_back() throws IOException {
        project.with("workload.yaml", "owner: shop", "owner: shop\n    frequency: 4 / s / owner\n    concurrency: 2")
                .withFile("queries/place.sql", "insert into orders select max(id) + 1, :owner from orders\n")
                .withFile("states/apply.sql", """
                        create index orders_owner on orders (owner);
                        alter table orders add column note text;
                        create index orders_note on orders (note, owner) where note is not null;
                        """)
                .withFile("states/undo.sql", "drop index orders_owner; alter table orders drop column note;\n");
        project.withFile("workload.yaml", project.text("workload.yaml") + JOBS);

        DeploymentRehearsal rehearsal = rehearse("indexed");

        assertThat(rehearsal.phases())
                .extracting(Phase::change)
                .containsExactly(Change.QUIET, Change.APPLY, Change.ROLLBACK, Change.PLAIN);
        for (Phase phase : rehearsal.phases()) {
            assertThat(phase.failures()).as("%s", phase.change()).isEmpty();
            assertThat(phase.writers()).containsExactlyInAnyOrder("J1_place", "update public.orders");
        }
        Phase quiet = rehearsal.phases().get(0);
        assertThat(quiet.writing().count()).isPositive();
        assertThat(quiet.reading().count()).isPositive();
        assertThat(quiet.samples().streams().get(0).latencies().rounds()).isEqualTo(LoadChoice.ROUNDS);
        assertThat(rehearsal.notes()).contains("J2_rare is not part of the load: it says no frequency");
        assertThat(BenchmarkDatabase.names(TestCluster.server())).doesNotContain("rehearsed");
        assertReports(rehearsal);
    }

    private static void assertReports(DeploymentRehearsal rehearsal) throws IOException {
        DeploymentRehearsal.Bar bar = new DeploymentRehearsal.Bar(Duration.ofSeconds(30), 1000);
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(Files.readString(Path.of("docs/schema/rehearsal.schema.json")))
                        .validate(RehearsalJson.of(rehearsal, bar, "test"), InputFormat.JSON))
                .isEmpty();
        assertThat(RehearsalText.of(rehearsal, bar, Paint.NONE))
                .contains(
                        "rehearsal of rehearsed: plain -> indexed",
                        "nothing else",
                        "deploy rollback",
                        "plain create index")
                .endsWith(rehearsal.verdict(bar) + "\n");
    }

    /** The reference system, whose scripts make a rollup that other roles fill and read. */
    @Test
    void skeldir_goes_to_proven_and_back_under_load() {
        DeploymentRehearsal rehearsal = rehearse(
                Path.of("systems/skeldir"), "proven", new ProveRequest.Size(new BigDecimal("0.0001"), null, 2));

        for (Change change : List.of(Change.QUIET, Change.APPLY, Change.ROLLBACK)) {
            Phase phase = rehearsal.phase(change).orElseThrow();
            assertThat(phase.failures()).as("%s", change).isEmpty();
            assertThat(phase.writing().count()).as("%s", change).isPositive();
        }
        assertThat(rehearsal.notes())
                .contains("Q1_allocations_channel_performance is not part of the load: it has another text in proven");
    }

    /** Names that need quotes, in a key of two columns, one of which looks like two. */
    @Test
    void updates_of_a_table_find_its_key_whatever_its_name() {
        Connections database = TestCluster.freshDatabase();
        try (Session session = database.open()) {
            session.execute("create table \"Größe, 1\" (\"a, b\" int, \"C\" text, n int not null,"
                    + " primary key (\"C\", \"a, b\")); insert into \"Größe, 1\" values (1, 'it''s', 0), (2, 'x', 0)");
        }
        LoadStream updates = TableWriter.of(database, new QualifiedName("public", "Größe, 1"), 50, 1)
                .orElseThrow();

        assertThat(updates.draws()).hasSize(2);
        assertThat(updates.draws().get(0).sql().jdbc().text())
                .isEqualTo("update public.\"Größe, 1\" set n = n where \"C\" = ? and \"a, b\" = ?");
    }

    @Test
    void a_table_that_refuses_updates_is_only_read_and_that_is_said() throws IOException {
        project.with("workload.yaml", "owner: shop", "owner: shop\n    frequency: 20 / s")
                .withFile("migrations/V2__fixed.sql", """
                        create function refuse() returns trigger language plpgsql as
                            'begin raise exception ''orders are never changed''; end';
                        create trigger fixed before update on orders for each row execute function refuse();
                        """);

        DeploymentRehearsal rehearsal = rehearse("indexed");

        assertThat(rehearsal.notes())
                .containsExactly("nothing updates public.orders: it has no primary key, no rows, or refuses updates");
        assertThat(rehearsal.phases())
                .allSatisfy(phase -> assertThat(phase.failures()).isEmpty());
        assertThat(rehearsal.verdict(new DeploymentRehearsal.Bar(Duration.ofHours(1), 1e9)))
                .isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void without_anything_to_deploy_or_to_run_there_is_nothing_to_rehearse() throws IOException {
        assertThat(refusal("plain")).contains("from plain to plain nothing is to be deployed");
        project.withFile("states/apply.sql", "create view v as select 1 as one;\n")
                .withFile("states/undo.sql", "drop view v;\n");
        assertThat(refusal("indexed"))
                .contains("nothing could be run while the deployment is", "Q1_orders is not part of the load");
        project.with("workload.yaml", "owner: shop", "owner: shop\n    frequency: 20 / s / customer");
        assertThat(refusal("indexed")).contains("the frequency of Q1_orders is for each customer");
    }

    @Test
    void a_project_without_frequencies_still_has_updates_of_the_tables_that_change() throws IOException {
        DeploymentRehearsal rehearsal = rehearse("indexed");

        assertThat(rehearsal.notes()).containsExactly("Q1_orders is not part of the load: it says no frequency");
        assertThat(rehearsal.phases()).allSatisfy(phase -> {
            assertThat(phase.failures()).isEmpty();
            assertThat(phase.writers()).containsExactly("update public.orders");
        });
    }

    private String refusal(String to) {
        PgattestException failure = Objects.requireNonNull(
                catchThrowableOfType(PgattestException.class, () -> rehearse(to)), "nothing was thrown");
        assertThat(failure.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        return failure.getMessage() + failure.problems();
    }

    private DeploymentRehearsal rehearse(String to) throws IOException {
        return rehearse(project.writeTo(folder), to, new ProveRequest.Size(null, null, 2));
    }

    private static DeploymentRehearsal rehearse(Path project, String to, ProveRequest.Size size) {
        RehearsalRequest request = new RehearsalRequest(
                project,
                new ProveRequest.Target(
                        new ServerChoice.Running(TestCluster.server().settings()), "rehearsed", false, false),
                size,
                new DeployRequest.States(to, null),
                PlanSettings.DEFAULT,
                new LoadChoice(Duration.ofSeconds(1), RateFactors.DECLARED, LoadChoice.Rare.AS_DECLARED, 10),
                60);
        return new RehearseDeployment(request, Progress.SILENT, DeploymentListener.SILENT).run();
    }
}
