package dev.pgattest.pipeline;

import static dev.pgattest.pipeline.SkeldirDatabase.all;
import static dev.pgattest.pipeline.SkeldirDatabase.allocationSql;
import static dev.pgattest.pipeline.SkeldirDatabase.eventSql;
import static dev.pgattest.pipeline.SkeldirDatabase.one;
import static dev.pgattest.pipeline.SkeldirDatabase.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.postgres.Session;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the documents' version of Skeldir lets through or keeps out wrongly, and that the proven state does not. */
class SkeldirViewsTest {

    @Test
    void materialized_views_show_every_tenant_until_the_proven_state_puts_views_before_them() {
        SkeldirDatabase skeldir = SkeldirDatabase.migrated();
        UUID tenant = skeldir.tenant();
        UUID other = skeldir.tenant();
        book(skeldir, tenant, 500);
        book(skeldir, other, 700);
        refresh(skeldir);
        try (Session app = skeldir.appOf(tenant)) {
            assertThat(all(app, "select verified_revenue_cents from mv_realtime_revenue"))
                    .as("the document's grant")
                    .containsExactlyInAnyOrder("500", "700");
            assertThat(all(app, "select sum(amount_cents) from revenue_ledger")).containsExactly("500");
        }

        skeldir.proven();

        try (Session app = skeldir.appOf(tenant)) {
            for (String view : List.of("mv_realtime_revenue", "mv_reconciliation_status", "mv_allocation_summary")) {
                assertThat(refusal(app, "select 1 from " + view)).startsWith("42501");
            }
            assertThat(all(app, "select verified_revenue_cents from realtime_revenue"))
                    .containsExactly("500");
            app.execute("reset app.current_tenant_id");
            assertThat(refusal(app, "select verified_revenue_cents from realtime_revenue"))
                    .as("no tenant, no rows")
                    .isNotEmpty();
        }
        book(skeldir, tenant, 20);
        refresh(skeldir);
        try (Session app = skeldir.appOf(tenant)) {
            assertThat(one(app, "select verified_revenue_cents from realtime_revenue"))
                    .isEqualTo("520");
        }
    }

    @Test
    void every_materialized_view_is_refreshed_while_it_is_read() {
        SkeldirDatabase skeldir = SkeldirDatabase.migrated();
        UUID tenant = skeldir.tenant();
        UUID event = skeldir.event(tenant, 100);
        book(skeldir, tenant, 500);
        try (Session app = skeldir.appOf(tenant);
                Session reader = skeldir.appOf(tenant);
                Session rollup = skeldir.as("skeldir_rollup")) {
            app.execute(allocationSql(tenant, event, "1", 100));
            app.execute("insert into reconciliation_runs (tenant_id) values ('" + tenant + "')");
            for (String view : all(rollup, "select matviewname from pg_matviews order by 1")) {
                reader.execute("begin; select * from " + view);
                assertThat(refusal(rollup, "refresh materialized view concurrently " + view))
                        .isEmpty();
                reader.execute("commit");
                assertThat(one(reader, "select count(*) from " + view)).as(view).isEqualTo("1");
            }
        }
    }

    @Test
    void a_materialized_view_of_the_owner_of_the_tables_stays_empty() {
        SkeldirDatabase skeldir = SkeldirDatabase.migrated();
        book(skeldir, skeldir.tenant(), 500);
        String view = "create materialized view copied as select * from revenue_ledger";
        String count = "select count(*) from copied";
        try (Session owner = skeldir.owner()) {
            owner.execute(view);
            assertThat(one(owner, count)).isEqualTo("0");
            owner.execute(
                    "drop materialized view copied; alter table revenue_ledger no force row level security; " + view);
            assertThat(one(owner, count)).isEqualTo("1");
        }
    }

    @Test
    void answers_in_quarantine_are_everybodys_until_the_proven_state_protects_them() {
        SkeldirDatabase skeldir = SkeldirDatabase.migrated();
        UUID tenant = skeldir.tenant();
        UUID other = skeldir.tenant();
        try (Session app = skeldir.appOf(other)) {
            app.execute("insert into llm_validation_failures (tenant_id, endpoint, failure, response) values ('" + other
                    + "', 'explain', 'not json', '{}')");
        }
        String count = "select count(*) from llm_validation_failures";
        try (Session app = skeldir.appOf(tenant)) {
            assertThat(one(app, count)).isEqualTo("1");
        }
        skeldir.proven();
        try (Session app = skeldir.appOf(tenant);
                Session otherApp = skeldir.appOf(other)) {
            assertThat(one(app, count)).isEqualTo("0");
            assertThat(one(otherApp, count)).isEqualTo("1");
        }
    }

    @Test
    void a_tenant_can_list_all_customers_until_the_proven_state_shows_it_itself_alone() {
        SkeldirDatabase skeldir = SkeldirDatabase.migrated();
        UUID tenant = skeldir.tenant();
        skeldir.tenant();
        try (Session app = skeldir.appOf(tenant)) {
            assertThat(all(app, "select id from tenants")).hasSize(2);
        }
        skeldir.proven();
        try (Session app = skeldir.appOf(tenant);
                Session gateway = skeldir.as("skeldir_gateway");
                Session owner = skeldir.owner()) {
            assertThat(all(app, "select id from tenants")).containsExactly(tenant.toString());
            assertThat(all(gateway, "select id from tenants where api_key_hash is not null"))
                    .hasSize(2);
            assertThat(refusal(owner, "delete from tenants")).isEmpty();
        }
    }

    @Test
    void two_sources_may_use_the_same_id_in_the_proven_state_alone() {
        SkeldirDatabase skeldir = SkeldirDatabase.migrated();
        UUID tenant = skeldir.tenant();
        try (Session app = skeldir.appOf(tenant)) {
            app.execute(eventSql(tenant, "shopify", "1001", "key 1", 5));
            assertThat(refusal(app, eventSql(tenant, "woocommerce", "1001", "key 2", 5)))
                    .startsWith("23505");
        }
        skeldir.proven();
        try (Session app = skeldir.appOf(tenant)) {
            assertThat(refusal(app, eventSql(tenant, "woocommerce", "1001", "key 2", 5)))
                    .isEmpty();
            assertThat(refusal(app, eventSql(tenant, "woocommerce", "1001", "key 3", 5)))
                    .startsWith("23505");
        }
    }

    private static void book(SkeldirDatabase skeldir, UUID tenant, int cents) {
        try (Session app = skeldir.appOf(tenant)) {
            app.execute("insert into revenue_ledger (tenant_id, order_id, amount_cents, state) values ('" + tenant
                    + "', 'ORD-1', " + cents + ", 'captured')");
        }
    }

    private static void refresh(SkeldirDatabase skeldir) {
        try (Session rollup = skeldir.as("skeldir_rollup")) {
            rollup.execute("select refresh_revenue_status()");
        }
    }
}
