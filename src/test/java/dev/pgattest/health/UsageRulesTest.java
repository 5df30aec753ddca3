package dev.pgattest.health;

import static dev.pgattest.health.Snapshot.NOW;
import static dev.pgattest.health.Snapshot.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.ObjectFinding;
import dev.pgattest.Severity;
import dev.pgattest.health.Snapshot.Index;
import dev.pgattest.health.TableFacts.Kind;
import dev.pgattest.health.TableFacts.Reads;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class UsageRulesTest {

    private static final Reads NO_READS = new Reads(0, 0, 0);

    private static Snapshot shop() {
        return new Snapshot().with(table("sale")).with(table("customer"));
    }

    private static List<ObjectFinding> unused(Index index) {
        return shop().with(index.facts()).findings("unused-index");
    }

    @Test
    void an_index_that_was_never_scanned_is_unused() {
        List<ObjectFinding> findings = unused(Index.of("create index sale_day on sale (day)"));

        assertThat(findings).hasSize(1);
        assertThat(findings.get(0).severity()).isEqualTo(Severity.WARNING);
        assertThat(findings.get(0).message()).contains("not scanned once in 100 days", "40.0 MB", "it may be younger");
        assertThat(findings.get(0).remedy()).isEqualTo("drop index concurrently public.sale_day;");
        assertThat(unused(Index.of("create index sale_day on sale (day)").scanned(1, null)))
                .isEmpty();
    }

    @Test
    void what_enforces_something_is_used_without_being_scanned() {
        assertThat(unused(Index.of("create unique index sale_day on sale (day)")))
                .isEmpty();
        assertThat(unused(Index.of("create unique index sale_day on sale (day)").ownedBy("once")))
                .isEmpty();
        assertThat(unused(Index.of("create index sale_day on sale (day)").asReplicaIdentity()))
                .isEmpty();
        assertThat(unused(Index.of("create index sale_day on sale (day)").invalid(true)))
                .isEmpty();
    }

    @Test
    void nothing_is_unused_while_the_counters_are_young_and_a_note_says_so() {
        Snapshot young = shop().with(
                        Index.of("create index sale_day on sale (day)").facts())
                .countersOf(Snapshot.counted(Duration.ofDays(13)));

        assertThat(young.findings("unused-index")).isEmpty();
        assertThat(young.findings("young-counters").get(0).message()).contains("for 13 days only", "14 days");
        assertThat(shop().findings("young-counters")).isEmpty();
    }

    @Test
    void counters_are_as_young_as_the_last_crash_and_as_old_as_the_server_when_nothing_else_is_known() {
        Instant started = NOW.minus(Duration.ofDays(5));
        Instant reset = NOW.minus(Duration.ofDays(90));
        Instant crash = NOW.minus(Duration.ofDays(2));

        assertThat(new ServerFacts.Counters(NOW, started, reset, null, true).age())
                .isEqualTo(Duration.ofDays(90));
        assertThat(new ServerFacts.Counters(NOW, started, reset, crash, true).age())
                .isEqualTo(Duration.ofDays(2));
        assertThat(new ServerFacts.Counters(NOW, started, crash, reset, true).age())
                .isEqualTo(Duration.ofDays(2));
        assertThat(new ServerFacts.Counters(NOW, started, null, reset, true).age())
                .isEqualTo(Duration.ofDays(90));
        assertThat(new ServerFacts.Counters(NOW, started, null, null, true).age())
                .isEqualTo(Duration.ofDays(5));
    }

    @Test
    void counters_that_are_off_say_nothing() {
        Snapshot off = shop().with(
                        Index.of("create index sale_day on sale (day)").facts())
                .countersOf(new ServerFacts.Counters(NOW, NOW.minus(Duration.ofDays(50)), null, null, false));

        assertThat(off.findings("unused-index")).isEmpty();
        assertThat(off.findings("young-counters")).isEmpty();
        assertThat(off.findings("counters-off")).hasSize(1);
    }

    @Test
    void an_index_that_is_younger_than_the_limit_is_left_alone() {
        Index index = Index.of("create index sale_day on sale (day)");

        assertThat(unused(index.madeAt(NOW.minus(Duration.ofDays(3))))).isEmpty();
        assertThat(unused(index.madeAt(NOW.minus(Duration.ofDays(30)))).get(0).message())
                .doesNotContain("may be younger");
    }

    @Test
    void use_on_a_replica_counts_and_its_young_counters_too() {
        IndexFacts index = Index.of("create index sale_day on sale (day)").facts();

        assertThat(shop().with(index)
                        .withReplica(Duration.ofDays(50), "sale_day", 7)
                        .findings("unused-index"))
                .isEmpty();
        assertThat(shop().with(index)
                        .withReplica(Duration.ofDays(50), "sale_day", 0)
                        .findings("unused-index")
                        .get(0)
                        .message())
                .contains("in 50 days, neither here nor on replica:5432");
        assertThat(shop().with(index)
                        .withReplica(Duration.ofDays(1), "sale_day", 0)
                        .findings("unused-index"))
                .isEmpty();
    }

    @Test
    void standbys_that_nobody_named_are_named() {
        Snapshot streamed = shop().withStandby("walreceiver at 10.0.0.2");

        assertThat(streamed.findings("standby-not-counted").get(0).message()).contains("walreceiver at 10.0.0.2");
        assertThat(streamed.withReplica(Duration.ofDays(50), "x", 0).findings("standby-not-counted"))
                .isEmpty();
        assertThat(shop().onStandby().findings("standby-not-counted").get(0).message())
                .contains("its primary");
    }

    @Test
    void the_only_index_of_a_foreign_key_is_a_note() {
        IndexFacts index =
                Index.of("create index sale_customer on sale (customer_id)").facts();
        Snapshot one = shop().withKey("sale", "customer_id", "customer").with(index);

        ObjectFinding finding = one.findings("unused-index").get(0);
        assertThat(finding.severity()).isEqualTo(Severity.INFO);
        assertThat(finding.message()).contains("foreign key sale_fk", "deletions in public.customer");

        Snapshot two = one.with(Index.of("create index sale_both on sale (customer_id, day)")
                .scanned(9, null)
                .facts());
        assertThat(two.findings("unused-index").get(0).severity()).isEqualTo(Severity.WARNING);
    }

    @Test
    void a_partitioned_index_is_used_when_one_of_its_parts_is() {
        Snapshot parts = new Snapshot()
                .with(table("sale", Kind.PARTITIONED, null, NO_READS))
                .with(table("sale_1", Kind.TABLE, "sale", NO_READS))
                .with(table("sale_2", Kind.TABLE, "sale", NO_READS))
                .with(Index.of("create index sale_day on sale (day)")
                        .ofPartitionedTable()
                        .facts())
                .with(Index.of("create index sale_1_day on sale_1 (day)")
                        .partOf("sale_day")
                        .facts());

        List<ObjectFinding> findings = parts.findings("unused-index");
        assertThat(findings).extracting(ObjectFinding::object).containsExactly("public.sale_day");
        assertThat(findings.get(0).message()).contains("40.0 MB");
        assertThat(findings.get(0).remedy()).isEqualTo("set lock_timeout = '2s';\ndrop index public.sale_day;");

        parts.with(Index.of("create index sale_2_day on sale_2 (day)")
                .partOf("sale_day")
                .scanned(1, null)
                .facts());
        assertThat(parts.findings("unused-index")).isEmpty();
    }

    @Test
    void an_index_that_was_scanned_long_ago_is_a_note() {
        Index index = Index.of("create index sale_day on sale (day)");

        List<ObjectFinding> findings = shop().with(
                        index.scanned(5, NOW.minus(Duration.ofDays(95))).facts())
                .findings("index-not-used-lately");
        assertThat(findings.get(0).message()).contains("last scanned 95 days ago");
        assertThat(shop().with(index.scanned(5, NOW.minus(Duration.ofDays(80))).facts())
                        .findings("index-not-used-lately"))
                .isEmpty();
        assertThat(shop().with(index.scanned(5, null).facts()).findings("index-not-used-lately"))
                .isEmpty();
    }
}
