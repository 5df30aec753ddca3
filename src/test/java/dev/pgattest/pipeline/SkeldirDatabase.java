package dev.pgattest.pipeline;

import dev.pgattest.postgres.Connections;
import dev.pgattest.postgres.Migrations;
import dev.pgattest.postgres.Secret;
import dev.pgattest.postgres.Session;
import dev.pgattest.postgres.SqlFailure;
import dev.pgattest.postgres.StateScript;
import dev.pgattest.testing.TestCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Skeldir's schema in a database of its own, without rows. It belongs to an ordinary role, which may take on skeldir_rollup and has
 * nothing of it otherwise: what works only because a superuser owns it, fails here.
 */
final class SkeldirDatabase {

    private static final Path FOLDER = Path.of("systems", "skeldir");
    private static final String OWNER = "skeldir_owner";
    private static final String PASSWORD = "p1234567";
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final Connections superuser;
    private final Connections owner;

    private SkeldirDatabase(Connections superuser) {
        this.superuser = superuser;
        this.owner = new Connections(superuser.settings().withUser(OWNER, new Secret(PASSWORD)));
    }

    /** The migrations alone. */
    static SkeldirDatabase migrated() {
        Connections database = TestCluster.freshDatabase();
        try (Session session = database.open()) {
            session.execute(text("migrations/V1__roles.sql"));
            session.execute("do $$ begin create role " + OWNER + " login noinherit password '" + PASSWORD
                    + "'; exception when duplicate_object then null; end $$");
            session.execute("grant skeldir_rollup to " + OWNER);
            session.execute("alter database " + database.settings().database() + " owner to " + OWNER);
        }
        SkeldirDatabase skeldir = new SkeldirDatabase(database);
        Migrations.run(skeldir.owner.settings(), FOLDER.resolve("migrations").toAbsolutePath(), "migrations");
        return skeldir;
    }

    /** Goes on to the proven state, as its owner. */
    SkeldirDatabase proven() {
        String script = "states/proven/apply.sql";
        try (Session session = owner.open()) {
            StateScript.run(session, script, text(script));
        }
        return this;
    }

    /** The text of a file of the system. */
    static String text(String file) {
        try {
            return Files.readString(FOLDER.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException("run it in the root of the repository", e);
        }
    }

    /** A session of the superuser, whom no policy binds. */
    Session superuser() {
        return superuser.open();
    }

    /** A session of the owner of the schema. */
    Session owner() {
        return owner.open();
    }

    /** A session in a role that serves all tenants. */
    Session as(String role) {
        Session session = superuser.open();
        session.execute("set role " + role);
        return session;
    }

    /** A session of the application for a tenant. */
    Session appOf(UUID tenant) {
        Session session = as("skeldir_app");
        session.execute("set app.current_tenant_id = '" + tenant + "'");
        return session;
    }

    /** A new tenant. */
    UUID tenant() {
        int number = NUMBERS.incrementAndGet();
        try (Session session = superuser.open()) {
            return UUID.fromString(one(
                    session,
                    "insert into tenants (name, api_key_hash, notification_email) values ('Tenant %1$s', 'hash %1$s',"
                            + " 'ops@tenant-%1$s.example') returning id",
                    number));
        }
    }

    /** A new event of a tenant with a value, taken in by the application. */
    UUID event(UUID tenant, int valueCents) {
        int number = NUMBERS.incrementAndGet();
        try (Session session = appOf(tenant)) {
            return UUID.fromString(
                    one(session, eventSql(tenant, "shopify", "ext-" + number, "key-" + number, valueCents)));
        }
    }

    /** The statement that takes an event of a source other than Stripe in. */
    static String eventSql(UUID tenant, String source, String externalId, String key, int valueCents) {
        return ("insert into attribution_events (tenant_id, source, external_event_id, idempotency_key, event_type, channel,"
                        + " conversion_value_cents, event_timestamp, raw_payload) values ('%s', '%s', '%s', '%s', 'purchase',"
                        + " 'email', %d, now(), '{}') returning id")
                .formatted(tenant, source, externalId, key, valueCents);
    }

    /** The statement that allocates cents of an event to a channel. */
    static String allocationSql(UUID tenant, UUID event, String modelVersion, int cents) {
        return ("insert into attribution_allocations (tenant_id, event_id, channel_code, allocation_ratio,"
                        + " allocated_revenue_cents, model_type, model_version, confidence_score)"
                        + " values ('%s', '%s', 'email', 0.5, %d, 'linear', '%s', 0.9) returning id")
                .formatted(tenant, event, cents, modelVersion);
    }

    /** The first column of the only row; a pattern of {@link String#format} with values of our own. */
    static String one(Session session, String sql, Object... values) {
        return all(session, sql, values).get(0);
    }

    /** The first column of all rows. */
    static List<String> all(Session session, String sql, Object... values) {
        return session.query(filled(sql, values), row -> row.getString(1));
    }

    /** How the server refuses a statement: SQLSTATE and message; empty when it does not. */
    static String refusal(Session session, String sql, Object... values) {
        try {
            session.execute(filled(sql, values));
            return "";
        } catch (SqlFailure failure) {
            return failure.sqlState() + " " + failure.serverMessage();
        }
    }

    private static String filled(String pattern, Object[] values) {
        return values.length == 0 ? pattern : pattern.formatted(values);
    }
}
