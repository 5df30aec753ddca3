package dev.pgattest.testing;

import dev.pgattest.postgres.Connections;
import dev.pgattest.postgres.Session;

/**
 * A shop of many tenants that row-level security keeps apart, owned by {@code audit_owner} and used by {@code audit_app}: customers, their
 * orders, sales in partitions, and the tenants themselves. Tests make holes in it.
 */
public final class TenantShop {

    /** Tenant ids of this type, and what the policies compare the column with. */
    public enum Id {
        UUID("uuid", "(select current_setting('app.tenant')::uuid)"),
        BIGINT("bigint", "(select current_setting('app.tenant')::bigint)"),
        TEXT("text", "(select current_setting('app.tenant'))");

        private final String type;
        private final String mine;

        Id(String type, String mine) {
            this.type = type;
            this.mine = mine;
        }
    }

    private static final String ROLES = """
            do $$
            declare r text;
            begin
                foreach r in array array['audit_owner', 'audit_app', 'audit_worker', 'audit_free', 'audit_second'] loop
                    if not exists (select from pg_roles where rolname = r) then
                        execute format('create role %I nologin', r);
                    end if;
                end loop;
                if exists (select from pg_roles where rolname = 'audit_free' and not rolbypassrls) then
                    alter role audit_free bypassrls;
                end if;
            end $$;
            """;

    private static final String TABLES = """
            create schema shop authorization audit_owner;
            grant usage on schema shop to audit_app, audit_worker, audit_second;
            set role audit_owner;
            create table shop.tenant (id %1$s primary key, name text not null);
            create table shop.customer (
                tenant_id %1$s not null references shop.tenant,
                id uuid not null default gen_random_uuid(),
                email text not null check (email like '%%@%%'),
                public boolean not null default false,
                primary key (tenant_id, id),
                unique (tenant_id, email));
            create table shop."Order" (
                tenant_id %1$s not null references shop.tenant,
                id bigint generated always as identity,
                customer_id uuid not null,
                total numeric(10, 2) not null check (total >= 0),
                state text not null default 'open' check (state in ('open', 'paid')),
                primary key (tenant_id, id),
                foreign key (tenant_id, customer_id) references shop.customer (tenant_id, id) on delete cascade);
            create table shop.sale (
                tenant_id %1$s not null references shop.tenant, year int not null, amount numeric not null,
                primary key (tenant_id, year)) partition by range (year);
            create table shop.sale_old partition of shop.sale for values from (2000) to (2025);
            create table shop.sale_new partition of shop.sale for values from (2025) to (2100);
            create table shop.currency (code text primary key);
            alter table shop.tenant enable row level security;
            alter table shop.tenant force row level security;
            alter table shop.customer enable row level security;
            alter table shop.customer force row level security;
            alter table shop."Order" enable row level security;
            alter table shop."Order" force row level security;
            alter table shop.sale enable row level security;
            alter table shop.sale force row level security;
            create policy mine on shop.tenant to audit_app, audit_second using (id = %2$s);
            create policy mine on shop.customer to audit_app, audit_second using (tenant_id = %2$s);
            create policy mine on shop."Order" to audit_app, audit_second using (tenant_id = %2$s);
            create policy mine on shop.sale to audit_app, audit_second using (tenant_id = %2$s);
            grant select on shop.tenant, shop.currency to audit_app, audit_second;
            grant select, insert, update, delete on shop.customer, shop."Order", shop.sale to audit_app, audit_second;
            reset role;
            """;

    private final Connections connections;
    private final Id id;

    private TenantShop(Connections connections, Id id) {
        this.connections = connections;
        this.id = id;
    }

    /** A shop in a database of its own, where nothing is wrong. */
    public static TenantShop withIds(Id id) {
        return new TenantShop(TestCluster.freshDatabase(), id).run(ROLES).another("shop");
    }

    /** Makes the same shop in another schema of the database. */
    public TenantShop another(String schema) {
        return run(TABLES.formatted(id.type, id.mine)
                .replace("shop.", schema + ".")
                .replace("schema shop", "schema " + schema));
    }

    /** Connections of the superuser. */
    public Connections connections() {
        return connections;
    }

    /** Runs statements as the superuser. */
    public TenantShop run(String sql) {
        try (Session session = connections.open()) {
            session.execute(sql);
        }
        return this;
    }
}
