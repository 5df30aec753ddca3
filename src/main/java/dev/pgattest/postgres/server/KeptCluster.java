package dev.pgattest.postgres.server;

import dev.pgattest.PgattestException;
import dev.pgattest.postgres.ConnectionSettings;
import dev.pgattest.postgres.LibpqEnvironment;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A running cluster that a user asked to keep.
 *
 * @param project what it belongs to
 * @param version its version
 * @param folder where it is
 * @param port where it listens on 127.0.0.1
 */
public record KeptCluster(String project, String version, Path folder, int port) {

    static KeptCluster of(ClusterFolder folder, ClusterOwner owner) {
        return new KeptCluster(owner.project(), owner.version(), folder.path(), owner.port());
    }

    /** How its superuser connects. */
    public ConnectionSettings settings() {
        String file = new ClusterFolder(folder)
                .passwordFile()
                .toString()
                .replace("\\", "\\\\")
                .replace("'", "\\'");
        return ConnectionSettings.parse(
                "host=127.0.0.1 port=" + port + " user=" + Cluster.SUPERUSER + " dbname=postgres passfile='" + file
                        + "'",
                LibpqEnvironment.empty());
    }

    /** A shell command that connects to it. The password stays in its file. */
    public String howToConnect(String database) {
        return "PGPASSFILE=" + new ClusterFolder(folder).passwordFile() + " psql -h 127.0.0.1 -p " + port + " -U "
                + Cluster.SUPERUSER + " -d " + shellWord(database);
    }

    private static String shellWord(String text) {
        return text.matches("[A-Za-z0-9_]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    /** Stops it and deletes its folder. */
    public void remove() {
        try {
            new ClusterFolder(folder).remove();
        } catch (IOException e) {
            throw PgattestException.environment("cannot delete " + folder, "delete it yourself", e);
        }
    }
}
