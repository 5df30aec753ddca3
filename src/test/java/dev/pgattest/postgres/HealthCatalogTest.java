package dev.pgattest.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgattest.ChosenSeverities;
import dev.pgattest.health.Bloat;
import dev.pgattest.health.BloatReading;
import dev.pgattest.health.HealthReport;
import dev.pgattest.health.HealthRules;
import dev.pgattest.health.HealthSnapshot;
import dev.pgattest.health.IndexFacts;
import dev.pgattest.postgres.server.Cluster;
import dev.pgattest.postgres.server.ClusterRequest;
import dev.pgattest.testing.LiveDatabase;
import dev.pgattest.testing.TestCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HealthCatalogTest {

    private final List<Cluster> clusters = new ArrayList<>();

    @AfterAll
    void stop() {
        clusters.forEach(Cluster::close);
    }

    /** The embedded server, and the one that is installed when there is one. */
    List<Connections> servers() {
        List<Connections> servers = new ArrayList<>(List.of(TestCluster.freshDatabase()));
        try {
            Cluster installed = Cluster.start(ClusterRequest.of(OwnServer.LOCAL, "health"));
            clusters.add(installed);
            servers.add(installed.connections());
        } catch (dev.pgattest.PgattestException none) {
            assertThat(none).hasMessageContaining("found");
        }
        return servers;
    }

    private static HealthSnapshot snapshot(Connections database, BloatReading bloat) {
        try (Session session = database.open()) {
            return HealthCatalog.read(session, List.of(), bloat);
        }
    }

    private static List<String> findings(HealthSnapshot snapshot) {
        return HealthReport.of(snapshot, new HealthRules.Settings(Duration.ZERO, ChosenSeverities.NONE))
                .findings()
                .stream()
                .map(finding -> finding.rule() + " " + finding.object())
                .toList();
    }

    private static Bloat bloat(Map<String, IndexFacts> indexes, String name) {
        return Objects.requireNonNull(
                Objects.requireNonNull(indexes.get(name), name).bloat(), name);
    }

    private static Map<String, IndexFacts> indexes(HealthSnapshot snapshot) {
        return snapshot.schema().indexes().stream()
                .collect(Collectors.toMap(index -> index.name().name(), Function.identity()));
    }

    @ParameterizedTest
    @MethodSource("servers")
    void finds_what_is_ill_on_every_version(Connections database) {
        LiveDatabase.in(database)
                .withInvalidIndex()
                .withUnusedIndex()
                .withDuplicateIndex()
                .withRedundantIndex()
                .withBloatedIndex(540_000)
                .withSequenceNearEnd()
                .withPartitions()
                .withExpressionIndex()
                .run(
                        "alter table shop.sale add constraint sale_of_customer foreign key (customer_id) references shop.customer;"
                                + "create table shop.gift (customer_id bigint references shop.customer);"
                                + "create extension pgstattuple;"
                                + "create unlogged table shop.\"Ünlogged\" (id int primary key);"
                                + "create materialized view shop.names as select name from shop.customer;"
                                + "create unique index names_once on shop.names (name);"
                                + "create temporary table passing (id int primary key)");
        HealthSnapshot snapshot = snapshot(database, BloatReading.ESTIMATED);

        assertThat(findings(snapshot))
                .contains(
                        "invalid-index shop.order_state_once",
                        "unused-index shop.order_placed",
                        "redundant-index shop.customer_name",
                        "bloated-index shop.bloated_key",
                        "sequence-near-end shop.ticket_id_seq",
                        "never-analyzed shop.sale",
                        "expression-index-not-analyzed shop.customer_lower",
                        "foreign-key-without-index shop.gift")
                .containsAnyOf("duplicate-index shop.order_customer", "duplicate-index shop.\"Order customer again\"")
                .doesNotContain("foreign-key-without-index shop.sale", "never-analyzed shop.sale_2025")
                .noneMatch(finding ->
                        finding.contains("passing") || finding.contains("pg_") || finding.contains("missing-right"));
        assertThat(indexes(snapshot))
                .containsKeys("names_once", "Ünlogged_pkey")
                .doesNotContainKey("passing_pkey");
        assertThat(snapshot.server().counters().age()).isLessThan(Duration.ofHours(1));
        exactBloatLiesInTheEstimate(database, snapshot);
    }

    private static void exactBloatLiesInTheEstimate(Connections database, HealthSnapshot estimated) {
        Bloat guess = bloat(indexes(estimated), "bloated_key");
        Bloat exact = bloat(indexes(snapshot(database, BloatReading.EXACT)), "bloated_key");

        assertThat(exact.method()).isEqualTo(Bloat.Method.EXACT);
        assertThat(exact.low()).isBetween(guess.low() - 0.01, guess.high() + 0.01);
        assertThat(exact.low()).isGreaterThan(0.9);
    }

    @Test
    void the_estimate_of_an_index_that_was_just_built_holds_the_truth() {
        Connections database = TestCluster.freshDatabase();
        new Tables(database).run("""
                create extension pgstattuple;
                create table wide (id bigint, code text, state text, day date, amount numeric, maybe int, flag boolean);
                insert into wide
                select i, md5(i::text), case i % 4 when 0 then 'open' else 'done' end, date '2026-01-01' + i % 400,
                    i / 7.0, case when i % 3 = 0 then i end, i % 2 = 0
                from generate_series(1, 150000) as i;
                create index one_bigint on wide (id);
                create index one_text on wide (code);
                create index many_equal on wide (state);
                create index many_dates on wide (day);
                create index with_nulls on wide (maybe);
                create index mixed on wide (flag, id, day);
                create index full_pages on wide (id) with (fillfactor = 100);
                create index two_text on wide (state, code);
                create index one_numeric on wide (amount);
                create index carries on wide (id) include (code);
                create index not_merged on wide (day) with (deduplicate_items = off);
                create index of_expression on wide (upper(code));
                create index only_some on wide (code) where state = 'done';
                """);
        new Tables(database).run("vacuum analyze wide");

        Map<String, IndexFacts> estimated = indexes(snapshot(database, BloatReading.ESTIMATED));
        Map<String, IndexFacts> exact = indexes(snapshot(database, BloatReading.EXACT));

        estimated.keySet().forEach(name -> {
            Bloat guess = bloat(estimated, name);
            Bloat truth = bloat(exact, name);
            assertThat(guess.low()).as(name + " " + guess + " " + truth).isLessThan(0.12);
            assertThat(truth.low()).as(name + " " + guess).isBetween(guess.low() - 0.03, guess.high() + 0.03);
        });
        assertThat(estimated).hasSize(13);
    }

    /** EXCLUSIVE, and what ALTER SEQUENCE takes, let only ACCESS SHARE by. */
    @Test
    void takes_no_lock_stronger_than_access_share() {
        LiveDatabase live = LiveDatabase.in(TestCluster.freshDatabase())
                .withSequenceNearEnd()
                .withExpressionIndex()
                .withPartitions();
        try (Session locking = live.connections().open()) {
            locking.execute(
                    "begin; lock table shop.customer, shop.\"Order\", shop.ticket, shop.sale, pg_class, pg_index, pg_statistic,"
                            + " pg_attribute, pg_constraint, pg_depend, pg_inherits, pg_sequence in exclusive mode");
            locking.execute("alter sequence shop.ticket_id_seq cache 1");
            HealthSnapshot snapshot = snapshot(live.connections(), BloatReading.ESTIMATED);
            locking.execute("rollback");

            assertThat(snapshot.gaps()).isEmpty();
            assertThat(findings(snapshot))
                    .contains(
                            "sequence-near-end shop.ticket_id_seq",
                            "expression-index-not-analyzed shop.customer_lower");
        }
    }

    /** A database without a fixture. */
    private record Tables(Connections database) {
        void run(String sql) {
            try (Session session = database.open()) {
                session.execute(sql);
            }
        }
    }

    @Test
    void whatever_it_reads_cannot_write() {
        try (Session session = TestCluster.freshDatabase().open()) {
            ReadOnlyTransactions transactions = new ReadOnlyTransactions(session, Duration.ofSeconds(5));

            assertThatThrownBy(() -> transactions.read(() -> session.texts("create table t (i int) returning 1")))
                    .isInstanceOf(SqlFailure.class);
            assertThatThrownBy(() -> transactions.read(() -> {
                        session.execute("create table t (i int)");
                        return 1;
                    }))
                    .hasMessageContaining("25006");
            assertThat(session.text("show default_transaction_read_only")).isEqualTo("off");
            assertThat(session.text("show lock_timeout")).isEqualTo("0");
        }
    }
}
