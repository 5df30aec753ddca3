package dev.pgattest.postgres;

import dev.pgattest.deploy.DeploymentPlan;
import dev.pgattest.deploy.PreflightItem;
import dev.pgattest.deploy.PreflightLimits;
import dev.pgattest.deploy.Step;
import dev.pgattest.deploy.StepKind;
import dev.pgattest.sql.QualifiedName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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

    private record Server(int version, String text, boolean standby, boolean readOnly, long bytes) {}

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
        preflight.pooler();
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
                                row.getLong("database_bytes")))
                .get(0);
    }

    private void versionAndMode(Server server) {
        items.add(version(server.version(), server.text()));
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

    /** See fact 18. */
    static PreflightItem version(int number, String text) {
        return number >= CORRUPTING_FROM && number < CORRUPTING_BEFORE
                ? PreflightItem.block(
                        "version",
                        "PostgreSQL " + text + " builds corrupt indexes concurrently",
                        "update to 14.4 or later")
                : PreflightItem.ok("version", "PostgreSQL " + text);
    }

    /** One that shares server processes was refused when the session was opened. */
    private void pooler() {
        items.add(PreflightItem.ok(
                "pooler",
                DirectSession.isBehindPooler(session)
                        ? "one that leaves each session its server process"
                        : "none between this program and the server"));
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
        Set<String> inTheWay = new HashSet<>();
        for (QualifiedName table : plan.tables()) {
            inTheWay.addAll(session.texts(SqlResource.text("preflight_prepared_locks"), table.sql()));
        }
        int before = items.size();
        session.query(
                SqlResource.text("preflight_prepared"),
                row -> items.add(
                        inTheWay.contains(row.getString("gid")) || runsScripts()
                                ? prepared(row.getString("gid"), row.getLong("age_s"))
                                : PreflightItem.ok(
                                        "prepared transaction",
                                        "'" + row.getString("gid") + "' has no lock of the tables")));
        if (items.size() == before) {
            items.add(PreflightItem.ok("prepared transactions", "none"));
        }
    }

    /** Nobody knows what they lock. */
    private boolean runsScripts() {
        return plan.steps().stream().anyMatch(step -> step.kind().isOfScript());
    }

    private static PreflightItem prepared(String name, long age) {
        String value = "'" + name + "' since " + age + " s";
        String remedy = "commit or roll it back first: a build waits until it ends, which it does not by itself";
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
                        row.getObject("bytes", Long.class),
                        row.getObject("lag_s", Double.class))));
        if (items.size() == before) {
            items.add(PreflightItem.ok("replicas", "none are connected"));
        }
    }

    /**
     * How far a replica is behind.
     *
     * @param bytes null where the role may not see it
     * @param lagSeconds null where the server does not know: nothing was written since it last caught up, or it is stuck
     */
    private PreflightItem replica(String name, String syncState, @Nullable Long bytes, @Nullable Double lagSeconds) {
        String item = "replica " + name;
        if (bytes == null) {
            return PreflightItem.warn(
                    item,
                    "how far it is behind is hidden from " + session.settings().user(),
                    "grant it pg_monitor, or look as another role");
        }
        String value = (syncState.isEmpty() ? "" : syncState + ", ") + bytes + " bytes behind";
        if (lagSeconds == null) {
            return bytes == 0
                    ? PreflightItem.ok(item, value)
                    : PreflightItem.warn(
                            item,
                            value + ", for how long the server does not know",
                            "see whether its replay is paused");
        }
        Duration lag = Duration.ofMillis((long) (lagSeconds * 1000));
        String both = value + " and " + lag.toMillis() + " ms";
        return lag.compareTo(limits.replicaLag()) > 0
                ? PreflightItem.block(
                        item,
                        both,
                        "let it catch up, or raise --replica-lag: the build writes its whole index to the log")
                : PreflightItem.ok(item, both);
    }
}
