package dev.pgattest.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pgattest.PgattestException;
import dev.pgattest.dataset.Fingerprint;
import dev.pgattest.evidence.Evidence;
import dev.pgattest.evidence.InputDigest;
import dev.pgattest.postgres.ServerChoice;
import dev.pgattest.postgres.Session;
import dev.pgattest.testing.ShopProject;
import dev.pgattest.testing.TestCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that the server fills from generated ones, with odd names. */
class DerivedTableTest {

    private final ShopProject project = new ShopProject()
            .named("derived_tables")
            .withFile("migrations/V2__totals.sql", """
                    create table "Größe je Kunde" (
                        "Kunde" bigint primary key references owners, orders jsonb not null, made date not null default '2024-01-01');
                    create index totals_orders on "Größe je Kunde" using gin (orders);
                    create table "größte" (n bigint primary key);
                    """)
            .withFile("dataset/totals.sql", """
                    -- One row an owner.
                    select o.owner as "Kunde", jsonb_object_agg(o.id, o.owner) as orders
                    from orders as o group by o.owner order by 1 desc;
                    """)
            .withFile(
                    "dataset/most.sql",
                    "select max((select count(*) from jsonb_each(orders))) as n from \"Größe je Kunde\"\n");

    @TempDir
    Path folder;

    @BeforeEach
    void declare() throws IOException {
        project.with("dataset.yaml", "tables:\n", """
                derived:
                  Größe je Kunde: dataset/totals.sql
                  größte: dataset/most.sql
                tables:
                """);
        try (Session session = TestCluster.server().open()) {
            session.execute("drop database if exists pgattest_derived_tables");
        }
    }

    @Test
    void are_filled_after_the_others_with_their_indexes_and_are_part_of_the_evidence() throws IOException {
        Evidence evidence = new Prove(request(), "test", Progress.SILENT).run();

        assertThat(evidence.states().get(0).tables())
                .filteredOn(table -> table.name().contains("Größe"))
                .singleElement()
                .satisfies(table -> assertThat(table.rows()).isEqualTo(10));
        assertThat(evidence.states().get(0).indexes())
                .filteredOn(index -> index.table().contains("Größe"))
                .hasSize(2)
                .allSatisfy(index -> assertThat(index.buildMs()).isNotNull());
        assertThat(evidence.data().tables())
                .extracting(Evidence.TableFingerprint::table)
                .containsExactly("owners", "orders", "Größe je Kunde", "größte");
        assertThat(evidence.inputs()).extracting(InputDigest::file).contains("dataset/totals.sql", "dataset/most.sql");
    }

    @Test
    void rows_lie_in_the_order_of_the_query_and_are_the_same_every_time() throws IOException {
        List<Fingerprint> first = fingerprints();

        assertThat(first).extracting(Fingerprint::rows).containsExactly(10L, 500L, 10L, 1L);
        assertThat(fingerprints()).isEqualTo(first);
        project.with("dataset/totals.sql", "o.owner) as orders", "o.owner + 1) as orders");
        assertThat(fingerprints()).startsWith(first.get(0), first.get(1)).isNotEqualTo(first);
        new LoadDataset(request(true), Progress.SILENT).run();
        try (Session session =
                TestCluster.server().to("pgattest_derived_tables").open()) {
            assertThat(session.query(
                            "select \"Kunde\" from \"Größe je Kunde\" where ctid = '(0,1)'", row -> row.getLong(1)))
                    .containsExactly(10L);
        }
    }

    @Test
    void another_query_is_another_dataset() throws IOException {
        String before = digest();
        project.with("dataset/totals.sql", "-- One row an owner.", "-- A row an owner.");

        assertThat(digest()).isNotEqualTo(before);
    }

    @Test
    void queries_that_the_server_refuses_are_found_with_their_place_before_rows_are_loaded() throws IOException {
        project.with("dataset/totals.sql", "from orders", "from oders");
        assertThat(problems())
                .containsExactly(
                        "dataset/totals.sql:3:6: the server refuses it for Größe je Kunde: relation \"oders\" does not exist");

        project.with("dataset/totals.sql", "from oders", "from orders")
                .with("dataset/totals.sql", "jsonb_object_agg(o.id, o.owner)", "count(*)")
                .with("dataset/most.sql", " as n ", " as m ");
        assertThat(problems())
                .anyMatch(problem ->
                        problem.contains("column \"orders\" is of type jsonb but expression is of type bigint"))
                .anyMatch(problem -> problem.contains("column \"m\" of relation \"größte\" does not exist"));

        project.with("dataset/most.sql", " as m ", " as n ").with("dataset/totals.sql", ", count(*) as orders", "");
        assertThat(problems())
                .containsExactly(
                        "dataset.yaml: Größe je Kunde.orders is NOT NULL without a default and the dataset does not give it");
    }

    @Test
    void files_that_write_take_parameters_or_fill_a_generated_table_are_refused() throws IOException {
        project.withFile("dataset/most.sql", "delete from orders where id = :id returning id as n\n")
                .with(
                        "dataset.yaml",
                        "  größte: dataset/most.sql",
                        "  größte: dataset/most.sql\n  owners: dataset/totals.sql");

        assertThat(problems())
                .anyMatch(problem -> problem.contains("'größte' writes: dataset/most.sql has DELETE"))
                .anyMatch(problem -> problem.contains("the query of the derived table 'größte' has parameters"))
                .anyMatch(problem -> problem.contains("the table 'owners' is generated as well as derived"));
    }

    private String digest() throws IOException {
        return LoadedProject.read(project.writeTo(folder))
                .dataset(new ProveRequest.Size(null, null, 1))
                .definitionDigest();
    }

    private List<Fingerprint> fingerprints() throws IOException {
        return new DatasetFingerprint(request(), Progress.SILENT).loaded();
    }

    private List<String> problems() throws IOException {
        PgattestException failure = catchThrowableOfType(
                PgattestException.class, () -> new Prove(request(), "test", Progress.SILENT).run());
        return failure.problems().stream()
                .map(each -> each.place() + ": " + each.message())
                .toList();
    }

    private ProveRequest request() throws IOException {
        return request(false);
    }

    private ProveRequest request(boolean keep) throws IOException {
        project.writeTo(folder);
        return new ProveRequest(
                folder,
                new ProveRequest.Target(
                        new ServerChoice.Running(TestCluster.server().settings()), null, false, keep),
                new ProveRequest.Size(null, null, 2),
                null,
                ProveRequest.Output.NONE);
    }
}
