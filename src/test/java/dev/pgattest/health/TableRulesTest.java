package dev.pgattest.health;

import static dev.pgattest.health.Snapshot.NOW;
import static dev.pgattest.health.Snapshot.name;
import static dev.pgattest.health.Snapshot.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgattest.ChosenSeverities;
import dev.pgattest.ObjectFinding;
import dev.pgattest.Severity;
import dev.pgattest.health.SequenceFacts.Column;
import dev.pgattest.health.SequenceFacts.Range;
import dev.pgattest.health.Snapshot.Index;
import dev.pgattest.health.TableFacts.Analysis;
import dev.pgattest.health.TableFacts.Cache;
import dev.pgattest.health.TableFacts.Kind;
import dev.pgattest.health.TableFacts.Reads;
import dev.pgattest.health.TableFacts.Size;
import dev.pgattest.health.TableFacts.Writes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Rules about reading, statistics, redundancy, foreign keys and what runs out. */
class TableRulesTest {

    private static final Reads NO_READS = new Reads(0, 0, 0);
    private static final Column SMALL = new Column(name("ticket"), "Id", "integer", Integer.MAX_VALUE);

    private static TableFacts with(Size size, Writes writes, Analysis analysis) {
        return new TableFacts(name("sale"), Kind.TABLE, null, size, NO_READS, writes, analysis, new Cache(0, 0, 0, 0));
    }

    @Test
    void of_two_equal_indexes_the_one_that_is_used_less_goes() {
        Index one = Index.of("create index a on sale (day)").scanned(5, null);
        Index other = Index.of("create index b on sale (day)").scanned(4, null);
        List<ObjectFinding> findings = new Snapshot()
                .with(table("sale"))
                .with(one.facts())
                .with(other.facts())
                .findings("duplicate-index");

        assertThat(findings).extracting(ObjectFinding::object).containsExactly("public.b");
        assertThat(findings.get(0).message()).contains("the same as public.a", "scanned 4 times", "and 5 times");
        assertThat(findings.get(0).remedy()).isEqualTo("drop index concurrently public.b;");
    }

    @Test
    void of_a_chain_of_prefixes_the_longest_stays() {
        List<ObjectFinding> findings = new Snapshot()
                .with(table("sale"))
                .with(Index.of("create index a on sale (day)").facts())
                .with(Index.of("create index b on sale (day, id)").facts())
                .with(Index.of("create index c on sale (day, id, note)").facts())
                .with(Index.of("create index d on sale (day desc)").facts())
                .findings("redundant-index");

        assertThat(findings)
                .extracting(ObjectFinding::object)
                .contains("public.b")
                .doesNotContain("public.c");
        assertThat(findings.get(0).message()).contains("public.", "first keys");
    }

    @Test
    void what_replication_or_a_partitioned_index_needs_stays_and_a_constraint_is_dropped_as_one() {
        Snapshot identity = new Snapshot()
                .with(table("sale"))
                .with(Index.of("create unique index a on sale (day)")
                        .asReplicaIdentity()
                        .facts())
                .with(Index.of("create unique index b on sale (day)")
                        .scanned(9, null)
                        .facts());
        assertThat(identity.findings("duplicate-index"))
                .extracting(ObjectFinding::object)
                .containsExactly("public.b");

        Snapshot constraints = new Snapshot()
                .with(table("sale"))
                .with(Index.of("create unique index a on sale (day)")
                        .ownedBy("Once")
                        .facts())
                .with(Index.of("create unique index b on sale (day)")
                        .ownedBy("Twice")
                        .facts());
        assertThat(constraints.findings("duplicate-index").get(0).remedy())
                .contains("alter table public.sale drop constraint \"Twice\";", "foreign key");
    }

    @Test
    void an_invalid_index_makes_none_redundant() {
        assertThat(new Snapshot()
                        .with(table("sale"))
                        .with(Index.of("create index a on sale (day)").facts())
                        .with(Index.of("create index b on sale (day, id)")
                                .invalid(true)
                                .facts())
                        .findings("redundant-index"))
                .isEmpty();
    }

    @Test
    void a_foreign_key_of_a_large_table_needs_an_index_when_rows_go_on_the_other_side() {
        Snapshot shop =
                new Snapshot().with(table("sale")).with(table("customer")).withKey("sale", "customer_id", "customer");

        ObjectFinding finding = shop.findings("foreign-key-without-index").get(0);
        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
        assertThat(finding.object()).isEqualTo("public.sale");
        assertThat(finding.message()).contains("sale_fk (customer_id)", "20 rows updated or deleted");
        assertThat(finding.remedy())
                .isEqualTo("create index concurrently sale_customer_id_idx on public.sale (customer_id);");

        shop.with(Index.of("create index sale_customer_id_idx on sale (customer_id, id)")
                .facts());
        assertThat(shop.findings("foreign-key-without-index")).isEmpty();
    }

    @Test
    void a_foreign_key_of_a_partitioned_table_is_served_by_all_partitions_or_gets_an_index_on_each() {
        Snapshot shop = new Snapshot()
                .with(table("sale", Kind.PARTITIONED, null, NO_READS))
                .with(table("sale_1", Kind.TABLE, "sale", NO_READS))
                .with(table("customer"))
                .withKey("sale", "customer_id", "customer")
                .with(Index.of("create index sale_1_customer_id_idx on sale_1 (other)")
                        .facts());

        assertThat(shop.findings("foreign-key-without-index").get(0).remedy()).isEqualTo("""
                        create index sale_customer_id_idx on only public.sale (customer_id);
                        create index concurrently sale_1_customer_id_idx1 on public.sale_1 (customer_id);
                        alter index public.sale_customer_id_idx attach partition public.sale_1_customer_id_idx1;""");
        shop.with(Index.of("create index own on sale_1 (customer_id)").facts());
        assertThat(shop.findings("foreign-key-without-index")).isEmpty();
    }

    @Test
    void a_large_table_that_is_mostly_read_from_end_to_end_is_reported() {
        assertThat(sequential(new Reads(2000, 2_000_000_000, 100))).hasSize(1);
        assertThat(sequential(new Reads(2000, 2_000_000_000, 100)).get(0).message())
                .contains("2,000 times in 100 days", "through an index 100 times", "1,000,000 rows a time");
        assertThat(sequential(new Reads(2000, 2_000_000_000, 3000))).isEmpty();
        assertThat(sequential(new Reads(100, 100_000_000, 0)))
                .as("a nightly dump")
                .isEmpty();
        assertThat(sequential(new Reads(2000, 2000, 0)))
                .as("with a small limit")
                .isEmpty();
    }

    private static List<ObjectFinding> sequential(Reads reads) {
        return new Snapshot().with(table("sale", reads)).findings("sequential-reads");
    }

    @Test
    void the_share_of_scans_that_use_an_index_is_that_of_large_tables() {
        assertThat(new Snapshot().with(table("sale", new Reads(51, 0, 949))).findings("index-share"))
                .hasSize(1);
        assertThat(new Snapshot().with(table("sale", new Reads(50, 0, 950))).findings("index-share"))
                .isEmpty();
        assertThat(new Snapshot().with(table("sale", new Reads(51, 0, 948))).findings("index-share"))
                .as("too few scans")
                .isEmpty();
    }

    @Test
    void a_table_without_statistics_was_never_analyzed_unless_it_is_empty_or_cannot_be_seen() {
        Size size = new Size(1 << 20, 5000);
        Writes writes = new Writes(0, 0, 0);

        assertThat(never(size, new Analysis(true, false, null))).isTrue();
        assertThat(never(size, new Analysis(true, true, null)))
                .as("counters were reset")
                .isFalse();
        assertThat(never(size, new Analysis(false, false, null))).as("hidden").isFalse();
        assertThat(never(new Size(1 << 20, -1), new Analysis(false, false, null)))
                .isTrue();
        assertThat(never(new Size(1 << 20, 0), new Analysis(true, false, null)))
                .as("emptied")
                .isFalse();
        assertThat(new Snapshot()
                        .with(with(size, writes, new Analysis(true, false, null)))
                        .findings("never-analyzed")
                        .get(0)
                        .remedy())
                .isEqualTo("analyze public.sale;");
    }

    private static boolean never(Size size, Analysis analysis) {
        return !new Snapshot()
                .with(with(size, new Writes(0, 0, 0), analysis))
                .findings("never-analyzed")
                .isEmpty();
    }

    @Test
    void statistics_are_stale_when_a_fifth_of_the_rows_changed() {
        Analysis analysis = new Analysis(true, true, NOW.minus(Duration.ofHours(30)));

        assertThat(new Snapshot()
                        .with(with(new Size(1 << 20, 10_000), new Writes(0, 0, 2000), analysis))
                        .findings("stale-statistics")
                        .get(0)
                        .message())
                .contains("2,000 rows changed of about 10,000", "1 day ago");
        assertThat(new Snapshot()
                        .with(with(new Size(1 << 20, 10_000), new Writes(0, 0, 1999), analysis))
                        .findings("stale-statistics"))
                .isEmpty();
        assertThat(new Snapshot()
                        .with(with(new Size(1 << 20, 100), new Writes(0, 0, 999), analysis))
                        .findings("stale-statistics"))
                .isEmpty();
    }

    @Test
    void a_sequence_ends_where_its_column_does() {
        ObjectFinding finding = sequence(2_000_000_000, SMALL).get(0);

        assertThat(finding.severity()).isEqualTo(Severity.ERROR);
        assertThat(finding.message())
                .contains(
                        "93.1 %",
                        "the last is 2,147,483,647, all that public.ticket.\"Id\" can hold, which is integer");
        assertThat(finding.remedy()).contains("alter table public.ticket alter column \"Id\" type bigint;");
        assertThat(sequence(1_600_000_000, SMALL).get(0).severity()).isEqualTo(Severity.WARNING);
        assertThat(sequence(1_500_000_000, SMALL)).isEmpty();
        assertThat(sequence(2_000_000_000, null)).isEmpty();
        assertThat(sequence(Long.MAX_VALUE / 10 * 8, null)).hasSize(1);
    }

    private static List<ObjectFinding> sequence(long last, @Nullable Column column) {
        return new Snapshot()
                .with(new SequenceFacts(name("ids"), last, new Range(1, Long.MAX_VALUE, 1, false), column))
                .findings("sequence-near-end");
    }

    @Test
    void a_sequence_that_goes_down_or_begins_anew_is_understood() {
        SequenceFacts down = new SequenceFacts(name("down"), -90, new Range(-100, -1, -1, false), null);
        assertThat(down.used()).isEqualTo(0.9);
        SequenceFacts cycling = new SequenceFacts(name("ring"), 99, new Range(1, 100, 1, true), null);
        assertThat(new Snapshot().with(cycling).findings("sequence-near-end")).isEmpty();
    }

    @Test
    void ages_are_judged_by_the_setting_and_by_the_end() {
        assertThat(age(299_000_000)).isEmpty();
        assertThat(age(301_000_000).get(0).severity()).isEqualTo(Severity.WARNING);
        ObjectFinding near = age(1_700_000_000).get(0);
        assertThat(near.severity()).isEqualTo(Severity.ERROR);
        assertThat(near.object()).isEqualTo("shop");
        assertThat(near.message()).contains("79.2 %", "1,700,000,000", "200,000,000");
        assertThat(near.remedy()).contains("vacuum public.old;  -- 7");
        assertThat(new Snapshot()
                        .withAge("Other", 1_700_000_000, 1_700_000_000)
                        .findings("multixact-wraparound")
                        .get(0)
                        .remedy())
                .contains("connect to this database");
    }

    private static List<ObjectFinding> age(long transactions) {
        return new Snapshot().withAge("shop", transactions, 0).findings("transaction-id-wraparound");
    }

    @Test
    void severities_can_be_changed_and_an_unknown_rule_is_a_problem() {
        HealthSnapshot facts = new Snapshot().withAge("shop", 1_700_000_000, 0).facts();
        var off = new HealthRules.Settings(
                Duration.ZERO,
                ChosenSeverities.of(Map.of("transaction-id-wraparound", Optional.empty()), HealthRules.ids()));

        assertThat(HealthReport.of(facts, off).count(Severity.ERROR)).isZero();
        assertThatThrownBy(() -> ChosenSeverities.of(Map.of("no-rule", Optional.empty()), HealthRules.ids()))
                .hasMessageContaining("unknown rule 'no-rule'");
    }
}
