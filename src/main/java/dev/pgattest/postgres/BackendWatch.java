package dev.pgattest.postgres;

import dev.pgattest.PgattestException;
import dev.pgattest.deploy.BuildProgress;
import dev.pgattest.deploy.BuildProgress.Blocker;
import dev.pgattest.sql.SecretText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a backend from another connection, which commits every statement by itself: one that were idle in a transaction would hold a
 * snapshot that the very build waits for.
 */
public final class BackendWatch implements AutoCloseable {

    private final Connections connections;
    private @Nullable Session session;

    /** A watch that connects when it first looks. */
    public BackendWatch(Connections connections) {
        this.connections = connections;
    }

    /** What the backend does; empty when it is gone, or when this connection is in trouble. */
    public Optional<BuildProgress> look(int backend) {
        try {
            return open().query(SqlResource.text("build_progress"), this::progress, backend).stream()
                    .findFirst();
        } catch (PgattestException e) {
            close();
            return Optional.empty();
        }
    }

    private BuildProgress progress(ResultSet row) throws SQLException {
        int blocker = row.getInt("blocker");
        return new BuildProgress(row.getString("phase"), percent(row), blocker == 0 ? null : blocker(blocker));
    }

    private static double percent(ResultSet row) throws SQLException {
        for (String unit : List.of("blocks", "tuples", "lockers")) {
            long total = row.getLong(unit + "_total");
            if (total > 0) {
                return 100.0 * row.getLong(unit + "_done") / total;
            }
        }
        return -1;
    }

    private @Nullable Blocker blocker(int pid) {
        return open()
                .query(
                        SqlResource.text("blocker"),
                        row -> new Blocker(
                                row.getInt("pid"),
                                row.getString("application"),
                                row.getString("role"),
                                row.getString("state"),
                                Duration.ofMillis((long) (row.getDouble("age_s") * 1000)),
                                SecretText.clean(row.getString("query"))),
                        pid)
                .stream()
                .findFirst()
                .orElse(null);
    }

    /** Cancels what a backend of ours does. */
    public void cancel(int backend) {
        open().query("select pg_catalog.pg_cancel_backend(?)", row -> row.getBoolean(1), backend);
    }

    private Session open() {
        Session open = session;
        if (open == null) {
            open = connections.openAs("pgattest (watch)");
            session = open;
        }
        return open;
    }

    @Override
    public void close() {
        Session open = session;
        session = null;
        if (open != null) {
            open.close();
        }
    }
}
