package dev.pgattest.postgres.server;

import dev.pgattest.postgres.OwnServer;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What cluster to start.
 *
 * @param server where its programs come from
 * @param project what a kept cluster belongs to: the absolute path of the project's folder
 * @param settings PostgreSQL settings of the project, which override pgattest's own
 * @param retention what happens to it at the end
 * @param notices told, in one line each, what takes time and what was left behind by others and removed
 * @param temporaryFolder below which the cluster's folder is made
 */
public record ClusterRequest(
        OwnServer server,
        String project,
        Map<String, String> settings,
        Retention retention,
        Consumer<String> notices,
        Path temporaryFolder) {

    public ClusterRequest {
        settings = Map.copyOf(settings);
    }

    /** A cluster with pgattest's settings, in the temporary folder of the system, removed at the end, silent. */
    public static ClusterRequest of(OwnServer server, String project) {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        return new ClusterRequest(server, project, Map.of(), Retention.REMOVE, notice -> {}, temporary);
    }

    /** The same with other settings. */
    public ClusterRequest withSettings(Map<String, String> otherSettings) {
        return new ClusterRequest(server, project, otherSettings, retention, notices, temporaryFolder);
    }

    /** The same with another end. */
    public ClusterRequest withRetention(Retention otherRetention) {
        return new ClusterRequest(server, project, settings, otherRetention, notices, temporaryFolder);
    }

    /** The same, telling {@code listener} its notices. */
    public ClusterRequest reportingTo(Consumer<String> listener) {
        return new ClusterRequest(server, project, settings, retention, listener, temporaryFolder);
    }

    /** The same below another folder. */
    public ClusterRequest under(Path otherFolder) {
        return new ClusterRequest(server, project, settings, retention, notices, otherFolder);
    }
}
