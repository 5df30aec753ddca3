package dev.pgattest.postgres;

import dev.pgattest.deploy.DeploymentPlan;
import dev.pgattest.deploy.PreflightItem;
import dev.pgattest.deploy.PreflightLimits;
import dev.pgattest.deploy.Step;
import dev.pgattest.deploy.StepKind;
import dev.pgattest.sql.QualifiedName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;

/** Looks at everything that could make a deployment fail or hurt, before anything is changed. Only reads. */
public final class Preflight {

    /** See the release notes of 14.4: CREATE INDEX CONCURRENTLY and REINDEX CONCURRENTLY could miss rows. */
    private static final int CORRUPTING_FROM = 14_00_00;

    private static final int CORRUPTING_BEFORE = 14_00_04;

    private static final long PREPARED_BLOCKS_AFTER_S = 300;

    private final Session session;
    private final DeploymentPlan plan;
    private final PreflightLimits limits;
    private final List<PreflightItem> items = new ArrayList<>();

    private record Server(int version, String text, boolean standby, boolean readOnly, int backend, long bytes) {}

    private Preflight(Session session, DeploymentPlan plan, PreflightLimits limits) {
        this.session = session;
        this.plan = plan;
        this.limits = limits;
    }

    /** Every item, in a fixed order. */
    public static List<PreflightItem> check(Session session, DeploymentPlan plan, PreflightLimits limits) {
        Preflight preflight = new Preflight(session, plan, limits);
        Server server = preflight.server();
        preflight.versionAndMode(server);
        preflight.pooler(server);
        preflight.rights();
        preflight.maintenance();
        preflight.snapshots();
        preflight.prepared();
        preflight.space(server);
        preflight.replicas();
        return preflight.items;
    }

    private Server server() {
        return session.query(
                        SqlResource.text("preflight_server"),
                        row -> new Server(
                                row.getInt("version"),
                                row.getString("version_text"),
                                row.getBoolean("standby"),
                                row.getBoolean("read_only"),
                                row.getInt("backend"),
                                row.getLong("database_bytes")))
                .get(0);
    }

    private void versionAndMode(Server server) {
        boolean corrupts = server.version() >= CORRUPTING_FROM && server.version() < CORRUPTING_BEFORE;
        items.add(
                corrupts
                        ? PreflightItem.block(
                                "version",
                                "PostgreSQL " + server.text() + " builds corrupt indexes concurrently",
                                "update to 14.4 or later")
                        : PreflightItem.ok("version", "PostgreSQL " + server.text()));
        items.add(
                server.standby()
                        ? PreflightItem.block("standby", "the server is a standby", "connect to the primary")
                        : PreflightItem.ok("standby", "the server is a primary"));
        items.add(
                server.readOnly()
                        ? PreflightItem.block(
                                "read-only",
                                "default_transaction_read_only is on",
                                "connect as a role that may write, or turn it off for this one")
                        : PreflightItem.ok("read-only", "transactions may write"));
    }

    /** A pooler makes up the process number that it tells its clients; the server tells its own. */
    private void pooler(Server server) {
        int announced = session.with(
                "backend pid",
                connection -> connection.unwrap(PGConnection.class).getBackendPID());
        items.add(
                announced == server.backend()
                        ? PreflightItem.ok("pooler", "none between this program and the server")
                        : PreflightItem.block(
                                "pooler",
                                "the server's process is " + server.backend() + ", but " + announced
                                        + " was announced: something between them shares connections",
                                "connect to the server itself: settings and session locks do not survive a pooler"));
    }

    private void rights() {
        for (QualifiedName table : plan.tables()) {
            session.query(
                    SqlResource.text("preflight_rights"),
                    row -> items.add(
                            right(table, row.getString("owner"), row.getBoolean("owns"), row.getBoolean("creates"))),
                    table.sql());
        }
        boolean writable = session.query(SqlResource.text("preflight_journal"), row -> row.getBoolean(1))
                .get(0);
        items.add(
                writable
                        ? PreflightItem.ok("journal", "schema pgattest can be written")
                        : PreflightItem.block(
                                "journal",
                                "the role " + session.settings().user() + " may not write the journal",
                                "grant it create on the database, or on the schema pgattest and its tables"));
    }

    private PreflightItem right(QualifiedName table, String owner, boolean owns, boolean creates) {
        String item = "rights on " + table.sql();
        if (!owns) {
            return PreflightItem.block(
                    item,
                    "it belongs to " + owner + ", and " + session.settings().user() + " is no member of that role",
                    "connect as its owner");
        }
        return creates
                ? PreflightItem.ok(item, "owned by " + owner)
                : PreflightItem.block(
                        item,
                        session.settings().user() + " may not create in the schema " + table.schema(),
                        "grant create on schema " + table.schema() + " to it");
    }

    private void maintenance() {
        for (QualifiedName table : plan.tables()) {
            session.query(
                    SqlResource.text("preflight_maintenance"),
                    row -> items.add(PreflightItem.warn(
                            "maintenance of " + table.sql(),
                            row.getString("type") + " " + row.getInt("pid") + " works on it since "
                                    + row.getLong("age_s") + " s: " + row.getString("query"),
                            "builds of one table wait for each other; let it end first")),
                    table.sql());
        }
    }

    private void snapshots() {
        int before = items.size();
        session.query(
                SqlResource.text("preflight_snapshots"),
                row -> items.add(PreflightItem.warn(
                        "old transaction",
                        "process " + row.getInt("pid") + " (" + row.getString("role") + ", "
                                + row.getString("application") + ", " + row.getString("state") + ") since "
                                + row.getLong("age_s") + " s: " + row.getString("query"),
                        "a concurrent build waits for it; let it end first")));
        if (items.size() == before) {
            items.add(PreflightItem.ok("old transactions", "none older than 5 s"));
        }
    }

    private void prepared() {
        int before = items.size();
        session.query(
                SqlResource.text("preflight_prepared"),
                row -> items.add(prepared(row.getString("gid"), row.getLong("age_s"))));
        if (items.size() == before) {
            items.add(PreflightItem.ok("prepared transactions", "none"));
        }
    }

    private static PreflightItem prepared(String name, long age) {
        String value = "'" + name + "' since " + age + " s";
        String remedy = "commit or roll it back first: a concurrent build waits for it";
        return age > PREPARED_BLOCKS_AFTER_S
                ? PreflightItem.block("prepared transaction", value, remedy)
                : PreflightItem.warn("prepared transaction", value, remedy);
    }

    private void space(Server server) {
        long needed = plan.steps().stream()
                .filter(step -> step.kind() == StepKind.CREATE)
                .mapToLong(Preflight::bytes)
                .sum();
        String wanted = "about " + megabytes(needed)
                + " for what is built, and as much again while it is sorted; the database has "
                + megabytes(server.bytes());
        Long free = limits.freeBytes();
        if (free == null) {
            items.add(
                    needed == 0
                            ? PreflightItem.ok("free space", "nothing large is built")
                            : PreflightItem.warn(
                                    "free space",
                                    wanted + "; how much is free is not known",
                                    "say it with --free-space, for example --free-space 20GB"));
        } else if (free < 2 * needed) {
            items.add(PreflightItem.block("free space", wanted + "; free are " + megabytes(free), "make room before"));
        } else {
            items.add(PreflightItem.ok("free space", wanted + "; free are " + megabytes(free)));
        }
    }

    private static long bytes(Step step) {
        Long bytes = step.estimate().bytes();
        return bytes == null ? 0 : bytes;
    }

    private static String megabytes(long bytes) {
        return Math.max(1, bytes >> 20) + " MB";
    }

    private void replicas() {
        int before = items.size();
        session.query(
                SqlResource.text("preflight_replicas"),
                row -> items.add(replica(
                        row.getString("name"),
                        row.getString("sync_state"),
                        row.getLong("bytes"),
                        row.getDouble("lag_s"))));
        if (items.size() == before) {
            items.add(PreflightItem.ok("replicas", "none are connected"));
        }
    }

    private PreflightItem replica(String name, String syncState, long bytes, double lagSeconds) {
        Duration lag = Duration.ofMillis((long) (lagSeconds * 1000));
        String item = "replica " + name;
        String value =
                (syncState.isEmpty() ? "" : syncState + ", ") + bytes + " bytes and " + lag.toMillis() + " ms behind";
        return lag.compareTo(limits.replicaLag()) > 0
                ? PreflightItem.block(
                        item,
                        value,
                        "let it catch up, or raise --replica-lag: the build writes its whole index to the log")
                : PreflightItem.ok(item, value);
    }
}
