package dev.pgattest.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.ChosenSeverities;
import dev.pgattest.Severity;
import dev.pgattest.audit.AuditReport;
import dev.pgattest.pipeline.AuditRequest.Proof;
import dev.pgattest.postgres.Connections;
import dev.pgattest.postgres.ServerChoice;
import dev.pgattest.postgres.Session;
import dev.pgattest.testing.TenantShop;
import dev.pgattest.testing.TestCluster;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each hole is found in a shop that is otherwise sound, and gone when it is mended. */
class AuditHolesTest {

    /**
     * A hole.
     *
     * @param rule that finds it
     * @param severity of the finding
     * @param object that the finding names
     * @param sql makes it
     * @param mend closes it
     */
    record Hole(String rule, Severity severity, String object, String sql, String mend) {

        static Hole error(String rule, String object, String sql, String mend) {
            return new Hole(rule, Severity.ERROR, object, sql, mend);
        }

        static Hole warning(String rule, String object, String sql, String mend) {
            return new Hole(rule, Severity.WARNING, object, sql, mend);
        }

        static Hole note(String rule, String object, String sql, String mend) {
            return new Hole(rule, Severity.INFO, object, sql, mend);
        }

        String finding() {
            return severity.word() + " " + rule + " " + object;
        }

        @Override
        public String toString() {
            return rule + ": " + sql;
        }
    }

    private static final String MINE = "(tenant_id = (select current_setting('app.tenant')::uuid))";

    private static Hole policy(String rule, String condition) {
        return Hole.error(
                rule,
                "shop.customer",
                "create policy wide on shop.customer to audit_app using (" + condition + ")",
                "drop policy wide on shop.customer");
    }

    static Stream<Hole> tables() {
        return Stream.of(
                Hole.error(
                        "tenant-table-without-rls",
                        "shop.customer",
                        "alter table shop.customer disable row level security",
                        "alter table shop.customer enable row level security"),
                Hole.error(
                        "tenant-table-without-rls",
                        "shop.\"Ünüsual \"\"name\"",
                        "create table shop.\"Ünüsual \"\"name\" (tenant_id uuid not null)",
                        "alter table shop.\"Ünüsual \"\"name\" enable row level security;"
                                + "alter table shop.\"Ünüsual \"\"name\" force row level security;"
                                + "create policy mine on shop.\"Ünüsual \"\"name\" using " + MINE),
                Hole.error(
                        "row-security-not-forced",
                        "shop.\"Order\"",
                        "alter table shop.\"Order\" no force row level security",
                        "alter table shop.\"Order\" force row level security"),
                Hole.warning(
                        "no-policy-for-command",
                        "shop.sale",
                        "drop policy mine on shop.sale; create policy reads on shop.sale for select using " + MINE,
                        "create policy writes on shop.sale for all using " + MINE),
                Hole.error(
                        "part-without-row-security",
                        "shop.sale_old",
                        "grant select on shop.sale_old to audit_app",
                        "revoke all on shop.sale_old from audit_app"),
                Hole.error(
                        "part-without-row-security",
                        "shop.sale_new",
                        "grant select on shop.sale_new to audit_worker",
                        "alter table shop.sale_new enable row level security;"
                                + "alter table shop.sale_new force row level security"),
                Hole.error(
                        "part-without-row-security",
                        "shop.customer_archive",
                        "create table shop.customer_archive () inherits (shop.customer);"
                                + "grant select on shop.customer_archive to public",
                        "revoke all on shop.customer_archive from public"),
                Hole.error(
                        "parent-shows-tenant-rows",
                        "shop.document",
                        "create table shop.document (body text); create table shop.contract (tenant_id uuid not null)"
                                + " inherits (shop.document); grant select on shop.document to audit_app",
                        "revoke all on shop.document from audit_app"),
                Hole.error(
                        "foreign-table-without-row-security",
                        "shop.far",
                        "create foreign data wrapper nowhere; create server far foreign data wrapper nowhere;"
                                + "create foreign table shop.far (tenant_id uuid) server far; grant select on shop.far to audit_app",
                        "revoke all on shop.far from audit_app"),
                Hole.warning(
                        "tenant-column-nullable",
                        "shop.note",
                        "create table shop.note (tenant_id uuid)",
                        "alter table shop.note alter tenant_id set not null"));
    }

    static Stream<Hole> policies() {
        return Stream.of(
                policy("policy-opens-table", "true"),
                policy("policy-opens-table", "public"),
                policy("policy-opens-table", "email like '%@example.com'"),
                policy("policy-opens-table", MINE + " or public"),
                policy("policy-opens-table", "tenant_id = tenant_id"),
                policy("policy-opens-table", MINE + " or tenant_id is null"),
                policy("policy-opens-table", "tenant_id <> current_setting('app.tenant')::uuid"),
                policy("policy-opens-table", "case when public then true else " + MINE + " end"),
                Hole.warning(
                        "policy-opens-table",
                        "shop.customer",
                        "create policy wide on shop.customer using (" + MINE
                                + " or current_setting('app.admin', true) = 'on')",
                        "drop policy wide on shop.customer"),
                policy("policy-admits-missing-setting", MINE + " or current_setting('app.tenant', true) is null"),
                policy("policy-admits-missing-setting", MINE + " or current_setting('app.tenant', true) = ''"),
                policy(
                        "policy-admits-missing-setting",
                        "tenant_id = coalesce(nullif(current_setting('app.tenant', true), '')::uuid, tenant_id)"),
                policy(
                        "policy-admits-missing-setting",
                        "(tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) is not false"),
                policy(
                        "policy-admits-missing-setting",
                        "coalesce(tenant_id = nullif(current_setting('app.tenant', true), '')::uuid, true)"),
                Hole.error(
                        "policy-without-check",
                        "shop.customer",
                        "create policy adds on shop.customer for insert to audit_app with check (true)",
                        "drop policy adds on shop.customer"),
                Hole.error(
                        "policy-without-check",
                        "shop.sale",
                        "drop policy mine on shop.sale; create policy mine on shop.sale using " + MINE
                                + " with check (year > 2000)",
                        "drop policy mine on shop.sale; create policy mine on shop.sale using " + MINE),
                Hole.error(
                        "policy-opens-table",
                        "shop.sale",
                        "create policy wide on shop.sale using (true)",
                        "create policy narrow on shop.sale as restrictive using " + MINE),
                Hole.warning(
                        "policy-calls-volatile-function",
                        "shop.customer",
                        "create function shop.who() returns uuid language sql as $$ select current_setting('app.tenant')::uuid $$;"
                                + "drop policy mine on shop.customer;"
                                + "create policy mine on shop.customer using (tenant_id = shop.who())",
                        "drop policy mine on shop.customer;"
                                + "create policy mine on shop.customer using (tenant_id = (select shop.who()))"),
                Hole.warning(
                        "policy-wraps-tenant-column",
                        "shop.customer",
                        "drop policy mine on shop.customer; create policy mine on shop.customer using (tenant_id::text ="
                                + " current_setting('app.tenant'))",
                        "drop policy mine on shop.customer; create policy mine on shop.customer using " + MINE),
                Hole.warning(
                        "policy-defeats-index",
                        "shop.customer",
                        "drop policy mine on shop.customer; create policy mine on shop.customer using (case"
                                + " when public then " + MINE + " else " + MINE + " end)",
                        "drop policy mine on shop.customer; create policy mine on shop.customer using " + MINE),
                Hole.error(
                        "policy-function-exposed",
                        "shop.may_see(t uuid)",
                        "create table shop.member (tenant uuid, who text);"
                                + "create function shop.may_see(t uuid) returns boolean stable language plpgsql as"
                                + " $$ begin return exists (select from member m where m.tenant = t and m.who = current_user); end $$;"
                                + "create policy members on shop.customer using (shop.may_see(tenant_id))",
                        "alter function shop.may_see(uuid) set search_path = shop, pg_temp"),
                Hole.error(
                        "policy-function-exposed",
                        "shop.sees(t uuid)",
                        "create function shop.sees(t uuid) returns boolean stable language sql as"
                                + " $$ select t = current_setting('app.tenant')::uuid $$; alter function shop.sees(uuid) owner to audit_app;"
                                + "create policy members on shop.customer using (shop.sees(tenant_id))",
                        "alter function shop.sees(uuid) owner to audit_owner"),
                Hole.note(
                        "cross-tenant-role",
                        "audit_worker",
                        "create policy work on shop.customer to audit_worker using (true)",
                        "drop policy work on shop.customer"));
    }

    private static boolean isBefore16() {
        try (Session session = TestCluster.server().open()) {
            return session.serverVersion().major() < 16;
        }
    }

    static Stream<Hole> roles() {
        return Stream.of(
                Hole.error(
                        "application-role-bypasses",
                        "audit_app",
                        "alter role audit_app bypassrls",
                        "alter role audit_app nobypassrls"),
                Hole.error(
                        "application-role-bypasses",
                        "audit_app",
                        "alter role audit_app superuser",
                        "alter role audit_app nosuperuser"),
                Hole.error(
                        "application-role-becomes-another",
                        "audit_app",
                        "grant audit_free to audit_app",
                        "revoke audit_free from audit_app"),
                Hole.error(
                        "application-role-becomes-another",
                        "audit_app",
                        "create policy work on shop.customer to audit_worker using (true); grant audit_worker to audit_app",
                        "revoke audit_worker from audit_app"),
                Hole.error(
                        "application-role-becomes-another",
                        "audit_app",
                        "grant pg_read_server_files to audit_app",
                        "revoke pg_read_server_files from audit_app"),
                Hole.error(
                        "application-role-owns-tables",
                        "audit_app",
                        "grant audit_owner to audit_app",
                        "revoke audit_owner from audit_app"),
                Hole.error(
                        "application-role-owns-tables",
                        "audit_app",
                        "alter table shop.customer owner to audit_app",
                        "alter table shop.customer owner to audit_owner"),
                Hole.error(
                        "application-role-replicates",
                        "audit_app",
                        "alter role audit_app replication",
                        "alter role audit_app noreplication"),
                new Hole(
                        "application-role-creates-roles",
                        isBefore16() ? Severity.ERROR : Severity.WARNING,
                        "audit_app",
                        "alter role audit_app createrole",
                        "alter role audit_app nocreaterole"),
                Hole.error(
                        "tenant-setting-has-default",
                        "audit_app",
                        "alter role audit_app set app.tenant = '00000000-0000-0000-0000-000000000001'",
                        "alter role audit_app reset app.tenant"));
    }

    static Stream<Hole> views() {
        return Stream.of(
                Hole.error(
                        "view-bypasses-row-security",
                        "shop.emails",
                        "create view shop.emails as select tenant_id, email from shop.customer;"
                                + "grant select on shop.emails to audit_app",
                        "alter view shop.emails set (security_invoker = true)"),
                Hole.error(
                        "view-bypasses-row-security",
                        "shop.outer_emails",
                        "create view shop.inner_emails as select tenant_id, email from shop.customer;"
                                + "create view shop.outer_emails as select email from shop.inner_emails;"
                                + "grant select on shop.outer_emails to audit_app",
                        "alter view shop.inner_emails set (security_invoker = true);"
                                + "alter view shop.outer_emails set (security_invoker = true);"
                                + "grant select on shop.inner_emails to audit_app"),
                Hole.error(
                        "view-bypasses-row-security",
                        "shop.halves",
                        "create view shop.halves with (security_barrier) as select email from shop.customer where "
                                + MINE
                                + " union all select email from shop.customer where public;"
                                + "grant select on shop.halves to audit_app",
                        "create or replace view shop.halves with (security_barrier) as select email from shop.customer where "
                                + MINE + " union all select email from shop.customer where public and " + MINE),
                Hole.error(
                        "view-without-security-barrier",
                        "shop.my_emails",
                        "create view shop.my_emails as select tenant_id, email from shop.customer where " + MINE
                                + "; grant select on shop.my_emails to audit_app",
                        "alter view shop.my_emails set (security_barrier = true)"),
                Hole.error(
                        "view-writes-unchecked",
                        "shop.my_sales",
                        "create view shop.my_sales with (security_barrier) as select * from shop.sale where " + MINE
                                + "; grant select, insert on shop.my_sales to audit_app",
                        "alter view shop.my_sales set (check_option = cascaded)"),
                Hole.error(
                        "materialized-view-exposes-rls-table",
                        "shop.totals",
                        "create materialized view shop.totals as select tenant_id, count(*) from shop.customer group by 1;"
                                + "grant select on shop.totals to audit_app",
                        "revoke all on shop.totals from audit_app;"
                                + "create view shop.my_totals with (security_barrier) as select * from shop.totals where "
                                + MINE + "; grant select on shop.my_totals to audit_app"),
                Hole.error(
                        "view-bypasses-row-security",
                        "shop.all_totals",
                        "create materialized view shop.totals as select tenant_id, count(*) from shop.customer group by 1;"
                                + "create view shop.all_totals as select * from shop.totals;"
                                + "grant select on shop.all_totals to audit_app",
                        "create or replace view shop.all_totals with (security_barrier) as select * from shop.totals where "
                                + MINE),
                Hole.warning(
                        "rule-runs-as-owner",
                        "shop.inbox",
                        "create table shop.inbox (tenant_id uuid not null, email text); alter table shop.inbox owner to postgres;"
                                + "create rule copy as on insert to shop.inbox do also"
                                + " insert into shop.customer (tenant_id, email) values (new.tenant_id, new.email);"
                                + "grant insert on shop.inbox to audit_app",
                        "drop rule copy on shop.inbox"));
    }

    static Stream<Hole> routines() {
        return Stream.of(
                Hole.error(
                        "security-definer-bypasses-row-security",
                        "shop.count_customers()",
                        "create function shop.count_customers() returns bigint language sql security definer"
                                + " set search_path = shop, pg_temp as $$ select count(*) from customer $$",
                        "alter function shop.count_customers() security invoker"),
                Hole.warning(
                        "security-definer-bypasses-row-security",
                        "shop.run(q text)",
                        "create function shop.run(q text) returns void language plpgsql security definer"
                                + " set search_path = shop, pg_temp as $$ begin execute q; end $$",
                        "revoke execute on function shop.run(text) from public"),
                Hole.error(
                        "security-definer-without-search-path",
                        "shop.forget(e text)",
                        "create function shop.forget(e text) returns void language plpgsql security definer"
                                + " as $$ begin delete from currency where code = e; end $$",
                        "alter function shop.forget(text) set search_path = shop, pg_temp"),
                Hole.error(
                        "security-definer-without-search-path",
                        "shop.forget(e text)",
                        "create function shop.forget(e text) returns void language sql security definer"
                                + " set search_path = shop as $$ delete from currency where code = e $$",
                        "alter function shop.forget(text) set search_path = shop, pg_temp"),
                Hole.warning(
                        "security-definer-open-to-public",
                        "shop.one()",
                        "create function shop.one() returns int language sql security definer set search_path = '' as $$ select 1 $$",
                        "revoke execute on function shop.one() from public"),
                Hole.warning(
                        "trigger-runs-as-definer",
                        "shop.touch()",
                        "create function shop.touch() returns trigger language plpgsql security definer"
                                + " set search_path = shop, pg_temp as $$ begin update customer set public = true; return new; end $$;"
                                + "create trigger touch after insert on shop.\"Order\" for each row execute function shop.touch()",
                        "alter function shop.touch() security invoker"));
    }

    static Stream<Hole> keys() {
        return Stream.of(
                Hole.error(
                        "unique-across-tenants",
                        "shop.customer",
                        "alter table shop.customer add constraint once unique (email)",
                        "alter table shop.customer drop constraint once"),
                Hole.error(
                        "unique-across-tenants",
                        "shop.customer",
                        "create unique index once on shop.customer (lower(email)) where public",
                        "drop index shop.once; create unique index once on shop.customer (tenant_id, lower(email)) where public"),
                Hole.error(
                        "unique-across-tenants",
                        "shop.customer",
                        "alter table shop.customer add constraint once exclude using btree (email with =)",
                        "alter table shop.customer drop constraint once"),
                Hole.warning(
                        "unique-across-tenants",
                        "shop.ticket",
                        "create table shop.ticket (tenant_id uuid not null, id bigserial primary key);"
                                + "grant insert on shop.ticket to audit_app",
                        "alter table shop.ticket drop constraint ticket_pkey, add primary key (tenant_id, id)"),
                Hole.error(
                        "foreign-key-across-tenants",
                        "shop.bill",
                        "create table shop.invoice (tenant_id uuid not null, number int primary key);"
                                + "create table shop.bill (tenant_id uuid not null, number int references shop.invoice);"
                                + "grant insert on shop.bill to audit_app",
                        "alter table shop.bill drop constraint bill_number_fkey;"
                                + "create unique index on shop.invoice (tenant_id, number);"
                                + "alter table shop.bill add foreign key (tenant_id, number)"
                                + " references shop.invoice (tenant_id, number)"),
                Hole.note(
                        "tenant-column-without-index",
                        "",
                        "create table shop.log (tenant_id uuid not null)",
                        "create index on shop.log (tenant_id)"));
    }

    static Stream<Hole> grants() {
        return Stream.of(
                Hole.error(
                        "truncate-granted",
                        "shop.customer",
                        "grant truncate on shop.customer to audit_app",
                        "revoke truncate on shop.customer from audit_app"),
                Hole.warning(
                        "references-granted",
                        "shop.customer",
                        "grant references (id) on shop.customer to audit_app",
                        "revoke references (id) on shop.customer from audit_app"),
                Hole.error(
                        "trigger-granted",
                        "shop.customer",
                        "grant trigger on shop.customer to audit_app",
                        "revoke trigger on shop.customer from audit_app"),
                Hole.warning(
                        "granted-to-public",
                        "shop.customer",
                        "grant select on shop.customer to public",
                        "revoke select on shop.customer from public"),
                Hole.warning(
                        "table-refers-to-tenants-rows",
                        "shop.line",
                        "create table shop.line (t uuid, o bigint, foreign key (t, o) references shop.\"Order\");"
                                + "grant select on shop.line to audit_app",
                        "revoke select on shop.line from audit_app"),
                Hole.warning(
                        "tenants-listed",
                        "shop.tenant",
                        "alter table shop.tenant disable row level security",
                        "alter table shop.tenant enable row level security"),
                Hole.warning(
                        "shared-table-written",
                        "shop.currency",
                        "grant insert on shop.currency to audit_app",
                        "revoke insert on shop.currency from audit_app"),
                Hole.error(
                        "statistics-readable",
                        "pg_catalog.pg_statistic",
                        "grant select on pg_catalog.pg_statistic to audit_app",
                        "revoke select on pg_catalog.pg_statistic from audit_app"),
                Hole.warning(
                        "large-objects-readable",
                        "",
                        "select lo_create(4711); grant select on large object 4711 to public",
                        "select lo_unlink(4711)"),
                Hole.note(
                        "sequences-shared",
                        "",
                        "create sequence shop.counter; grant select on sequence shop.counter to audit_app",
                        "revoke select on sequence shop.counter from audit_app"));
    }

    /** Holes in shops of their own, all in one database, so that it is read only twice. */
    static Stream<Hole> withinShops() {
        return Stream.of(tables(), policies(), views(), routines(), keys(), grants())
                .flatMap(each -> each)
                .filter(hole -> hole.object().startsWith("shop."));
    }

    static Stream<Hole> ofDatabases() {
        Stream<Hole> others = Stream.of(policies(), keys(), grants())
                .flatMap(each -> each)
                .filter(hole -> !hole.object().startsWith("shop."));
        return Stream.concat(roles(), others);
    }

    @Test
    void every_hole_in_a_shop_is_found_until_it_is_mended() {
        TenantShop shop = TenantShop.withIds(TenantShop.Id.UUID);
        List<Hole> holes = withinShops().toList();
        for (int index = 0; index < holes.size(); index++) {
            shop.another("shop" + index);
            shop.run(within(index, holes.get(index).sql()));
        }
        List<String> found = findings(shop.connections());
        for (int index = 0; index < holes.size(); index++) {
            shop.run(within(index, holes.get(index).mend()));
        }
        List<String> left = findings(shop.connections());

        for (int index = 0; index < holes.size(); index++) {
            assertThat(found)
                    .as(holes.get(index).sql())
                    .contains(within(index, holes.get(index).finding()));
            assertThat(left)
                    .as(holes.get(index).mend())
                    .doesNotContain(within(index, holes.get(index).finding()));
        }
    }

    private static String within(int index, String text) {
        return text.replace("shop.", "shop" + index + ".").replace("search_path = shop", "search_path = shop" + index);
    }

    @ParameterizedTest
    @MethodSource("ofDatabases")
    void a_hole_is_found_until_it_is_mended(Hole hole) {
        TenantShop shop = TenantShop.withIds(TenantShop.Id.UUID).run(hole.sql());
        List<String> found;
        try {
            found = findings(shop.connections());
        } finally {
            shop.run(hole.mend());
        }

        assertThat(found).contains(hole.finding());
        assertThat(findings(shop.connections())).doesNotContain(hole.finding());
    }

    @ParameterizedTest
    @EnumSource(TenantShop.Id.class)
    void nothing_is_found_in_a_sound_shop(TenantShop.Id id) {
        assertThat(findings(TenantShop.withIds(id).connections()))
                .noneMatch(finding -> finding.startsWith("error") || finding.startsWith("warning"));
    }

    @Test
    void the_tenants_their_setting_and_the_application_are_inferred_and_said_so() {
        AuditReport report = audit(TenantShop.withIds(TenantShop.Id.UUID)
                .run("create policy work on shop.customer to audit_worker using (true)")
                .connections());

        assertThat(report.scope().tenantColumn()).isEqualTo("tenant_id");
        assertThat(report.scope().setting()).contains("app.tenant");
        assertThat(report.scope().roles()).containsExactly("audit_app", "audit_second");
        assertThat(report.scope().sources())
                .anyMatch(source -> source.startsWith("tenant column tenant_id: inferred"))
                .anyMatch(source -> source.startsWith("tenant setting app.tenant: inferred"))
                .anyMatch(source -> source.startsWith("application role audit_app, audit_second: inferred"));
    }

    private static List<String> findings(Connections database) {
        return audit(database).findings().stream()
                .map(finding -> finding.severity().word() + " " + finding.rule() + " " + finding.object())
                .toList();
    }

    private static AuditReport audit(Connections database) {
        AuditRequest request = new AuditRequest(
                null,
                new ServerChoice.Running(database.settings()),
                null,
                new AuditRequest.Tenants(null, null, List.of()),
                Proof.READ_ONLY,
                ChosenSeverities.NONE);
        return new AuditDatabase(request, new Progress() {}).run();
    }
}
