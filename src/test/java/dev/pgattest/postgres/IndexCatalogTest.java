package dev.pgattest.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.schema.CatalogIndex;
import dev.pgattest.schema.ForeignKey;
import dev.pgattest.schema.IndexDefinition.Backing;
import dev.pgattest.schema.IndexDefinition.Uniqueness;
import dev.pgattest.testing.TestCluster;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IndexCatalogTest {

    private final Session session = TestCluster.freshDatabase().open();

    @BeforeAll
    void makeIndexes() {
        session.execute("""
                create schema "Läden";
                create table "Läden".shop (
                    id bigint primary key, code text, "Groß" text,
                    constraint code_once unique (code) deferrable initially deferred);
                create unique index shop_both on "Läden".shop (code desc, lower("Groß")) include (id)
                    nulls not distinct where code <> 'none';
                create table sale (
                    id bigint, shop bigint references "Läden".shop, day date, primary key (id, day)) partition by range (day);
                create table sale_2026 partition of sale for values from ('2026-01-01') to ('2027-01-01');
                create index sale_shop on only sale (shop) where shop is not null;
                create index sale_2026_shop on sale_2026 (shop) where shop is not null;
                create table stay (room int, during daterange, exclude using gist (during with &&));
                """);
    }

    @AfterAll
    void close() {
        session.close();
    }

    private CatalogIndex index(String name) {
        return IndexCatalog.indexes(session).stream()
                .filter(each -> each.name().sql().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void an_index_says_which_constraint_owns_it() {
        assertThat(index("\"Läden\".shop_pkey").definition().backing()).isEqualTo(Backing.PRIMARY_KEY);
        CatalogIndex once = index("\"Läden\".code_once");
        assertThat(once.owningConstraint()).contains("code_once");
        assertThat(once.definition().backing()).isEqualTo(Backing.UNIQUE);
        assertThat(once.definition().uniqueness()).isEqualTo(Uniqueness.DEFERRABLE);
        CatalogIndex stay = index("public.stay_during_excl");
        assertThat(stay.definition().excluding()).containsExactly("&&");
        assertThat(once.definition().excluding()).isEmpty();
        assertThat(stay.definition().backing()).isEqualTo(Backing.EXCLUSION);
        assertThat(stay.definition().method()).isEqualTo("gist");
    }

    @Test
    void a_definition_keeps_all_that_the_server_says() {
        CatalogIndex both = index("\"Läden\".shop_both");
        assertThat(both.table().sql()).isEqualTo("\"Läden\".shop");
        assertThat(both.definition().keys()).hasSize(2);
        assertThat(both.definition().keys().get(0).descending()).isTrue();
        assertThat(both.definition().included()).containsExactly("id");
        assertThat(both.definition().uniqueness()).isEqualTo(Uniqueness.NULLS_NOT_DISTINCT);
        assertThat(both.definition().isPartial()).isTrue();
        assertThat(both.sizeBytes()).isPositive();
        assertThat(both.standing().valid()).isTrue();
    }

    @Test
    void a_partitioned_index_is_invalid_until_every_partition_has_its_part() {
        CatalogIndex parent = index("public.sale_shop");
        assertThat(parent.partitioned()).isTrue();
        assertThat(parent.sizeBytes()).isZero();
        assertThat(parent.standing().valid()).isFalse();
        assertThat(index("public.sale_2026_shop").partOf()).isEmpty();
        assertThat(index("public.sale_2026_pkey").partOf().orElseThrow().sql()).isEqualTo("public.sale_pkey");
    }

    @Test
    void a_foreign_key_is_served_by_an_index_over_the_rows_that_refer() {
        List<ForeignKey> keys = IndexCatalog.foreignKeys(session);
        assertThat(keys).hasSize(1);
        ForeignKey key = keys.get(0);
        assertThat(key.columns()).containsExactly("shop");
        assertThat(key.referenced().sql()).isEqualTo("\"Läden\".shop");
        assertThat(key.isServedBy(index("public.sale_shop"))).isFalse();
        assertThat(key.isServedBy(index("public.sale_pkey"))).isFalse();
        session.execute("begin; alter index sale_shop attach partition sale_2026_shop");
        assertThat(key.isServedBy(index("public.sale_shop"))).isTrue();
        session.execute("rollback");
    }
}
