package dev.pgattest.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pgattest.PgattestException;
import dev.pgattest.evidence.CaseEvidence;
import dev.pgattest.evidence.Evidence;
import dev.pgattest.evidence.EvidenceJson;
import dev.pgattest.postgres.ServerChoice;
import dev.pgattest.postgres.Session;
import dev.pgattest.testing.ShopProject;
import dev.pgattest.testing.TestCluster;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Jobs that send several statements, on a small project with 10 owners and 500 orders. */
class JobSequenceTest {

    private static final String ENRICH = """
            jobs:
              J1_enrich:
                sql: jobs/owner.sql
                for_each: jobs/owners.sql
                priority: P0
                owner: shop
                writes: false
                cases: {only: {slo: p50 < 30 s, parameters: {least: 4}}}
                variants:
                  indexed: {sql: jobs/owners_at_once.sql, for_all: jobs/owners.sql, ordered: false}
            """;

    private static final String MOVE = """
            jobs:
              J2_move:
                sql: jobs/move.sql
                for_each: [jobs/owners.sql, jobs/orders.sql]
                check: jobs/moved.sql
                priority: P0
                owner: shop
                cases: {only: {slo: p50 < 30 s, parameters: {least: 4}}}
                variants:
                  indexed: {sql: jobs/move_at_once.sql}
            """;

    private final ShopProject project = new ShopProject()
            .named("job_sequences")
            .withFile("jobs/owners.sql", "select id from owners where id > :least order by id\n")
            .withFile("jobs/owner.sql", "select id, 'owner \"' || id || '\"' as name from owners where id = :id\n")
            .withFile(
                    "jobs/owners_at_once.sql",
                    "select id, 'owner \"' || id || '\"' as name from owners where id = any (:id::bigint[])\n")
            .withFile("jobs/orders.sql", "select id from orders where owner = :id order by id\n")
            .withFile("jobs/move.sql", "update orders set owner = :least where id = :id\n")
            .withFile("jobs/move_at_once.sql", "update orders set owner = :least where owner > :least\n")
            .withFile("jobs/moved.sql", "select id, owner from orders where :least::bigint > 0 order by id\n");

    @TempDir
    Path folder;

    @Test
    void a_query_for_each_row_and_one_for_all_rows_are_counted_and_return_the_same() throws IOException {
        Evidence evidence = prove(ENRICH);

        assertThat(job(evidence, 0).subject().statements()).isEqualTo(1 + 6);
        assertThat(job(evidence, 1).subject().statements()).isEqualTo(2);
        JsonNode queries = EvidenceJson.tree(evidence).at("/states/1/queries");
        assertThat(queries.get(2).at("/statements").intValue()).isEqualTo(2);
        assertThat(queries.get(0).has("statements")).isFalse();
    }

    @Test
    void a_chain_of_queries_feeds_a_write_that_is_rolled_back_after_its_check() throws IOException {
        Evidence evidence = prove(MOVE);

        long moved = job(evidence, 0).subject().statements() - 1 - 6;
        assertThat(moved).isBetween(200L, 400L);
        assertThat(job(evidence, 1).subject().statements()).isEqualTo(1);
        assertThat(job(evidence, 1).slowest().planned().text()).contains("Update on");
    }

    @Test
    void a_variant_that_leaves_other_rows_says_which() throws IOException {
        project.with("jobs/move_at_once.sql", "where owner > :least", "where owner > :least and owner <> 5");

        assertThat(problem(MOVE))
                .contains("jobs/move_at_once.sql", "the variant of J2_move in indexed does not leave the rows of")
                .contains("jobs/moved.sql in case only: row ", "owner='5' instead of id=");
    }

    @Test
    void a_variant_that_returns_other_rows_says_which() throws IOException {
        project.with("jobs/owners_at_once.sql", "|| id ||", "|| id + 1 ||");

        assertThat(problem(ENRICH))
                .contains("the variant of J1_enrich in indexed does not return the rows of jobs/owner.sql in case only")
                .contains("missing: id='10', name='owner \"10\"'; too many: id='10', name='owner \"11\"'");
    }

    @Test
    void a_parameter_that_no_row_and_no_case_gives_is_found_before_rows_are_loaded() throws IOException {
        project.with("jobs/orders.sql", "select id from", "select id as number from")
                .with("jobs/move.sql", ":least where id = :id", ":most where id = :id");

        assertThat(problem(MOVE))
                .contains(
                        "jobs/move.sql: nothing gives :id a value: the case has none, and the rows before it give number")
                .contains("jobs/move.sql: nothing gives :most a value");
    }

    @Test
    void what_the_server_refuses_around_a_statement_is_shown_where_it_stands() throws IOException {
        project.with("jobs/orders.sql", "where owner", "where oner");

        assertThat(problem(MOVE)).contains("jobs/orders.sql:1:29: column \"oner\" does not exist");
    }

    @Test
    void what_feeds_a_statement_must_return_rows_and_must_not_write() throws IOException {
        project.with("jobs/owners.sql", "where id > :least", "where id > :least + 100");
        assertThat(problem(ENRICH)).contains("jobs/owners.sql: it returns no rows");

        project.withFile("jobs/owners.sql", "update owners set id = id where id > :least returning id\n");
        assertThat(problem(ENRICH)).contains("jobs/owners.sql has UPDATE");
    }

    @Test
    void files_say_what_is_meant_once_and_parameters_that_nothing_reads_are_named() throws IOException {
        assertThat(problem(ENRICH.replace("    priority", "    for_all: jobs/owners.sql\n    priority")))
                .contains("'J1_enrich' has both 'for_each' and 'for_all'");
        assertThat(problem(ENRICH.replace("least: 4", "least: 4, more: 5")))
                .contains("nothing reads the parameter 'more'");
        assertThat(problem(ENRICH.replace("least: 4", "id: 4")))
                .contains("the case 'only' has no value for :least of for_each of 'J1_enrich'");
    }

    private static CaseEvidence job(Evidence evidence, int state) {
        return evidence.states().get(state).queries().get(2);
    }

    private Evidence prove(String jobs) throws IOException {
        try (Session session = TestCluster.server().open()) {
            session.execute("drop database if exists pgattest_job_sequences");
        }
        return new Prove(request(jobs), "test", Progress.SILENT).run();
    }

    private String problem(String jobs) throws IOException {
        PgattestException failure = catchThrowableOfType(
                PgattestException.class, () -> new Prove(request(jobs), "test", Progress.SILENT).run());
        return String.join(
                "\n",
                failure.problems().stream()
                        .map(each -> each.place() + ": " + each.message())
                        .toList());
    }

    private ProveRequest request(String jobs) throws IOException {
        String queries = """
                queries:
                  Q1_orders:
                    sql: queries/q1.sql
                    priority: P0
                    owner: shop
                    cases:
                      typical: {slo: p50 < 30 s, parameters: {owner: 3}}
                      worst: {slo: p50 < 30 s, parameters: {owner: 1}}
                """;
        project.withFile("workload.yaml", queries + jobs).writeTo(folder);
        return new ProveRequest(
                folder,
                new ProveRequest.Target(
                        new ServerChoice.Running(TestCluster.server().settings()), null, false, false),
                new ProveRequest.Size(null, null, 2),
                null,
                ProveRequest.Output.NONE);
    }
}
