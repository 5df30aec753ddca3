package dev.pgattest.testing;

import dev.pgattest.PgattestException;
import dev.pgattest.postgres.ConnectionSettings;
import dev.pgattest.postgres.Connections;
import dev.pgattest.postgres.Secret;
import dev.pgattest.postgres.Session;
import java.util.Objects;

/** A database as it may stand on a server that is in use: each method makes one thing that is well or ill with it. */
public final class LiveDatabase {

    /** The password of every role that {@link #withRole} makes. */
    public static final String PASSWORD = "p\"w'1";

    private final Connections connections;

    private LiveDatabase(Connections connections) {
        this.connections = connections;
    }

    /** A database with a table {@code shop."Order"}, of 60,000 rows, and its customers, all analyzed. */
    public static LiveDatabase in(Connections database) {
        LiveDatabase live = new LiveDatabase(database);
        live.run("""
                create schema shop;
                create table shop.customer (id bigint primary key, name text not null);
                insert into shop.customer select i, 'customer ' || i from generate_series(1, 1000) as i;
                create table shop."Order" (
                    id bigint primary key, customer_id bigint not null, state text not null, placed date not null, note text);
                insert into shop."Order"
                select i, i % 1000 + 1, case i % 3 when 0 then 'open' else 'done' end, date '2026-01-01' + (i % 100)::int,
                    repeat('n', 100)
                from generate_series(1, 60000) as i;
                """);
        live.run("vacuum analyze");
        return live;
    }

    /** Connections of the superuser. */
    public Connections connections() {
        return connections;
    }

    /** Runs statements one by one or several in one message, as the superuser. */
    public LiveDatabase run(String sql) {
        try (Session session = connections.open()) {
            session.execute(sql);
        }
        return this;
    }

    /** {@code shop.order_state_once}: a unique index whose concurrent build failed. */
    public LiveDatabase withInvalidIndex() {
        try {
            run("create unique index concurrently order_state_once on shop.\"Order\" (state)");
        } catch (PgattestException expected) {
            return this;
        }
        throw new IllegalStateException("the index was built");
    }

    /** {@code shop.order_placed}, which nothing has ever scanned. */
    public LiveDatabase withUnusedIndex() {
        return run("create index order_placed on shop.\"Order\" (placed)");
    }

    /** {@code shop.order_customer} and {@code shop."Order customer again"}, which are the same. */
    public LiveDatabase withDuplicateIndex() {
        return run("create index order_customer on shop.\"Order\" (customer_id);"
                + "create index \"Order customer again\" on shop.\"Order\" (customer_id)");
    }

    /** {@code shop.customer_name}, the first column of {@code shop.customer_name_id}. */
    public LiveDatabase withRedundantIndex() {
        return run("create index customer_name on shop.customer (name);"
                + "create index customer_name_id on shop.customer (name, id)");
    }

    /** {@code shop.bloated_key}: an index of 2 MB or more whose rows are nearly all gone. */
    public LiveDatabase withBloatedIndex(int rows) {
        run("create table shop.bloated (key bigint); insert into shop.bloated select i from generate_series(1, " + rows
                + ") as i; create index bloated_key on shop.bloated (key);"
                + "delete from shop.bloated where key % 100 <> 0");
        return run("vacuum analyze shop.bloated");
    }

    /** {@code shop.ticket_id_seq}, a sequence of bigint that fills a column of integer and stands near its end. */
    public LiveDatabase withSequenceNearEnd() {
        return run("create table shop.ticket (id integer primary key, text text);"
                + "create sequence shop.ticket_id_seq as bigint owned by shop.ticket.id;"
                + "alter table shop.ticket alter id set default nextval('shop.ticket_id_seq');"
                + "select setval('shop.ticket_id_seq', 2000000000)");
    }

    /** {@code shop.sale}, partitioned by year, with rows in both partitions, an index and no statistics of the whole. */
    public LiveDatabase withPartitions() {
        run("""
                create table shop.sale (id bigint not null, year int not null, customer_id bigint) partition by list (year);
                create table shop.sale_2025 partition of shop.sale for values in (2025);
                create table shop.sale_2026 partition of shop.sale for values in (2026);
                create index sale_customer on shop.sale (customer_id);
                insert into shop.sale select i, 2025 + i % 2, i % 1000 + 1 from generate_series(1, 20000) as i;
                """);
        return run("analyze shop.sale_2025; analyze shop.sale_2026");
    }

    /** {@code shop.customer_lower}, an index on an expression, built after the last ANALYZE. */
    public LiveDatabase withExpressionIndex() {
        return run("create index customer_lower on shop.customer (lower(name))");
    }

    /** A role that may connect and do nothing else, besides what is granted to it. */
    public LiveDatabase withRole(String name, String... grants) {
        run("create role " + name + " login password '" + PASSWORD.replace("'", "''") + "'");
        for (String grant : grants) {
            run("grant " + grant + " to " + name);
        }
        return this;
    }

    /** The connection string of the superuser. */
    public String url() {
        ConnectionSettings settings = connections.settings();
        return keywords(settings.user(), Objects.requireNonNull(settings.password()));
    }

    /** The connection string of a role that {@link #withRole} made. */
    public String urlOf(String role) {
        return keywords(role, new Secret(PASSWORD));
    }

    private String keywords(String user, Secret password) {
        ConnectionSettings settings = connections.settings();
        return "host=%s port=%d dbname='%s' user='%s' password='%s'"
                .formatted(
                        settings.hosts().get(0).host(),
                        settings.hosts().get(0).port(),
                        settings.database(),
                        user,
                        password.value().replace("\\", "\\\\").replace("'", "\\'"));
    }
}
