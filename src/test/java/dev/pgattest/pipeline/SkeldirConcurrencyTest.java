package dev.pgattest.pipeline;

import static dev.pgattest.pipeline.SkeldirDatabase.all;
import static dev.pgattest.pipeline.SkeldirDatabase.allocationSql;
import static dev.pgattest.pipeline.SkeldirDatabase.one;
import static dev.pgattest.pipeline.SkeldirDatabase.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.postgres.Session;
import dev.pgattest.sql.NamedSql;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The jobs of Skeldir's workload, many at once: sessions that wait for each other at a barrier and then all go. */
class SkeldirConcurrencyTest {

    private static final SkeldirDatabase SKELDIR = SkeldirDatabase.migrated();

    private final UUID tenant = SKELDIR.tenant();

    /** What one session of several does. */
    @FunctionalInterface
    private interface Work<T> {
        T in(int number, Session session, CyclicBarrier barrier) throws Exception;
    }

    @ParameterizedTest
    @CsvSource({"the same key, id %1$d, key", "the same id, id, key %1$d", "both the same, id, key"})
    void fifty_writers_of_one_event_leave_one_row(String what, String id, String key) throws Exception {
        List<List<String>> taken = atOnce(50, "skeldir_app", (number, session, barrier) -> {
            session.execute("set app.current_tenant_id = '" + tenant + "'");
            barrier.await(1, TimeUnit.MINUTES);
            return session.query(ingestion(id.formatted(number), key.formatted(number)), row -> row.getString(1));
        });

        assertThat(taken.stream().filter(rows -> !rows.isEmpty()))
                .as(what + ": who took it in")
                .hasSize(1);
        try (Session app = SKELDIR.appOf(tenant)) {
            assertThat(one(app, "select count(*) from attribution_events")).isEqualTo("1");
        }
    }

    /** The job's own statement with its parameters written in. */
    private String ingestion(String id, String key) {
        return withValues(
                "jobs/ingest_event.sql",
                Map.of(
                        "tenant_id",
                        tenant.toString(),
                        "source",
                        "shopify",
                        "external_event_id",
                        id,
                        "idempotency_key",
                        key,
                        "event_timestamp",
                        "2024-03-30T12:00:00Z"));
    }

    private static String withValues(String file, Map<String, String> values) {
        String sql = SkeldirDatabase.text(file);
        assertThat(NamedSql.parse(sql)).isInstanceOf(NamedSql.class);
        for (Map.Entry<String, String> each : values.entrySet()) {
            sql = sql.replace(":" + each.getKey(), "'" + each.getValue() + "'");
        }
        return sql;
    }

    @Test
    void five_workers_claim_every_pending_event_once() throws Exception {
        List<String> pending = pendingEvents(2_300);
        String claim = withValues("queries/q2_worker_queue.claim.sql", Map.of());

        List<List<String>> claims = atOnce(5, "skeldir_worker", (number, session, barrier) -> {
            session.execute("set app.worker_id = 'worker-" + number + "'");
            List<String> mine = new ArrayList<>();
            barrier.await(1, TimeUnit.MINUTES);
            for (List<String> some = ids(session, claim); !some.isEmpty(); some = ids(session, claim)) {
                mine.addAll(some);
            }
            return mine;
        });

        List<String> claimed = claims.stream().flatMap(List::stream).toList();
        assertThat(claimed).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(pending);
        try (Session superuser = SKELDIR.superuser()) {
            assertThat(all(
                            superuser,
                            "select distinct processing_status from attribution_events where tenant_id = '%s'",
                            tenant))
                    .containsExactly("processing");
            for (int number = 0; number < claims.size(); number++) {
                assertThat(all(
                                superuser,
                                "select id from attribution_events where tenant_id = '%s' and claimed_by = 'worker-%s'",
                                tenant,
                                number))
                        .containsExactlyInAnyOrderElementsOf(claims.get(number));
            }
        }
    }

    @Test
    void what_a_worker_had_claimed_when_it_died_is_claimed_by_another() {
        List<String> pending = pendingEvents(7);
        String claim = withValues("queries/q2_worker_queue.claim.sql", Map.of());
        try (Session dying = SKELDIR.as("skeldir_worker");
                Session other = SKELDIR.as("skeldir_worker")) {
            dying.execute("set app.worker_id = 'dying'; begin");
            other.execute("set app.worker_id = 'other'");
            assertThat(ids(dying, claim)).containsExactlyInAnyOrderElementsOf(pending);
            assertThat(ids(other, claim)).as("while they are held").isEmpty();
            dying.execute("rollback");
            assertThat(ids(other, claim)).containsExactlyInAnyOrderElementsOf(pending);
        }
    }

    /** Why the documents' way to poll is no queue. */
    @Test
    void two_workers_that_only_select_get_the_same_events() {
        List<String> pending = pendingEvents(7);
        String poll = withValues("queries/q2_worker_queue.sql", Map.of());
        try (Session one = SKELDIR.as("skeldir_worker");
                Session other = SKELDIR.as("skeldir_worker")) {
            one.execute("begin");
            assertThat(ids(one, poll)).containsExactlyInAnyOrderElementsOf(pending);
            assertThat(ids(other, poll)).containsExactlyInAnyOrderElementsOf(pending);
            one.execute("rollback");
        }
        try (Session worker = SKELDIR.as("skeldir_worker")) {
            worker.execute("set app.worker_id = 'last'");
            ids(worker, withValues("queries/q2_worker_queue.claim.sql", Map.of()));
        }
    }

    private static List<String> ids(Session session, String sql) {
        return session.query(sql, row -> row.getString("id"));
    }

    private List<String> pendingEvents(int count) {
        try (Session app = SKELDIR.appOf(tenant)) {
            return all(
                    app,
                    "insert into attribution_events (tenant_id, source, external_event_id, idempotency_key, event_type, channel,"
                            + " conversion_value_cents, event_timestamp, raw_payload) select '%s', 'shopify', i, i, 'lead', 'email',"
                            + " 5, now(), '{}' from generate_series(1, %s) as i returning id",
                    tenant,
                    count);
        }
    }

    @Test
    void one_of_five_that_allocate_an_event_at_once_succeeds() throws Exception {
        UUID event = SKELDIR.event(tenant, 100);
        List<String> refusals = atOnce(5, "skeldir_app", (number, session, barrier) -> {
            session.execute("set app.current_tenant_id = '" + tenant + "'");
            session.execute("begin");
            session.execute(allocationSql(tenant, event, "1", 60));
            session.execute(allocationSql(tenant, event, "1", 40));
            barrier.await(1, TimeUnit.MINUTES);
            return refusal(session, "commit");
        });

        assertThat(refusals.stream().filter(String::isEmpty)).hasSize(1);
        assertThat(refusals.stream().filter(refusal -> !refusal.isEmpty()))
                .hasSize(4)
                .allMatch(refusal -> refusal.contains("model version 1 allocates 200 of 100 cents"));
    }

    @Test
    void five_steps_of_ten_cents_at_once_leave_an_investigation_at_thirty() throws Exception {
        String investigation;
        try (Session app = SKELDIR.appOf(tenant)) {
            investigation = one(
                    app, "insert into investigations (tenant_id, question) values ('%s', '?') returning id", tenant);
        }
        List<String> refusals = atOnce(5, "skeldir_app", (number, session, barrier) -> {
            session.execute("set app.current_tenant_id = '" + tenant + "'");
            barrier.await(1, TimeUnit.MINUTES);
            return refusal(
                    session,
                    "insert into investigation_tool_calls (tenant_id, investigation_id, tool, cost_cents)"
                            + " values ('%s', '%s', 'query_revenue', 10)",
                    tenant,
                    investigation);
        });

        assertThat(refusals.stream().filter(String::isEmpty)).hasSize(3);
        assertThat(refusals.stream().filter(refusal -> refusal.contains("investigations_at_most_30_cents")))
                .hasSize(2);
        try (Session app = SKELDIR.appOf(tenant)) {
            assertThat(one(app, "select cost_cents from investigations")).isEqualTo("30.0000");
            assertThat(one(app, "select count(*) from investigation_tool_calls"))
                    .isEqualTo("3");
        }
    }

    /** Results of sessions that work at once, in their order. All are open before the first begins. */
    private static <T> List<T> atOnce(int sessions, String role, Work<T> work) throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(sessions);
        ExecutorService threads = Executors.newFixedThreadPool(sessions);
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < sessions; i++) {
                int number = i;
                futures.add(threads.submit(() -> {
                    try (Session session = SKELDIR.as(role)) {
                        return work.in(number, session, barrier);
                    }
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        } finally {
            threads.shutdownNow();
        }
    }
}
