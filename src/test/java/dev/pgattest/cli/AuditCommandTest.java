package dev.pgattest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.postgres.Session;
import dev.pgattest.testing.LiveDatabase;
import dev.pgattest.testing.PublishedSchema;
import dev.pgattest.testing.TenantShop;
import dev.pgattest.testing.TestCluster;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** {@code audit} as its user calls it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditCommandTest {

    private final TenantShop open = TenantShop.withIds(TenantShop.Id.UUID)
            .run("create policy wide on shop.customer for select to audit_app using (true)")
            .run("create table \"odd \"\"name\\\" (tenant_id uuid, \"ä\nb\" int)");
    private final TenantShop sound = TenantShop.withIds(TenantShop.Id.BIGINT);

    private static ProgramRun audit(TenantShop shop, String... options) {
        return ProgramRun.of(Stream.concat(Stream.of("audit", "--server", url(shop)), Arrays.stream(options))
                .toArray(String[]::new));
    }

    private static String url(TenantShop shop) {
        return TestCluster.url()
                .replaceAll("/postgres$", "/" + shop.connections().settings().database());
    }

    @Test
    void ends_with_1_when_there_is_an_error_and_with_0_without() {
        ProgramRun failed = audit(open);
        assertThat(failed.exitCode()).as(failed.err()).isEqualTo(1);
        assertThat(failed.out())
                .contains(
                        "tenant column tenant_id: inferred, ",
                        "tenant setting app.tenant: inferred, ",
                        "error[policy-opens-table]: shop.customer: the policy wide shows audit_app the rows of all tenants: true",
                        "error[tenant-table-without-rls]: public.\"odd \"\"name\\\": ");
        assertThat(failed.err()).contains("2 errors", "nothing was tried");

        ProgramRun passed = audit(sound);
        assertThat(passed.exitCode()).as(passed.out()).isZero();
        assertThat(audit(open, "--rule", "policy-opens-table=warning", "--rule", "tenant-table-without-rls=off")
                        .exitCode())
                .isZero();
    }

    @Test
    void a_running_database_is_tried_only_when_that_is_asked_for() {
        ProgramRun run = audit(open, "--prove", "--role", "audit_app");

        assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
        assertThat(run.out()).contains("error[proved-hole]: shop.customer: tried as audit_app, and it worked: read");
        assertThat(run.err()).contains(" held, ");

        ProgramRun proved = audit(sound, "--prove");
        assertThat(proved.exitCode()).as(proved.out()).isZero();
        assertThat(proved.out()).contains("tried as one tenant against another:\n", "shop.customer: ");
    }

    @Test
    void json_follows_the_published_schema() {
        for (ProgramRun run : List.of(audit(open, "--format", "json", "--prove"), audit(sound, "--format", "json"))) {
            assertThat(PublishedSchema.problems("audit", run.out())).isEmpty();
        }
    }

    @Test
    void a_role_without_any_right_reads_all_that_there_is_to_read() {
        LiveDatabase live = LiveDatabase.in(TestCluster.freshDatabase())
                .run("create table shop.secret (tenant_id uuid not null, unique (tenant_id))")
                .withRole("audit_reader");
        ProgramRun run = ProgramRun.of("audit", "--server", live.urlOf("audit_reader"));

        assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
        assertThat(run.out()).contains("error[tenant-table-without-rls]: shop.secret", "warning[no-application-role]");

        ProgramRun tried =
                ProgramRun.of("audit", "--server", live.urlOf("audit_reader"), "--prove", "--role", "postgres");
        assertThat(tried.out()).contains("error[not-proved]: shop.secret: not proved as postgres: ");
    }

    @Test
    void a_table_that_is_locked_is_left_out_and_named() {
        try (Session locking = open.connections().open()) {
            locking.execute("begin; lock table shop.customer in access exclusive mode");
            ProgramRun run = audit(open);
            locking.execute("rollback");

            assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
            assertThat(run.out())
                    .contains("info[not-seen]: shop.customer: left out", "error[tenant-table-without-rls]")
                    .doesNotContain("policy-opens-table");
        }
    }

    @Test
    void what_is_wrong_with_the_question_is_said() {
        assertThat(ProgramRun.of("audit").exitCode()).isEqualTo(2);
        assertThat(audit(sound, "--state", "proven").exitCode()).isEqualTo(2);
        assertThat(audit(sound, "--rule", "no-rule=off").exitCode()).isEqualTo(2);
        assertThat(audit(sound, "--tenant-column", "nowhere").err()).contains("no table has a column nowhere");
        assertThat(audit(sound, "--role", "nobody_at_all").err()).contains("there is no role nobody_at_all");
        ProgramRun empty = ProgramRun.of(
                "audit",
                "--server",
                TestCluster.url()
                        .replaceAll(
                                "/postgres$",
                                "/" + TestCluster.freshDatabase().settings().database()));
        assertThat(empty.exitCode()).isEqualTo(2);
        assertThat(empty.err()).contains("--tenant-column");
    }

    @Test
    void skeldir_keeps_its_tenants_apart() {
        ProgramRun run = ProgramRun.of("audit", "systems/skeldir");

        assertThat(run.exitCode()).as(run.out()).isZero();
        assertThat(run.out())
                .contains("tenant column tenant_id: the project", "application role skeldir_app: the project")
                .doesNotContain("not proved");
    }

    @Test
    void the_documents_of_skeldir_show_each_tenant_the_others() {
        ProgramRun run = ProgramRun.of("audit", "systems/skeldir", "--state", "baseline");

        assertThat(run.exitCode()).as(run.out()).isEqualTo(1);
        assertThat(run.out())
                .contains("error[tenant-table-without-rls]: public.llm_validation_failures: ")
                .contains("error[proved-hole]: public.llm_validation_failures: ");
        for (String view : List.of(
                "mv_allocation_summary", "mv_channel_performance", "mv_realtime_revenue", "mv_reconciliation_status")) {
            assertThat(run.out())
                    .contains("error[materialized-view-exposes-rls-table]: public." + view + ": ")
                    .contains("error[proved-hole]: public." + view + ": ");
        }
        assertThat(run.out().lines().filter(line -> line.startsWith("error["))).hasSize(10);
    }
}
