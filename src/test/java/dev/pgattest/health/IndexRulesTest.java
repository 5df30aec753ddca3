package dev.pgattest.health;

import static dev.pgattest.health.Snapshot.name;
import static dev.pgattest.health.Snapshot.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.ObjectFinding;
import dev.pgattest.Severity;
import dev.pgattest.health.Snapshot.Index;
import dev.pgattest.health.TableFacts.Kind;
import dev.pgattest.health.TableFacts.Reads;
import java.util.List;
import org.junit.jupiter.api.Test;

class IndexRulesTest {

    private static final Reads NO_READS = new Reads(0, 0, 0);

    private static Snapshot shop() {
        return new Snapshot().with(table("sale"));
    }

    @Test
    void an_invalid_index_is_an_error_that_says_how_far_its_build_came() {
        ObjectFinding early = shop().with(Index.of("create index sale_day on sale (day)")
                        .invalid(false)
                        .facts())
                .findings("invalid-index")
                .get(0);
        assertThat(early.severity()).isEqualTo(Severity.ERROR);
        assertThat(early.message()).contains("before writes began to maintain it");
        assertThat(early.remedy()).contains("drop index concurrently public.sale_day;", "reindex index concurrently");

        ObjectFinding late = shop().with(Index.of("create unique index sale_day on sale (day)")
                        .invalid(true)
                        .facts())
                .findings("invalid-index")
                .get(0);
        assertThat(late.message()).contains("it rejects rows with equal keys");
    }

    @Test
    void what_a_rebuild_left_is_dropped_and_what_a_constraint_owns_is_rebuilt() {
        assertThat(shop().with(Index.of("create index sale_day_ccnew1 on sale (day)")
                                .invalid(true)
                                .facts())
                        .findings("invalid-index")
                        .get(0)
                        .remedy())
                .startsWith("drop index concurrently public.sale_day_ccnew1;")
                .contains("REINDEX");
        assertThat(shop().with(Index.of("create unique index sale_once on sale (day)")
                                .invalid(true)
                                .ownedBy("sale_once")
                                .facts())
                        .findings("invalid-index")
                        .get(0)
                        .remedy())
                .isEqualTo("reindex index concurrently public.sale_once;");
    }

    @Test
    void an_index_that_is_being_built_is_no_leftover() {
        IndexFacts index =
                Index.of("create index sale_day on sale (day)").invalid(false).facts();
        IndexFacts other = Index.of("create index sale_other on sale (other)")
                .invalid(false)
                .facts();
        Snapshot building = shop().with(index)
                .with(other)
                .with(new IndexBuild(42, name("sale"), name("sale_day"), "CREATE INDEX CONCURRENTLY", "sorting, 3 %"));

        assertThat(building.findings("invalid-index"))
                .extracting(ObjectFinding::object)
                .containsExactly("public.sale_other");
        assertThat(building.findings("index-build-running").get(0).message())
                .contains("process 42", "CREATE INDEX CONCURRENTLY, sorting, 3 %");
    }

    @Test
    void rebuilding_a_table_makes_all_its_new_indexes_before_it_fills_the_first() {
        Snapshot rebuilding = shop().with(Index.of("create index sale_day_ccnew on sale (day)")
                        .invalid(false)
                        .facts())
                .with(Index.of("create index sale_old on sale (old)")
                        .invalid(false)
                        .facts())
                .with(new IndexBuild(42, name("sale"), name("sale_id_ccnew"), "REINDEX CONCURRENTLY", ""));

        assertThat(rebuilding.findings("invalid-index"))
                .extracting(ObjectFinding::object)
                .containsExactly("public.sale_old");
    }

    @Test
    void a_role_that_may_not_see_builds_calls_nothing_a_leftover_while_one_runs() {
        Snapshot hidden = shop().with(Index.of("create index sale_day on sale (day)")
                        .invalid(true)
                        .facts())
                .with(new IndexBuild(42, null, null, "", ""));

        assertThat(hidden.findings("invalid-index")).isEmpty();
        assertThat(hidden.findings("index-build-running").get(0).message()).contains("may not see");
    }

    @Test
    void on_a_standby_an_invalid_index_may_be_under_construction_elsewhere() {
        ObjectFinding finding = shop().onStandby()
                .with(Index.of("create index sale_day on sale (day)")
                        .invalid(true)
                        .facts())
                .findings("invalid-index")
                .get(0);

        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
        assertThat(finding.message()).contains("standby");
    }

    @Test
    void a_partitioned_index_names_the_partitions_that_lack_their_part() {
        List<ObjectFinding> findings = new Snapshot()
                .with(table("sale", Kind.PARTITIONED, null, NO_READS))
                .with(table("sale_1", Kind.TABLE, "sale", NO_READS))
                .with(table("sale_2", Kind.TABLE, "sale", NO_READS))
                .with(Index.of("create index sale_day on sale (day)")
                        .invalid(true)
                        .ofPartitionedTable()
                        .facts())
                .with(Index.of("create index sale_1_day on sale_1 (day)")
                        .partOf("sale_day")
                        .facts())
                .findings("invalid-index");

        assertThat(findings).hasSize(1);
        assertThat(findings.get(0).severity()).isEqualTo(Severity.WARNING);
        assertThat(findings.get(0).message())
                .contains("1 partition ", "public.sale_2")
                .doesNotContain("sale_1");
    }

    @Test
    void bloat_counts_by_its_lower_end() {
        IndexFacts index = Index.of("create index sale_day on sale (day)").facts();

        assertThat(bloated(index, 0.6, 0.8).get(0).message())
                .contains("40.0 MB, of which 24.0 MB or more", "60 to 80 % of it is air");
        assertThat(bloated(index, 0.4, 0.9)).isEmpty();
        ObjectFinding exact = shop().with(index.withBloat(new Bloat(0.6, 0.6, Bloat.Method.EXACT)))
                .findings("bloated-index")
                .get(0);
        assertThat(exact.message()).contains("60.0 %", "reading all of its pages");
        assertThat(exact.remedy()).isEqualTo("reindex index concurrently public.sale_day;");
    }

    private static List<ObjectFinding> bloated(IndexFacts index, double low, double high) {
        return shop().with(index.withBloat(new Bloat(low, high, Bloat.Method.ESTIMATED)))
                .findings("bloated-index");
    }
}
