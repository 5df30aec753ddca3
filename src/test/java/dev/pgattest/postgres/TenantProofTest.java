package dev.pgattest.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.audit.Attempt;
import dev.pgattest.audit.Attempt.Verdict;
import dev.pgattest.audit.AuditScope;
import dev.pgattest.audit.AuditSnapshot;
import dev.pgattest.postgres.TenantProof.Ground;
import dev.pgattest.testing.TenantShop;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is tried works where there is a hole, and nowhere else. */
class TenantProofTest {

    private static final String MINE = "(tenant_id = (select current_setting('app.tenant')::uuid))";

    /**
     * A hole.
     *
     * @param object that it is tried on
     * @param tried what works, as action and setting
     * @param sql makes it
     * @param mend closes it
     */
    private record Hole(String object, Set<String> tried, String sql, String mend) {}

    private static Hole policy(String clauses, String... tried) {
        return new Hole(
                "shop.customer",
                Set.of(tried),
                "create policy wide on shop.customer " + clauses.replaceFirst("for \\w+", "$0 to audit_app"),
                "drop policy wide on shop.customer");
    }

    private static final List<Hole> HOLES = List.of(
            new Hole(
                    "shop.customer",
                    Set.of(
                            "read a",
                            "insert a",
                            "update a",
                            "give_away a",
                            "delete a",
                            "read missing",
                            "insert missing",
                            "update missing",
                            "delete missing",
                            "read empty",
                            "insert empty",
                            "update empty",
                            "delete empty",
                            "read malformed",
                            "insert malformed",
                            "update malformed",
                            "delete malformed"),
                    "alter table shop.customer disable row level security",
                    "alter table shop.customer enable row level security"),
            policy("for select using (true)", "read a", "read missing", "read empty", "read malformed"),
            policy("for select using (current_setting('app.tenant', true) is null)", "read missing"),
            policy("for select using (current_setting('app.tenant', true) = '')", "read empty"),
            policy("for insert with check (true)", "insert a", "insert missing", "insert empty", "insert malformed"),
            policy("for delete using (true)", "delete a"),
            policy("for update using (true) with check (true)", "update a", "give_away a"),
            new Hole(
                    "shop.customer",
                    Set.of("read a"),
                    "create function shop.may_see(t uuid) returns boolean stable language sql as"
                            + " $$ select t is not null or current_setting('app.tenant') = t::text $$;"
                            + "create policy wide on shop.customer for select to audit_app"
                            + " using (current_setting('app.tenant', true) <> '' and shop.may_see(tenant_id))",
                    "create or replace function shop.may_see(t uuid) returns boolean stable language sql as"
                            + " $$ select t::text = current_setting('app.tenant', true) $$"),
            new Hole(
                    "shop.customer",
                    Set.of("read a"),
                    "create table shop.member (who text); insert into shop.member values ('audit_app');"
                            + "grant select on shop.member to audit_app;"
                            + "create policy wide on shop.customer for select to audit_app using"
                            + " (exists (select from shop.member as m where m.who = current_user))",
                    "alter table shop.member add tenant_id uuid; drop policy wide on shop.customer;"
                            + "create policy wide on shop.customer for select to audit_app using (exists"
                            + " (select from shop.member as m where m.who = current_user and m.tenant_id = customer.tenant_id))"),
            new Hole(
                    "shop.currency_rate",
                    Set.of("truncate a"),
                    "create table shop.currency_rate (tenant_id uuid not null, rate numeric not null);"
                            + "alter table shop.currency_rate enable row level security, force row level security;"
                            + "create policy mine on shop.currency_rate using " + MINE + ";"
                            + "grant select, truncate on shop.currency_rate to audit_app",
                    "revoke truncate on shop.currency_rate from audit_app"),
            new Hole(
                    "shop.customer",
                    Set.of("probe_unique a"),
                    "alter table shop.customer add constraint once unique (email)",
                    "alter table shop.customer drop constraint once"),
            new Hole(
                    "shop.bill",
                    Set.of("probe_reference a"),
                    "create table shop.invoice (tenant_id uuid not null, number int primary key);"
                            + "create table shop.bill (tenant_id uuid not null, number int references shop.invoice);"
                            + "alter table shop.bill enable row level security, force row level security;"
                            + "create policy mine on shop.bill using " + MINE + ";"
                            + "grant select, insert on shop.bill to audit_app",
                    "alter table shop.bill drop constraint bill_number_fkey;"
                            + "create unique index on shop.invoice (tenant_id, number);"
                            + "alter table shop.bill add foreign key (tenant_id, number)"
                            + " references shop.invoice (tenant_id, number)"),
            new Hole(
                    "shop.sale_old",
                    Set.of("read a", "read missing", "read empty", "read malformed"),
                    "grant select on shop.sale_old to audit_app",
                    "alter table shop.sale_old enable row level security, force row level security;"
                            + "create policy mine on shop.sale_old using " + MINE),
            new Hole(
                    "shop.emails",
                    Set.of("read a", "read missing", "read empty", "read malformed", "observe a"),
                    "create view shop.emails as select tenant_id, email from shop.customer;"
                            + "grant select on shop.emails to audit_app",
                    "create or replace view shop.emails with (security_barrier) as select tenant_id, email from shop.customer where "
                            + MINE),
            new Hole(
                    "shop.how_many",
                    Set.of("observe a"),
                    "create view shop.how_many as select count(*) as n from shop.customer;"
                            + "grant select on shop.how_many to audit_app",
                    "create or replace view shop.how_many as select count(*) as n from shop.customer where " + MINE),
            new Hole(
                    "shop.totals",
                    Set.of("observe a"),
                    "create materialized view shop.totals as select count(*) from shop.customer;"
                            + "grant select on shop.totals to audit_app",
                    "revoke select on shop.totals from audit_app"),
            new Hole(
                    "shop.my_sales",
                    Set.of("insert a"),
                    "create view shop.my_sales with (security_barrier) as select * from shop.sale where " + MINE
                            + "; grant select, insert on shop.my_sales to audit_app",
                    "alter view shop.my_sales set (check_option = cascaded)"),
            new Hole(
                    "shop.count_customers()",
                    Set.of("observe a"),
                    "create function shop.count_customers() returns bigint language sql security definer"
                            + " set search_path = shop, pg_temp as $$ select count(*) from customer $$",
                    "create or replace function shop.count_customers() returns bigint language sql security definer"
                            + " set search_path = shop, pg_temp as $$ select count(*) from customer where "
                            + MINE + " $$"));

    private static String within(int index, String text) {
        return text.replace("shop.", "shop" + index + ".").replace("search_path = shop", "search_path = shop" + index);
    }

    @Test
    void a_hole_is_proved_until_it_is_mended() {
        TenantShop shop = TenantShop.withIds(TenantShop.Id.UUID);
        for (int index = 0; index < HOLES.size(); index++) {
            shop.another("shop" + index);
            shop.run(within(index, HOLES.get(index).sql()));
        }
        List<Attempt> open = tried(shop);
        for (int index = 0; index < HOLES.size(); index++) {
            shop.run(within(index, HOLES.get(index).mend()));
        }
        List<Attempt> mended = tried(shop);

        for (int index = 0; index < HOLES.size(); index++) {
            Hole hole = HOLES.get(index);
            assertThat(worked(open, within(index, hole.object())))
                    .as(within(index, hole.sql()))
                    .containsAll(hole.tried());
            assertThat(worked(mended, within(index, hole.object())))
                    .as(within(index, hole.mend()))
                    .isEmpty();
        }
        assertThat(mended)
                .filteredOn(attempt -> attempt.verdict() == Verdict.NOT_PROVED)
                .isEmpty();
    }

    private static Set<String> worked(List<Attempt> attempts, String object) {
        return attempts.stream()
                .filter(attempt -> attempt.object().equals(object) && attempt.verdict() == Verdict.HOLE)
                .map(attempt ->
                        attempt.action().word() + " " + attempt.session().word())
                .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @EnumSource(TenantShop.Id.class)
    void nothing_works_in_a_sound_shop_whatever_its_ids_are(TenantShop.Id id) {
        List<Attempt> attempts = tried(TenantShop.withIds(id));

        assertThat(attempts)
                .allMatch(attempt -> attempt.verdict() == Verdict.HELD || attempt.verdict() == Verdict.TOLERATED);
        assertThat(attempts.stream()
                        .filter(attempt -> attempt.action() == Attempt.Action.READ_OWN)
                        .map(Attempt::object))
                .containsExactlyInAnyOrder("shop.\"Order\"", "shop.customer", "shop.sale");
    }

    @Test
    void rows_are_made_for_whatever_a_table_asks_of_them() {
        TenantShop shop = TenantShop.withIds(TenantShop.Id.UUID).run("""
                create type shop.mood as enum ('fine', 'ill');
                create domain shop.code as text check (value ~ '^[A-Z]{3}$');
                create domain shop.positive as int not null check (value > 41);
                create table shop.country (code shop.code primary key);
                create table shop."Ödd ""table\\" (
                    "Key $1" int generated always as identity,
                    tenant_id uuid not null references shop.tenant on delete cascade,
                    mood shop.mood not null, country shop.code not null references shop.country,
                    size shop.positive, small smallint not null check (small between 300 and 400),
                    price numeric(4, 2) not null, tags text[] not null, doc jsonb not null check (jsonb_typeof(doc) = 'array'),
                    span int4range not null, moment timestamptz not null check (moment >= '2030-01-01'),
                    later timestamptz, state text not null, flag boolean not null check (flag), raw bytea not null,
                    address inet not null, hash char(64) not null check (hash ~ '^[0-9a-f]{64}$'), pause interval not null,
                    double int generated always as (small * 2) stored,
                    parent int,
                    constraint state_legal check (state in ('new', 'done')),
                    constraint done_later check ((state = 'done') = (later is not null)),
                    constraint once unique (tenant_id, price),
                    primary key (tenant_id, "Key $1"),
                    foreign key (tenant_id, parent) references shop."Ödd ""table\\" (tenant_id, "Key $1"));
                alter table shop."Ödd ""table\\" enable row level security, force row level security;
                create policy mine on shop."Ödd ""table\\" using (tenant_id = current_setting('app.tenant')::uuid);
                grant select, insert, update, delete on shop."Ödd ""table\\" to audit_app;
                create table shop.day (tenant_id uuid not null, day date not null, primary key (tenant_id, day))
                    partition by list (tenant_id);
                create table shop.day_rest partition of shop.day default partition by range (day);
                create table shop.day_2031 partition of shop.day_rest for values from ('2031-01-01') to ('2032-01-01');
                alter table shop.day enable row level security, force row level security;
                create policy mine on shop.day using (tenant_id = current_setting('app.tenant')::uuid);
                grant select, insert on shop.day to audit_app;
                """);
        List<Attempt> attempts = tried(shop);

        assertThat(attempts)
                .filteredOn(attempt -> attempt.verdict() != Verdict.HELD)
                .isEmpty();
        assertThat(attempts.stream()
                        .filter(attempt -> attempt.action() == Attempt.Action.READ_OWN
                                && attempt.outcome().equals("1 row"))
                        .map(Attempt::object))
                .contains("shop.\"Ödd \"\"table\\\"", "shop.day");
    }

    @Test
    void a_table_that_no_row_can_be_made_for_is_not_proved() {
        TenantShop shop = TenantShop.withIds(TenantShop.Id.UUID).run("""
                create table shop.riddle (tenant_id uuid not null, answer text not null check (md5(answer) = 'x'));
                alter table shop.riddle enable row level security, force row level security;
                create policy mine on shop.riddle using (tenant_id = current_setting('app.tenant')::uuid);
                grant select on shop.riddle to audit_app;
                """);

        assertThat(tried(shop))
                .filteredOn(attempt -> attempt.object().equals("shop.riddle"))
                .singleElement()
                .satisfies(attempt -> {
                    assertThat(attempt.verdict()).isEqualTo(Verdict.NOT_PROVED);
                    assertThat(attempt.outcome()).contains("answer", "md5");
                });
    }

    @Test
    void rows_that_are_there_serve_where_none_can_be_made() {
        TenantShop shop = TenantShop.withIds(TenantShop.Id.UUID).run("""
                create table shop.riddle (tenant_id uuid not null, answer text not null);
                insert into shop.riddle select gen_random_uuid(), 'old' from generate_series(1, 3);
                alter table shop.riddle add check (md5(answer) = 'x') not valid;
                alter table shop.riddle enable row level security, force row level security;
                create policy wide on shop.riddle using (current_setting('app.tenant') <> '');
                grant select on shop.riddle to audit_app;
                """);

        assertThat(worked(tried(shop), "shop.riddle")).containsExactlyInAnyOrder("read a", "read malformed");
        assertThat(tried(shop, Ground.RUNNING))
                .filteredOn(attempt -> attempt.object().equals("shop.riddle"))
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.verdict()).isEqualTo(Verdict.NOT_PROVED));
    }

    @Test
    void nothing_stays_and_statements_without_a_condition_are_not_run_in_a_running_database() {
        TenantShop shop = TenantShop.withIds(TenantShop.Id.UUID)
                .run("create policy wide on shop.customer for delete to audit_app using (true)");
        List<Attempt> attempts = tried(shop, Ground.RUNNING);

        assertThat(worked(attempts, "shop.customer")).isEmpty();
        try (Session session = shop.connections().open()) {
            assertThat(session.text("select count(*) from shop.tenant, shop.customer"))
                    .isEqualTo("0");
        }
    }

    private static List<Attempt> tried(TenantShop shop) {
        return tried(shop, Ground.OWN);
    }

    private static List<Attempt> tried(TenantShop shop, Ground ground) {
        try (Session session = shop.connections().open()) {
            AuditSnapshot snapshot = AuditCatalog.read(
                    session,
                    new AuditScope.Known("tenant_id", "app.tenant", Map.of(), List.of("audit_app"), "the test"));
            return new TenantProof(shop.connections(), snapshot, ground).run();
        }
    }
}
