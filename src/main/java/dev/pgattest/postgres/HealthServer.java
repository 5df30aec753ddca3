package dev.pgattest.postgres;

import dev.pgattest.health.ServerFacts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server says about itself and about who asks.
 *
 * @param facts for the rules
 * @param role who asks
 * @param seesStatistics whether the role sees what other sessions do
 * @param pageBytes size of a page
 * @param pgstattuple schema of that extension, quoted; null when it is not installed
 */
record HealthServer(
        ServerFacts facts,
        String role,
        boolean seesStatistics,
        int pageBytes,
        @Nullable String pgstattuple) {

    /** Asks the server. */
    static HealthServer read(Session session) {
        int major = session.serverVersion().major();
        List<String> standbys = session.texts(SqlResource.text("health_standbys"));
        return session.query(SqlResource.text("health_server"), row -> {
                    ServerFacts facts = new ServerFacts(
                            session.settings().address(),
                            row.getString("database"),
                            ServerVersion.parse(row.getString("version")).text(),
                            major,
                            row.getBoolean("standby"),
                            counters(row),
                            new ServerFacts.Freezing(
                                    row.getLong("freeze_transactions"), row.getLong("freeze_multixacts")),
                            standbys);
                    return new HealthServer(
                            facts,
                            row.getString("role"),
                            row.getBoolean("sees_statistics"),
                            row.getInt("page_bytes"),
                            row.getString("pgstattuple_schema"));
                })
                .get(0);
    }

    /** The identifier of the cluster, which its physical replicas share. */
    static String system(Session session) {
        return session.text(SqlResource.text("health_system"));
    }

    private static ServerFacts.Counters counters(ResultSet row) throws SQLException {
        Instant now = row.getObject("now", OffsetDateTime.class).toInstant();
        Instant started = row.getObject("started", OffsetDateTime.class).toInstant();
        return new ServerFacts.Counters(
                now, started, instant(row, "reset"), instant(row, "kept"), row.getBoolean("counts"));
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
